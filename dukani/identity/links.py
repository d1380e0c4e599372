"""Links in mails: for an invitation, a new password, and to confirm an address.

A link carries a token that counts once. Only its hash is kept, so that who reads the database
cannot use it.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any
from urllib.parse import urlencode

import structlog

from dukani.core.database import Connection
from dukani.core.store.auth import one_time_tokens, users
from dukani.core.store.auth.one_time_tokens import TokenType
from dukani.core.store.auth.users import AuthUser
from dukani.identity.errors import AuthRefused
from dukani.identity.mails import LinkKind, mail_with_link
from dukani.identity.service import Client, Identity, begin_session
from dukani.tools.mails import queue_mail

log = structlog.get_logger()

_HOURS: dict[LinkKind, int] = {"invite": 72, "signup": 24, "recovery": 1}
_TYPES: dict[LinkKind, TokenType] = {
    "invite": "confirmation_token",
    "signup": "confirmation_token",
    "recovery": "recovery_token",
}
# The types that a client may name, and what of ours they mean. Each has the longest time of these.
_VERIFIED_AS: dict[str, tuple[LinkKind, ...]] = {
    "invite": ("invite",),
    "signup": ("signup",),
    "recovery": ("recovery",),
    "email": ("invite",),
}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def make_link(
    identity: Identity, conn: Connection, user: AuthUser, kind: LinkKind, *, redirect_to: str | None
) -> str:
    """A new link for the person; an earlier one of its kind no longer counts."""
    token = secrets.token_urlsafe(32)
    await one_time_tokens.put(
        conn,
        user_id=user.id,
        token_type=_TYPES[kind],
        token_hash=_hash(token),
        email=user.email or "",
    )
    await users.was_sent_a_link(conn, user_id=user.id, invitation=kind == "invite")
    query = {
        "token": token,
        "type": kind,
        "redirect_to": identity.allowed_redirect(redirect_to),
    }
    return f"{identity.issuer}/verify?{urlencode(query)}"


async def queue_link(
    identity: Identity, conn: Connection, user: AuthUser, kind: LinkKind, link: str
) -> None:
    """Mail the link by a job of this transaction: who is told of it gets it, over a restart too."""
    if identity.mailer is None or user.email is None:
        log.warning("mail_not_configured", kind=kind, remedy="set DUKANI_MAIL__API_KEY")
        return
    mail = mail_with_link(
        kind, to=user.email, link=link, hours=_HOURS[kind], about=user.user_metadata
    )
    await queue_mail(conn, identity.box, mail)


async def verify_link(
    identity: Identity, client: Client, *, token: str, kind: str
) -> dict[str, Any]:
    """A session for the token of a link, which confirms the address too. Raises AuthRefused."""
    kinds = _VERIFIED_AS.get(kind, ())
    async with identity.database.identity_connection() as conn:
        user_id = await one_time_tokens.take(
            conn,
            token_hash=_hash(token),
            token_types=[_TYPES[one] for one in kinds],
            valid_s=3600 * max((_HOURS[one] for one in kinds), default=0),
        )
        user = await users.change(conn, user_id=user_id, confirmed=True) if user_id else None
        answer = await begin_session(identity, conn, user, client, method="otp") if user else None
    if answer is None:  # a token that is too old is used up all the same
        raise AuthRefused("Email link is invalid or has expired", code="otp_expired", status=403)
    return answer
