"""The shop's own answers to questions that the assistant would not understand."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import StringConstraints

from dukani.core.errors import CallerError, NotFound
from dukani.core.store import own_answers
from dukani.core.store.own_answers import OwnAnswer as StoredAnswer
from dukani.dashboard_api.access import AnOwner
from dukani.dashboard_api.bodies import Answer, Body

router = APIRouter(prefix="/boutiques/{boutique_id}/own-answers", tags=["own answers"])


class QuestionTaken(CallerError):
    """You have answered this question before: take that answer away first."""

    http_status = 409


Asked = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class NewOwnAnswer(Body):
    """Given when a customer asks something the assistant does not understand that has all words of
    `asked`. Whoever writes in Swahili gets `swahili`, if there is one.
    """

    asked: Asked
    english: Text
    swahili: Text | None = None


class OwnAnswer(Answer):
    id: UUID
    asked: str
    english: str
    swahili: str | None
    created_at: datetime


class OwnAnswers(Answer):
    items: list[OwnAnswer]

    @classmethod
    def of(cls, rows: list[StoredAnswer]) -> OwnAnswers:
        return cls(items=[OwnAnswer.model_validate(row) for row in rows])


@router.get("")
async def list_own_answers(owner: AnOwner) -> OwnAnswers:
    """The newest first."""
    return OwnAnswers.of(await own_answers.of_boutique(owner.conn))


@router.post("", status_code=201)
async def create_own_answer(owner: AnOwner, new: NewOwnAnswer) -> OwnAnswer:
    added = await own_answers.add(
        owner.conn, asked=new.asked, english=new.english, swahili=new.swahili
    )
    if added is None:
        raise QuestionTaken
    return OwnAnswer.model_validate(added)


@router.delete("/{answer_id}")
async def remove_own_answer(owner: AnOwner, answer_id: UUID) -> OwnAnswers:
    if not await own_answers.remove(owner.conn, answer_id=str(answer_id)):
        raise NotFound("There is no such answer here.")
    return OwnAnswers.of(await own_answers.of_boutique(owner.conn))
