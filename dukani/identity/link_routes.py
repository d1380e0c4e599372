"""Accounts and passwords by a link in a mail."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import APIRouter, BackgroundTasks, Query
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from dukani.core.store.auth import users
from dukani.core.store.auth.users import AuthUser
from dukani.identity.dependencies import TheClient, TheIdentity
from dukani.identity.errors import AuthRefused
from dukani.identity.limits import SIGNUPS, VERIFICATIONS
from dukani.identity.links import make_link, queue_link, verify_link
from dukani.identity.people import address_of, described
from dukani.identity.service import Client, Identity, begin_session
from dukani.identity.sign_in_routes import Text, require_short

router = APIRouter()

RedirectTo = Annotated[str | None, Query(max_length=1024)]


class NewAccount(BaseModel):
    email: Text
    password: Text
    data: dict[str, Any] | None = Field(default_factory=dict)


class ForgottenPassword(BaseModel):
    email: Text


class LinkToken(BaseModel):
    type: Text
    token_hash: Text = ""
    token: Text = ""


@router.post("/signup")
async def signup(
    identity: TheIdentity,
    client: TheClient,
    account: NewAccount,
    redirect_to: RedirectTo = None,
) -> dict[str, Any]:
    """A session; where mails are sent, the person, who has to confirm the address first."""
    if not identity.settings.auth.signup:
        raise AuthRefused(
            "Signups not allowed for this instance", code="signup_disabled", status=422
        )
    await identity.limits.take(SIGNUPS, "signup", client.address)
    email, data = address_of(account.email), account.data or {}
    require_short(data)
    by_mail = identity.mailer is not None
    if by_mail:
        await identity.limits.mail(address=client.address, email=email)
    hashed = await identity.passwords.hash(account.password)
    async with identity.database.identity_connection() as conn:
        user = await users.add(
            conn, email=email, password_hash=hashed, user_metadata=data, confirmed=not by_mail
        )
        if user is None and not by_mail:
            raise AuthRefused("User already registered", code="user_already_exists", status=422)
        if user is None:
            return _as_if_new(email, data)
        if not by_mail:
            return await begin_session(identity, conn, user, client, method="password")
        link = await make_link(identity, conn, user, "signup", redirect_to=redirect_to)
        await queue_link(identity, conn, user, "signup", link)
    return described(user)


def _as_if_new(email: str, data: dict[str, Any]) -> dict[str, Any]:
    """What a new person would get, so that nobody learns who has an account."""
    now = datetime.now(UTC)
    return described(
        AuthUser(
            id=str(uuid4()),
            email=email,
            encrypted_password=None,
            app_metadata={"provider": "email", "providers": ["email"]},
            user_metadata=data,
            role="authenticated",
            email_confirmed_at=None,
            invited_at=None,
            recovery_sent_at=None,
            last_sign_in_at=None,
            created_at=now,
            updated_at=now,
            banned=False,
        )
    )


@router.post("/recover")
async def recover(
    identity: TheIdentity,
    client: TheClient,
    forgotten: ForgottenPassword,
    later: BackgroundTasks,
    redirect_to: RedirectTo = None,
) -> dict[str, Any]:
    """The same answer whether or not there is such an account; the mail leaves after it."""
    email = address_of(forgotten.email)
    await identity.limits.mail(address=client.address, email=email)
    later.add_task(_send_recovery, identity, email, redirect_to)
    return {}


async def _send_recovery(identity: Identity, email: str, redirect_to: str | None) -> None:
    async with identity.database.identity_connection() as conn:
        user = await users.by_email(conn, email=email)
        if user is None or user.banned:
            return
        link = await make_link(identity, conn, user, "recovery", redirect_to=redirect_to)
        await queue_link(identity, conn, user, "recovery", link)


@router.post("/verify")
async def verify(identity: TheIdentity, client: TheClient, link: LinkToken) -> dict[str, Any]:
    return await _verified(identity, client, token=link.token_hash or link.token, kind=link.type)


@router.get("/verify")
async def follow_link(
    identity: TheIdentity,
    client: TheClient,
    token: Annotated[str, Query(max_length=200)] = "",
    type: Annotated[str, Query(max_length=20)] = "",  # noqa: A002 - as GoTrue calls it
    redirect_to: RedirectTo = None,
) -> RedirectResponse:
    """The link itself: leads on to the app, with the session after the `#`."""
    target = identity.allowed_redirect(redirect_to)
    try:
        session = await _verified(identity, client, token=token, kind=type)
    except AuthRefused as error:
        told = {
            "error": "access_denied",
            "error_code": error.code,
            "error_description": str(error),
        }
        return RedirectResponse(f"{target}#{urlencode(told)}", status_code=303)
    told = {name: value for name, value in session.items() if name != "user"} | {"type": type}
    return RedirectResponse(f"{target}#{urlencode(told)}", status_code=303)


async def _verified(identity: Identity, client: Client, *, token: str, kind: str) -> dict[str, Any]:
    await identity.limits.take(VERIFICATIONS, "verify", client.address)
    return await verify_link(identity, client, token=token, kind=kind)
