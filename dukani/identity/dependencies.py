"""What the routes share: the service's parts, the client, and who may ask."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from dukani.core.store.auth import sessions, users
from dukani.core.store.auth.users import AuthUser
from dukani.identity.errors import AuthRefused
from dukani.identity.service import Client, Identity
from dukani.web.signed_in import TheSignedIn


async def _identity(request: Request) -> Identity:
    identity: Identity = request.app.state.identity
    return identity


async def _client(request: Request) -> Client:
    address = request.client.host if request.client else ""
    return Client(address, request.headers.get("user-agent"))


TheIdentity = Annotated[Identity, Depends(_identity)]
TheClient = Annotated[Client, Depends(_client)]


@dataclass(frozen=True, slots=True)
class OpenSession:
    """The person of an access token whose session was not ended."""

    id: str
    user: AuthUser


async def _open_session(identity: TheIdentity, person: TheSignedIn) -> OpenSession:
    session_id = str(person.claims.get("session_id", ""))
    async with identity.database.identity_connection() as conn:
        user = await users.get(conn, user_id=person.user_id)
        is_open = await sessions.is_open(conn, session_id=session_id, user_id=person.user_id)
    if user is None or not is_open:
        raise AuthRefused(
            "Session from session_id claim in JWT does not exist",
            code="session_not_found",
            status=403,
        )
    return OpenSession(session_id, user)


TheSession = Annotated[OpenSession, Depends(_open_session)]


async def require_service_key(
    identity: TheIdentity,
    token: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))],
) -> None:
    """Raises AuthRefused unless the request carries the service key; closed where none is set."""
    key = identity.settings.auth.service_key
    if token is None:
        raise AuthRefused(
            "This endpoint requires a Bearer token", code="no_authorization", status=401
        )
    if key is None or not hmac.compare_digest(
        token.credentials.encode(), key.get_secret_value().encode()
    ):
        raise AuthRefused("User not allowed", code="not_admin", status=403)
