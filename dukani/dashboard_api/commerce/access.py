"""In which boutique a call of the commerce routes works: the key's, or the person's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header

from dukani.core.errors import CallerError
from dukani.core.store import memberships
from dukani.dashboard_api.access import (
    KeyReadsOnly,
    Member,
    Person,
    TheServices,
    at_work,
    no_such_boutique,
)
from dukani.web.signed_in import TheSignedIn


class WhichBoutique(CallerError):
    """You are a member of several boutiques: name one in the header X-Boutique-Id."""

    http_status = 400


async def in_a_boutique(
    person: TheSignedIn,
    services: TheServices,
    x_boutique_id: Annotated[
        UUID | None, Header(description="Which boutique, for a person who has several.")
    ] = None,
) -> Person:
    """The caller and the boutique; membership is not proven yet. Raises WhichBoutique, NotFound."""
    named = None if x_boutique_id is None else str(x_boutique_id)
    key = person.claims.get("api_key")
    if key is not None:
        if named not in (None, key["boutique_id"]):
            raise no_such_boutique()
        return Person(person, key["boutique_id"], services)
    if named is not None:
        return Person(person, named, services)
    async with services.database.user_connection({"sub": person.user_id}) as conn:
        mine = await memberships.mine(conn)
    if not mine:
        raise no_such_boutique()
    if len(mine) > 1:
        raise WhichBoutique
    return Person(person, mine[0].boutique_id, services)


Somebody = Annotated[Person, Depends(in_a_boutique)]


def may_write(person: Somebody) -> Person:
    """Raises KeyReadsOnly."""
    key = person.signed_in.claims.get("api_key")
    if key is not None and not key["may_write"]:
        raise KeyReadsOnly
    return person


Writer = Annotated[Person, Depends(may_write)]


async def a_reader(person: Somebody) -> AsyncIterator[Member]:
    async with at_work(person, acting=True) as member:
        yield member


async def a_writer(person: Writer) -> AsyncIterator[Member]:
    async with at_work(person, acting=True) as member:
        yield member


async def a_proven_reader(person: Somebody) -> Person:
    async with at_work(person):
        return person


# Both with the assistant's rights, since they do what the assistant does.
AReader = Annotated[Member, Depends(a_reader, scope="function")]
AWriter = Annotated[Member, Depends(a_writer, scope="function")]
# For what takes too long for a transaction.
AProvenReader = Annotated[Person, Depends(a_proven_reader)]

PROVE = (a_reader, a_writer, a_proven_reader)
