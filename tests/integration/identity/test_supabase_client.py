"""Supabase's own Python client works with our service unchanged."""

from __future__ import annotations

from typing import Any

import pytest
from supabase_auth import AsyncGoTrueClient, AsyncMemoryStorage
from supabase_auth.errors import AuthApiError, AuthWeakPasswordError

from tests.integration.identity.calls import AS_SERVICE, ISSUER, Auth


def a_client(auth: Auth, **headers: str) -> AsyncGoTrueClient:
    return AsyncGoTrueClient(
        url=ISSUER,
        headers=headers,
        storage=AsyncMemoryStorage(),
        auto_refresh_token=False,
        http_client=auth.http,
    )


async def test_a_person_signs_in_refreshes_changes_and_signs_out(auth: Auth) -> None:
    # given a person made by an administrator
    admin = a_client(auth, Authorization=AS_SERVICE["authorization"]).admin
    attributes: Any = {
        "email": "amina@example.com",
        "password": "maridadi-1",
        "email_confirm": True,
        "user_metadata": {"name": "Amina"},
    }
    made = await admin.create_user(attributes)
    client = a_client(auth)

    # when she goes through a day
    signed_in = await client.sign_in_with_password(
        {"email": "amina@example.com", "password": "maridadi-1"}
    )
    claims = await client.get_claims()
    refreshed = await client.refresh_session()
    changed = await client.update_user({"data": {"language": "sw"}})
    seen = await client.get_user()
    await client.sign_out()

    # then each answer is one the client understands
    assert signed_in.user is not None
    assert signed_in.user.id == made.user.id
    assert claims is not None
    assert claims["claims"]["email"] == "amina@example.com"
    assert refreshed.session is not None and signed_in.session is not None
    assert refreshed.session.refresh_token != signed_in.session.refresh_token
    assert changed.user.user_metadata == {"name": "Amina", "language": "sw"}
    assert seen is not None and seen.user.last_sign_in_at is not None
    assert await client.get_session() is None


async def test_it_tells_the_errors_apart(auth: Auth) -> None:
    await auth.person()
    client = a_client(auth)
    with pytest.raises(AuthApiError) as wrong:
        await client.sign_in_with_password({"email": "amina@example.com", "password": "no"})
    assert wrong.value.code == "invalid_credentials"

    await client.sign_in_with_password({"email": "amina@example.com", "password": "maridadi-1"})
    with pytest.raises(AuthWeakPasswordError):
        await client.update_user({"password": "short"})


async def test_an_administrator_invites_lists_changes_and_removes(auth: Auth) -> None:
    admin = a_client(auth, Authorization=AS_SERVICE["authorization"]).admin
    invited = await admin.invite_user_by_email("baraka@example.com", {"data": {"name": "B"}})
    user_id = invited.user.id
    await admin.update_user_by_id(user_id, {"password": "kazi-njema-9", "email_confirm": True})
    listed = await admin.list_users()
    client = a_client(auth)
    signed_in = await client.sign_in_with_password(
        {"email": "baraka@example.com", "password": "kazi-njema-9"}
    )
    await admin.delete_user(user_id)

    assert signed_in.user is not None and signed_in.user.id == user_id
    assert [user.id for user in listed] == [user_id]
    with pytest.raises(AuthApiError) as gone:
        await admin.get_user_by_id(user_id)
    assert gone.value.code == "user_not_found"
    with pytest.raises(AuthApiError):
        await client.refresh_session()


async def test_a_forgotten_password(auth: Auth) -> None:
    await auth.person()
    client = a_client(auth)
    await client.reset_password_for_email("amina@example.com")
    followed = await auth.http.get(auth.mailed_link())
    await client.initialize_from_url(followed.headers["location"])
    await client.update_user({"password": "kanga-mpya-2"})
    await client.sign_out()
    assert await client.sign_in_with_password(
        {"email": "amina@example.com", "password": "kanga-mpya-2"}
    )
