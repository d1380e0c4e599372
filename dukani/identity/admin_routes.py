"""People as whoever holds the service key manages them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from dukani.core.store.auth import sessions, users
from dukani.core.store.auth.users import AuthUser
from dukani.identity.dependencies import TheIdentity, require_service_key
from dukani.identity.errors import AuthRefused
from dukani.identity.inviting import invited
from dukani.identity.link_routes import RedirectTo
from dukani.identity.people import address_of, described
from dukani.identity.sign_in_routes import Text, require_short

router = APIRouter(dependencies=[Depends(require_service_key)])

MOST_A_PAGE = 1000


class Invitation(BaseModel):
    email: Text
    data: dict[str, Any] | None = None


class AdminAccount(BaseModel):
    email: Text | None = None
    password: Text | None = None
    email_confirm: bool = False
    user_metadata: dict[str, Any] | None = None


@router.post("/invite")
async def invite(
    identity: TheIdentity,
    invitation: Invitation,
    redirect_to: RedirectTo = None,
) -> dict[str, Any]:
    data = invitation.data or {}
    require_short(data)
    user, link = await invited(
        identity, email=address_of(invitation.email), about=data, redirect_to=redirect_to
    )
    if link is None:
        raise AuthRefused(
            "A user with this email address has already been registered",
            code="email_exists",
            status=422,
        )
    return described(user)


@router.post("/admin/users")
async def create_user(identity: TheIdentity, account: AdminAccount) -> dict[str, Any]:
    if account.email is None:
        raise AuthRefused("email: send one", code="validation_failed")
    data = account.user_metadata or {}
    require_short(data)
    hashed = await identity.passwords.hash(account.password) if account.password else None
    async with identity.database.identity_connection() as conn:
        user = await users.add(
            conn,
            email=address_of(account.email),
            password_hash=hashed,
            user_metadata=data,
            confirmed=account.email_confirm,
        )
    if user is None:
        raise AuthRefused(
            "A user with this email address has already been registered",
            code="email_exists",
            status=422,
        )
    return described(user)


def _number(text: str, *, default: int, most: int) -> int:
    """Supabase's Python client sends empty parameters."""
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() else default


@router.get("/admin/users")
async def list_users(
    identity: TheIdentity,
    page: Annotated[str, Query(max_length=9)] = "",
    per_page: Annotated[str, Query(max_length=9)] = "",
) -> dict[str, Any]:
    number = _number(page, default=1, most=1_000_000)
    size = _number(per_page, default=50, most=MOST_A_PAGE)
    async with identity.database.identity_connection() as conn:
        found = await users.page(conn, number=number, size=size)
    return {"users": [described(user) for user in found], "aud": "authenticated"}


@router.get("/admin/users/{user_id}")
async def get_user_by_id(identity: TheIdentity, user_id: UUID) -> dict[str, Any]:
    async with identity.database.identity_connection() as conn:
        return described(_found(await users.get(conn, user_id=str(user_id))))


@router.put("/admin/users/{user_id}")
async def update_user_by_id(
    identity: TheIdentity, user_id: UUID, account: AdminAccount
) -> dict[str, Any]:
    """A new password ends all the person's sessions."""
    data = account.user_metadata or {}
    require_short(data)
    hashed = await identity.passwords.hash(account.password) if account.password else None
    async with identity.database.identity_connection() as conn:
        user = await users.change(
            conn,
            user_id=str(user_id),
            password_hash=hashed,
            user_metadata=data,
            confirmed=account.email_confirm,
        )
        if hashed is not None:
            await sessions.remove_all(conn, user_id=str(user_id))
    return described(_found(user))


@router.delete("/admin/users/{user_id}")
async def delete_user(identity: TheIdentity, user_id: UUID) -> dict[str, Any]:
    async with identity.database.identity_connection() as conn:
        if not await users.remove(conn, user_id=str(user_id)):
            raise _unknown()
    return {}


def _found(user: AuthUser | None) -> AuthUser:
    if user is None:
        raise _unknown()
    return user


def _unknown() -> AuthRefused:
    return AuthRefused("User not found", code="user_not_found", status=404)
