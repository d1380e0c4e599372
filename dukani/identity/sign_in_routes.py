"""Signing in and out, and the person's own account."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints

from dukani.core.store.auth import one_time_tokens, sessions, users
from dukani.identity.dependencies import TheClient, TheIdentity, TheSession
from dukani.identity.errors import AuthRefused
from dukani.identity.people import described
from dukani.identity.signing_in import with_password, with_refresh_token

router = APIRouter()

LONGEST_DATA = 2048  # bytes of JSON: it is in every access token

Text = Annotated[str, StringConstraints(max_length=1024, pattern=r"^[^\x00]*$")]


class Grant(BaseModel):
    email: Text = ""
    password: Text = ""
    refresh_token: Text = ""


class AccountChange(BaseModel):
    password: Text | None = None
    email: Text | None = None
    data: dict[str, Any] = Field(default_factory=dict)


@router.post("/token")
async def token(
    identity: TheIdentity,
    client: TheClient,
    grant: Grant,
    grant_type: Annotated[str, Query(max_length=40)] = "",
) -> dict[str, Any]:
    match grant_type:
        case "password":
            return await with_password(identity, client, email=grant.email, password=grant.password)
        case "refresh_token":
            return await with_refresh_token(identity, client, refresh_token=grant.refresh_token)
    raise AuthRefused("unsupported_grant_type", code="validation_failed")


@router.get("/user")
async def get_user(session: TheSession) -> dict[str, Any]:
    return described(session.user)


@router.put("/user")
async def update_user(
    identity: TheIdentity, session: TheSession, change: AccountChange
) -> dict[str, Any]:
    """A new password ends the person's other sessions, and every link that was sent."""
    if change.email not in (None, session.user.email):
        raise AuthRefused(
            "The e-mail address cannot be changed here: be invited under the new one.",
            code="validation_failed",
        )
    require_short(change.data)
    hashed = None
    if change.password is not None:
        hashed = await identity.passwords.hash(change.password)
    async with identity.database.identity_connection() as conn:
        user = await users.change(
            conn, user_id=session.user.id, password_hash=hashed, user_metadata=change.data
        )
        if hashed is not None:
            await sessions.remove_all(conn, user_id=session.user.id, but=session.id)
            await one_time_tokens.remove_all(conn, user_id=session.user.id)
    return described(user or session.user)


@router.post("/logout", status_code=204)
async def logout(
    identity: TheIdentity,
    session: TheSession,
    scope: Literal["global", "local", "others"] = "global",
) -> None:
    async with identity.database.identity_connection() as conn:
        match scope:
            case "local":
                await sessions.remove(conn, session_id=session.id)
            case "others":
                await sessions.remove_all(conn, user_id=session.user.id, but=session.id)
            case "global":
                await sessions.remove_all(conn, user_id=session.user.id)


def require_short(data: dict[str, Any]) -> None:
    if len(json.dumps(data)) > LONGEST_DATA:
        raise AuthRefused(
            f"data: send at most {LONGEST_DATA} bytes of JSON", code="validation_failed"
        )
