"""The people of a boutique: invited by e-mail, given a role, removed.

The connection is the actor's: an owner's (`member_connection`), whose rights the database holds to
the other members of the boutique, or the system's, for the commands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from psycopg.errors import CheckViolation, InsufficientPrivilege

from dukani.core.clients.people import Invited, People
from dukani.core.database import Connection
from dukani.core.errors import (
    CallerError,
    ConfigurationError,
    Conflict,
    InvalidValue,
    NotFound,
)
from dukani.core.services import Services
from dukani.core.store import boutiques, members
from dukani.core.store.members import Role

Connecting = Callable[[], AbstractAsyncContextManager[Connection]]

_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+")
LONGEST = 254


class LastOwner(Conflict):
    """A boutique keeps an owner: make somebody else one first."""


class AlreadyAMember(Conflict):
    """That person is a member of the boutique already: change the role instead."""


class NotYourself(CallerError):
    """You cannot change or end your own membership: ask another owner."""

    http_status = 409


@dataclass(frozen=True, slots=True)
class NewMember:
    """`link`: to be handed over to the person, where no mail could be sent.

    Neither a link nor a mail: the person has an account already, and signs in as always.
    """

    user_id: str
    link_sent: bool
    link: str | None = field(default=None, repr=False)


def address_of(email: str) -> str:
    """The address in lower case. Raises InvalidValue."""
    address = email.strip().lower()
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address):
        raise InvalidValue(field="email", value=email, remedy="Send a whole e-mail address.")
    return address


async def invite(
    services: Services, connecting: Connecting, *, boutique_id: str, email: str, role: Role
) -> NewMember:
    """Adds the person to the boutique, and sends a link to whoever has no account yet.

    The same invitation again sends a new link, until the person has followed one.
    Raises InvalidValue, AlreadyAMember, OwnersOnly, TooManyRequests, ProviderError.
    """
    address = address_of(email)
    async with connecting():
        pass  # the actor may do this, before anybody hears of it
    async with services.database.system_connection() as conn:
        known = await members.person_by_email(conn, email=address)
        boutique = await boutiques.get(conn, boutique_id=boutique_id)
    if boutique is None:
        raise NotFound("There is no such boutique.")
    if known is not None and known.confirmed:
        invited = Invited(known.user_id, link_sent=False)
    else:
        invited = await _people(services).invite(
            address,
            about={"boutique": boutique.name, "language": boutique.language},
            whose=boutique_id,
        )
    await _add(connecting, invited, boutique_id=boutique_id, role=role)
    return NewMember(invited.user_id, link_sent=invited.link_sent, link=invited.link)


async def _add(connecting: Connecting, invited: Invited, *, boutique_id: str, role: Role) -> None:
    try:
        async with connecting() as conn:
            added = await members.add(
                conn, boutique_id=boutique_id, user_id=invited.user_id, role=role
            )
    except InsufficientPrivilege as error:  # the one person whom an owner may not add
        raise AlreadyAMember from error
    if not added and not invited.link_sent and invited.link is None:
        raise AlreadyAMember


def _people(services: Services) -> People:
    if services.people is None:
        raise ConfigurationError(
            "DUKANI_AUTH__SERVICE_KEY is not set: without it nobody can be invited"
        )
    return services.people


async def change_role(
    conn: Connection, *, boutique_id: str, user_id: str, role: Role, actor_id: str | None = None
) -> None:
    """Raises NotYourself, LastOwner, NotFound."""
    _require_another(user_id, actor_id)
    try:
        async with conn.transaction():
            changed = await members.change_role(
                conn, boutique_id=boutique_id, user_id=user_id, role=role
            )
    except CheckViolation as error:
        raise _last_owner(error) from error
    if not changed:
        raise _no_such_member()


async def remove(
    conn: Connection, *, boutique_id: str, user_id: str, actor_id: str | None = None
) -> None:
    """The person is refused at the next request. Raises NotYourself, LastOwner, NotFound."""
    _require_another(user_id, actor_id)
    try:
        async with conn.transaction():
            removed = await members.remove(conn, boutique_id=boutique_id, user_id=user_id)
    except CheckViolation as error:
        raise _last_owner(error) from error
    if not removed:
        raise _no_such_member()


def _require_another(user_id: str, actor_id: str | None) -> None:
    if user_id == actor_id:
        raise NotYourself


def _last_owner(error: CheckViolation) -> Exception:
    return LastOwner() if error.diag.constraint_name == "boutique_keeps_an_owner" else error


def _no_such_member() -> NotFound:
    return NotFound("There is no such member of this boutique.")
