"""What this shop's customers call a thing, in words that the assistant knows."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import AfterValidator, StringConstraints

from dukani.core.errors import CallerError, NotFound
from dukani.core.store import synonyms
from dukani.core.store.synonyms import Synonym as StoredSynonym
from dukani.dashboard_api.access import AnOwner
from dukani.dashboard_api.bodies import Answer, Body

router = APIRouter(prefix="/boutiques/{boutique_id}/synonyms", tags=["synonyms"])


class SynonymTaken(CallerError):
    """You have said before what these words mean: take that away first."""

    http_status = 409


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


Said = Annotated[
    str, StringConstraints(min_length=2, max_length=60), AfterValidator(_plain),
    StringConstraints(min_length=2),
]  # fmt: skip
Means = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class NewSynonym(Body):
    """Wherever a customer writes `said`, the assistant reads `means`, within a minute from now."""

    said: Said
    means: Means


class Synonym(Answer):
    id: UUID
    said: str
    means: str
    created_at: datetime


class Synonyms(Answer):
    items: list[Synonym]

    @classmethod
    def of(cls, rows: list[StoredSynonym]) -> Synonyms:
        return cls(items=[Synonym.model_validate(row) for row in rows])


@router.get("")
async def list_synonyms(owner: AnOwner) -> Synonyms:
    """The newest first."""
    return Synonyms.of(await synonyms.of_boutique(owner.conn))


@router.post("", status_code=201)
async def create_synonym(owner: AnOwner, new: NewSynonym) -> Synonym:
    added = await synonyms.add(owner.conn, said=new.said, means=new.means)
    if added is None:
        raise SynonymTaken
    return Synonym.model_validate(added)


@router.delete("/{synonym_id}")
async def remove_synonym(owner: AnOwner, synonym_id: UUID) -> Synonyms:
    if not await synonyms.remove(owner.conn, synonym_id=str(synonym_id)):
        raise NotFound("There is no such synonym here.")
    return Synonyms.of(await synonyms.of_boutique(owner.conn))
