"""Proves at every request that the person is a member of the boutique in the path.

A route takes one of the four at the end of the file. The proof comes before the body is checked,
and holds for the transaction that the handler works in, which commits before the answer is sent.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from dukani.core.database import Connection
from dukani.core.errors import CallerError, NotAMember, NotFound
from dukani.core.services import Services
from dukani.core.store import boutiques
from dukani.core.store.boutiques import Boutique
from dukani.dashboard_api import looking
from dukani.dashboard_api.bodies import ONLY_LOOKS
from dukani.dashboard_api.looking import READING, AskedFor, asked_for
from dukani.web.signed_in import SignedIn, TheSignedIn


class KeyReadsOnly(CallerError):
    """This API key may only read: make one that may write too."""

    http_status = 403


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person who is a member of a boutique.

    `asked`: for what, on a route that a platform admin may look at; none: no look counts.
    """

    signed_in: SignedIn
    boutique_id: str
    services: Services
    asked: AskedFor | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Member(Person):
    """A member at work: `conn` is the transaction of the request."""

    conn: Connection


def services_of(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


TheServices = Annotated[Services, Depends(services_of)]


def as_person(
    boutique_id: UUID, request: Request, person: TheSignedIn, services: TheServices
) -> Person:
    """The person and the boutique asked for; membership is not proven yet."""
    key = person.claims.get("api_key")
    if key is not None and key["boutique_id"] != str(boutique_id):
        raise no_such_boutique()
    if key is not None and not key["may_write"] and request.method not in READING:
        raise KeyReadsOnly
    return Person(person, str(boutique_id), services, asked=asked_for(request))


AnyPerson = Annotated[Person, Depends(as_person)]


def no_such_boutique() -> NotFound:
    """Also for a boutique of others: that it exists is nobody else's business."""
    return NotFound("There is no such boutique among yours.")


@asynccontextmanager
async def at_work(
    person: Person, *, owners_only: bool = False, acting: bool = False
) -> AsyncIterator[Member]:
    """The person's transaction in the boutique. Raises NotFound, or OwnersOnly.

    `acting`: with the assistant's rights, for tools that move stock or money.
    """
    async with AsyncExitStack() as entered:
        conn = await _conn_of(person, entered, owners_only=owners_only, acting=acting)
        yield Member(person.signed_in, person.boutique_id, person.services, conn)


async def _conn_of(
    person: Person, entered: AsyncExitStack, *, owners_only: bool, acting: bool
) -> Connection:
    database = person.services.database
    open_connection = database.acting_connection if acting else database.member_connection
    key = person.signed_in.claims.get("api_key")
    via = {} if key is None else {"via": f"key:{key['id']}"}
    claims = {"sub": person.signed_in.user_id, **via}
    try:
        return await entered.enter_async_context(
            open_connection(claims, person.boutique_id, owners_only=owners_only)
        )
    except NotAMember as error:
        if not await _is_looking(person):
            raise no_such_boutique() from error
    entered.callback(ONLY_LOOKS.reset, ONLY_LOOKS.set(True))
    try:
        return await entered.enter_async_context(
            database.looking_connection(claims, person.boutique_id, acting=acting)
        )
    except NotAMember as over:
        raise no_such_boutique() from over


async def _is_looking(person: Person) -> bool:
    if person.asked is None or "api_key" in person.signed_in.claims:
        return False
    return await looking.is_looking(
        person.services,
        admin_id=person.signed_in.user_id,
        boutique_id=person.boutique_id,
        asked=person.asked,
    )


async def a_member(person: AnyPerson) -> AsyncIterator[Member]:
    async with at_work(person) as member:
        yield member


async def an_owner(person: AnyPerson) -> AsyncIterator[Member]:
    async with at_work(person, owners_only=True) as member:
        yield member


async def an_acting_member(person: AnyPerson) -> AsyncIterator[Member]:
    async with at_work(person, acting=True) as member:
        yield member


async def an_acting_owner(person: AnyPerson) -> AsyncIterator[Member]:
    async with at_work(person, owners_only=True, acting=True) as member:
        yield member


async def a_proven_member(person: AnyPerson) -> Person:
    """A member, for a handler that works too long for one transaction and opens its own."""
    async with at_work(person):
        return person


async def a_proven_owner(person: AnyPerson) -> Person:
    async with at_work(person, owners_only=True):
        return person


# With a member's own rights.
AMember = Annotated[Member, Depends(a_member, scope="function")]
AnOwner = Annotated[Member, Depends(an_owner, scope="function")]
# With the assistant's.
AnActingMember = Annotated[Member, Depends(an_acting_member, scope="function")]
AnActingOwner = Annotated[Member, Depends(an_acting_owner, scope="function")]
# Without a transaction.
AProvenMember = Annotated[Person, Depends(a_proven_member)]
AProvenOwner = Annotated[Person, Depends(a_proven_owner)]

PROVE_MEMBERSHIP = (a_member, an_acting_member, a_proven_member)
PROVE_OWNERSHIP = (an_owner, an_acting_owner, a_proven_owner)


async def boutique_of(member: Member) -> Boutique:
    """The boutique that the member acts in."""
    found = await boutiques.get(member.conn, boutique_id=member.boutique_id)
    assert found is not None  # she is a member of it
    return found
