"""WhatsApp rejects, pauses or recategorises a template: the shop's people hear of it, once each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from dukani.core.clients.web_push import new_vapid_key
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import message_templates
from dukani.core.store.message_templates import Told
from dukani.domain.domain_events import TemplateChanged, read_event
from dukani.sandbox.app import create_sandbox
from dukani.tools.template_sync import note
from tests.integration.api.conftest import Signed
from tests.integration.api.test_alerts_api import SANDBOX, a_device, work_off
from tests.signing_in import calling
from tests.wiring import jobs, rows, some_services

NAME = "new_for_you"
PHONE = "+254712000009"


@pytest.fixture
async def outside() -> AsyncIterator[httpx.AsyncClient]:
    sandbox = create_sandbox(base_url=SANDBOX, target_url="http://dukani.test")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=sandbox)) as line:
        yield line


@pytest.fixture
async def services(
    database: Database, tmp_path: Path, outside: httpx.AsyncClient
) -> AsyncIterator[Services]:
    push = {"private_key": new_vapid_key().text, "own_service": f"{SANDBOX}/push"}
    async with some_services(database, tmp_path, push=push) as services:
        yield replace(services, http=outside)


@pytest.fixture
async def client(api: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(api) as client:
        yield client


async def a_template(services: Services, boutique: str, *, phone: str | None = PHONE) -> None:
    """Approved as utility; the owner has a phone."""
    async with services.database.system_connection() as conn:
        await conn.execute("update boutiques set owner_phone = %s where id = %s", (phone, boutique))
        await message_templates.put(
            conn, boutique_id=boutique, provider="meta", name=NAME, language="en",
            status="approved", form={},
        )  # fmt: skip


async def told(services: Services, boutique: str, **what: Any) -> None:
    """WhatsApp tells it, twice as it may."""
    for _ in range(2):
        async with services.database.system_connection() as conn:
            await note(conn, Told(NAME, "en", **what), boutique_id=boutique, provider="meta")
    await work_off(services)
    await work_off(services)


async def notes(services: Services) -> list[str]:
    return [m["body"] for m in await rows(services, "messages") if m["recipient"] == PHONE]


@pytest.mark.parametrize(
    ("what", "title"),
    [
        ({"status": "rejected", "reason": "INVALID_FORMAT"}, "A template was rejected"),
        ({"status": "paused"}, "A template is paused"),
        ({"status": "disabled"}, "A template is switched off"),
        ({"category": "marketing"}, "A template is marketing now"),
        (
            {
                "next_category": "marketing",
                "category_changes_at": datetime(2026, 12, 1, tzinfo=UTC),
            },
            "A template will be marketing",
        ),
    ],
)
async def test_the_owner_is_told_on_whatsapp_and_each_device_by_push(
    services: Services, outside: httpx.AsyncClient, owner: Signed, what: dict[str, Any], title: str
) -> None:
    await a_template(services, owner.boutique)
    device = await a_device(outside, owner)

    await told(services, owner.boutique, **what)

    [shown] = await device.shown()
    assert shown["title"] == title and "new for you" in shown["body"]
    assert shown["path"].startswith("/templates")
    [text] = await notes(services)
    assert text.startswith(f"{title}: WhatsApp ")
    assert ("INVALID FORMAT" in text) == ("reason" in what)
    (event,) = [e for e in await rows(services, "domain_events") if e["kind"] == "template_changed"]
    assert isinstance(read_event(event["kind"], event["payload"]), TemplateChanged)


@pytest.mark.parametrize("what", [{"status": "approved"}, {"quality": "red"}, {}])
async def test_what_changes_nothing_for_her_is_not_told(
    services: Services, owner: Signed, what: dict[str, Any]
) -> None:
    await a_template(services, owner.boutique)

    await told(services, owner.boutique, **what)

    assert await jobs(services, "send_alerts") == [] and await notes(services) == []


async def test_it_is_switched_off_as_the_other_kinds_are(
    services: Services, outside: httpx.AsyncClient, owner: Signed, staff: Signed
) -> None:
    await a_template(services, owner.boutique)
    wants, not_wants = await a_device(outside, owner), await a_device(outside, staff)
    await staff.call("PUT", "/alerts/choices", json={"muted": ["template_news"]})
    await owner.call("PUT", "/alerts/owner-phone", json={"muted": ["template_news"]})

    await told(services, owner.boutique, status="paused")

    assert len(await wants.shown()) == 1 and await not_wants.shown() == []
    assert await notes(services) == []


async def test_another_boutiques_people_hear_nothing(
    services: Services, outside: httpx.AsyncClient, owner: Signed, stranger: Signed
) -> None:
    await a_template(services, owner.boutique)
    elsewhere = await a_device(outside, stranger)

    await told(services, owner.boutique, status="rejected")

    assert await elsewhere.shown() == []
