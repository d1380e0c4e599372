"""Invites people: makes the person where there is none, and a link to choose a password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dukani.core.clients.people import Invited, where_to_choose
from dukani.core.store.auth import users
from dukani.core.store.auth.users import AuthUser
from dukani.identity.links import make_link, queue_link
from dukani.identity.people import address_of
from dukani.identity.service import Identity


async def invited(
    identity: Identity,
    *,
    email: str,
    about: Mapping[str, Any],
    redirect_to: str | None,
    whose: str | None = None,
) -> tuple[AuthUser, str | None]:
    """The person and the link, which is mailed where mails are sent.

    Raises TooManyRequests. No link for somebody who has confirmed the address already."""
    async with identity.database.identity_connection() as conn:
        user = await users.add(conn, email=email, user_metadata=about, invited=True)
        if user is None:
            user = await users.by_email(conn, email=email)
            assert user is not None  # it is why nobody was added
            if user.email_confirmed_at is not None:
                return user, None
        await identity.limits.invitation(email=email, whose=whose)
        link = await make_link(identity, conn, user, "invite", redirect_to=redirect_to)
        await queue_link(identity, conn, user, "invite", link)
        return user, link


class OwnPeople:
    """Invites through our own auth service."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    async def invite(
        self, email: str, *, about: Mapping[str, Any], whose: str | None = None
    ) -> Invited:
        user, link = await invited(
            self._identity,
            email=address_of(email),
            about=about,
            redirect_to=where_to_choose(self._identity.app_url),
            whose=whose,
        )
        sent = link is not None and self._identity.mailer is not None
        return Invited(user.id, link_sent=sent, link=None if sent else link)
