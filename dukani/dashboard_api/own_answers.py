"""The shop's own answers to questions that the assistant would not understand."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import AfterValidator, StringConstraints

from dukani.core.errors import CallerError, InvalidValue, NotFound
from dukani.core.store import own_answers
from dukani.core.store.own_answers import OwnAnswer as StoredAnswer
from dukani.dashboard_api.access import AnOwner
from dukani.dashboard_api.bodies import Answer, Body
from dukani.domain.naming import words_of

router = APIRouter(prefix="/boutiques/{boutique_id}/own-answers", tags=["own answers"])


class QuestionTaken(CallerError):
    """You have answered this question before: take that answer away first."""

    http_status = 409


MOST = 300  # a message that is not understood is compared with all of them


def _telling(asked: str) -> str:
    """Without a telling word it would answer whatever is not understood."""
    if all(len(word) < _TELLING for word in words_of(asked)):
        raise ValueError(f"it needs a word that tells what is asked, of {_TELLING} letters or more")
    return asked


_TELLING = 4  # letters: "do you" is in every other question
Asked = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=120),
    AfterValidator(_telling),
]
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
    if len(await own_answers.of_boutique(owner.conn)) >= MOST:
        raise InvalidValue(
            field="asked", value=new.asked, remedy=f"At most {MOST} answers: take one away first."
        )
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
