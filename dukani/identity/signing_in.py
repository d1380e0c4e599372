"""The two ways to a session: a password, and the refresh token of a session."""

from __future__ import annotations

from typing import Any

import structlog

from dukani.core.database import Connection
from dukani.core.store.auth import sessions, users
from dukani.core.store.auth.sessions import AuthSession
from dukani.core.store.auth.users import AuthUser
from dukani.identity.errors import AuthRefused, invalid_credentials
from dukani.identity.limits import REFRESHES
from dukani.identity.passwords import LONGEST, is_outdated
from dukani.identity.refresh_tokens import PresentedToken, decoded, outcome
from dukani.identity.service import Client, Identity, begin_session, session_answer

log = structlog.get_logger()


async def with_password(
    identity: Identity, client: Client, *, email: str, password: str
) -> dict[str, Any]:
    """A session for the right password. Raises AuthRefused, the same for an unknown account."""
    address = email.strip().lower()
    await identity.limits.password_attempt(address=client.address, email=address)
    async with identity.database.identity_connection() as conn:
        user = await users.by_email(conn, email=address)
    # Hashing takes its time, so no connection is held meanwhile.
    hashed = user.encrypted_password if user else None
    if not await identity.passwords.verify(hashed, password[: LONGEST + 1]):
        raise invalid_credentials()
    assert user is not None and hashed is not None  # nobody's password never matches
    if user.email_confirmed_at is None:
        raise AuthRefused("Email not confirmed", code="email_not_confirmed")
    again = await identity.passwords.hash(password) if is_outdated(hashed) else None
    async with identity.database.identity_connection() as conn:
        now = await users.get(conn, user_id=user.id)
        if now is None or now.encrypted_password != hashed:
            raise invalid_credentials()  # changed while it was checked
        if again is not None:
            await users.change(conn, user_id=user.id, password_hash=again)
        return await begin_session(identity, conn, now, client, method="password")


async def with_refresh_token(
    identity: Identity, client: Client, *, refresh_token: str
) -> dict[str, Any]:
    """The session with its next refresh token, or, when it is sent again, with the current one.

    Raises AuthRefused. A token that was used longer ago ends its session: two hold it.
    """
    await identity.limits.take(REFRESHES, "refresh", client.address)
    presented = decoded(refresh_token)
    if presented is None:
        raise _not_found()
    async with identity.database.identity_connection() as conn:
        answer = await _refreshed(identity, conn, client, presented)
    if answer is None:  # the session's removal is committed
        raise AuthRefused("Invalid Refresh Token: Already Used", code="refresh_token_already_used")
    return answer


async def _refreshed(
    identity: Identity, conn: Connection, client: Client, presented: PresentedToken
) -> dict[str, Any] | None:
    """None: the session was revoked."""
    session, user, key = await _session_of(identity, conn, presented)
    match outcome(
        presented.token.counter, session.counter, since_refresh_s=session.since_refresh_s
    ):
        case "refuse":
            raise _not_found()
        case "revoke":
            await sessions.remove(conn, session_id=session.id)
            log.warning("session_revoked", session=session.id, reason="refresh token used again")
            return None
        case "rotate":
            await sessions.rotate(conn, session_id=session.id, ip=client.ip)
            session = await _locked(conn, session.id)
        case "repeat":
            pass
    return await session_answer(identity, user, session, key=key, method="token_refresh")


async def _session_of(
    identity: Identity, conn: Connection, presented: PresentedToken
) -> tuple[AuthSession, AuthUser, bytes]:
    session = await sessions.locked(conn, session_id=presented.token.session_id)
    if session is None:
        raise _not_found()
    key = bytes.fromhex(identity.box.open(session.sealed_key)["key"])
    if not presented.is_signed_with(key):
        raise _not_found()
    if session.over:
        raise AuthRefused("Invalid Refresh Token: Session Expired", code="session_expired")
    user = await users.get(conn, user_id=session.user_id)
    if user is None:
        raise _not_found()
    if user.banned:
        raise AuthRefused("Invalid Refresh Token: User Banned", code="user_banned")
    return session, user, key


async def _locked(conn: Connection, session_id: str) -> AuthSession:
    session = await sessions.locked(conn, session_id=session_id)
    assert session is not None  # this transaction holds it
    return session


def _not_found() -> AuthRefused:
    return AuthRefused(
        "Invalid Refresh Token: Refresh Token Not Found", code="refresh_token_not_found"
    )
