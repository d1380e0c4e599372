"""Supabase invites people; what it refuses is told as an error of ours."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
import respx

from dukani.core.clients.people import SupabasePeople
from dukani.core.errors import (
    InvalidValue,
    ProviderRefused,
    ProviderUnavailable,
    ProviderUnclear,
    TooManyRequests,
)

URL = "https://project.supabase.co/auth/v1"


@pytest.fixture
async def people() -> AsyncIterator[SupabasePeople]:
    async with httpx.AsyncClient() as http:
        yield SupabasePeople(http, f"{URL}/", service_key="key", app_url="https://app.test")


@respx.mock
async def test_an_invitation_leads_to_the_app(people: SupabasePeople) -> None:
    user_id = str(uuid4())
    route = respx.post(f"{URL}/invite").respond(200, json={"id": user_id})

    invited = await people.invite("baraka@example.com", about={"boutique": "Zuri"})

    request = route.calls.last.request
    assert (invited.user_id, invited.link_sent, invited.link) == (user_id, True, None)
    assert request.url.params["redirect_to"] == "https://app.test/new-password"
    assert (request.headers["apikey"], request.headers["authorization"]) == ("key", "Bearer key")
    assert json.loads(request.content) == {
        "email": "baraka@example.com",
        "data": {"boutique": "Zuri"},
    }


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, InvalidValue),
        (422, InvalidValue),
        (429, TooManyRequests),
        (401, ProviderRefused),
        (403, ProviderRefused),
        (500, ProviderUnavailable),
        (503, ProviderUnavailable),
    ],
)
@respx.mock
async def test_a_refusal_is_one_of_ours(
    people: SupabasePeople, status: int, kind: type[Exception]
) -> None:
    respx.post(f"{URL}/invite").respond(status, json={"msg": "SECRET"})
    with pytest.raises(kind) as refused:
        await people.invite("baraka@example.com", about={})
    assert "SECRET" not in str(refused.value)


@respx.mock
async def test_an_answer_that_is_lost_is_unclear(people: SupabasePeople) -> None:
    respx.post(f"{URL}/invite").mock(side_effect=httpx.ReadTimeout("late"))
    with pytest.raises(ProviderUnclear):
        await people.invite("baraka@example.com", about={})
