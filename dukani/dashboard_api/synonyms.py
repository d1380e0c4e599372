"""What this shop's customers call a thing, in words that the assistant knows."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import AfterValidator, StringConstraints

from dukani.agent.local_reader import LocalReader
from dukani.core.errors import CallerError, InvalidValue, NotFound
from dukani.core.store import synonyms
from dukani.core.store.synonyms import Synonym as StoredSynonym
from dukani.dashboard_api.access import AnOwner
from dukani.dashboard_api.bodies import Answer, Body
from dukani.domain.acts import Act, Search, Unclear
from dukani.domain.context import TurnContext
from dukani.domain.naming import names

router = APIRouter(prefix="/boutiques/{boutique_id}/synonyms", tags=["synonyms"])


MOST = 300  # every message is compared with all of them


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
    await _refuse_what_is_understood(new.said)
    if len(await synonyms.of_boutique(owner.conn)) >= MOST:
        raise InvalidValue(
            field="said", value=new.said, remedy=f"At most {MOST}: take one away first."
        )
    added = await synonyms.add(owner.conn, said=new.said, means=new.means)
    if added is None:
        raise SynonymTaken
    return Synonym.model_validate(added)


async def _refuse_what_is_understood(said: str) -> None:
    """Raises InvalidValue. A customer who says stop, yes or 42 must go on being understood."""
    read = await LocalReader().read(said, TurnContext())
    if not names(said, said) or any(not _only_names_a_piece(act) for act in read.acts):
        raise InvalidValue(
            field="said",
            value=said,
            remedy="Customers say this to answer, to pay or to choose. Give words for a piece.",
        )


def _only_names_a_piece(act: Act) -> bool:
    asked = act.model_dump(exclude_defaults=True, exclude={"kind"})
    return isinstance(act, Unclear) or (isinstance(act, Search) and asked.keys() != {"size"})


@router.delete("/{synonym_id}")
async def remove_synonym(owner: AnOwner, synonym_id: UUID) -> Synonyms:
    if not await synonyms.remove(owner.conn, synonym_id=str(synonym_id)):
        raise NotFound("There is no such synonym here.")
    return Synonyms.of(await synonyms.of_boutique(owner.conn))
