"""Alerts reach an owner who has not written for a day, by an approved template only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from dukani.core.database import Database
from dukani.core.store import boutiques, message_templates
from dukani.core.store.messages import Message
from dukani.domain.alerts import AlertKind
from dukani.domain.templates import OF_AN_ALERT
from dukani.sandbox.accounts import PWANI, ZURI, SandboxAccount
from dukani.sandbox.templates import content_sid
from dukani.tools import delivery, messaging
from tests.integration.messaging.test_outside_world import SANDBOX, World, the_world
from tests.wiring import rows

OWNER = "+254711000000"
NOTE = "Order *DK-1001* is paid: KSh 4,500\nCustomer: Asha\nDeliver to: “Kilimani”"
ACCOUNTS = {"zuri": ZURI, "pwani": PWANI}
BOTH = pytest.mark.parametrize("key", ["zuri", "pwani"])


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[World]:
    async with the_world(database, tmp_path) as opened:
        yield opened


async def open_shop(world: World, key: str) -> str:
    """A boutique whose owner has not said hello to its number."""
    account = ACCOUNTS[key].model_copy(update={"owner_phone": OWNER, "owner_says_hello": False})
    answer = await world.services.http.post(f"{SANDBOX}/accounts", json=account.model_dump())
    assert answer.status_code == 201, answer.text
    boutique = await world.open(key)
    async with world.services.database.system_connection() as conn:
        await conn.execute("update boutiques set owner_phone = %s", (OWNER,))
    return boutique


async def approve(world: World, boutique: str, account: SandboxAccount, name: str) -> None:
    async with world.services.database.system_connection() as conn:
        await message_templates.put(
            conn, boutique_id=boutique, provider=account.provider, name=name, language="en",
            status="approved",
            content_sid=content_sid(name, "en") if account.provider == "twilio" else None,
        )  # fmt: skip


async def alert(world: World, boutique: str, kind: AlertKind = "new_order") -> Message | None:
    """Queue the alert and deliver it; its row as it stands then."""
    async with world.services.database.tenant_connection(boutique) as conn:
        shop = await boutiques.get(conn, boutique_id=boutique)
        assert shop is not None
        queued = await messaging.queue_owner_note(conn, shop, NOTE, alert=kind)
    await delivery.deliver(world.services, boutique_id=boutique)
    return queued[0] if queued else None


async def failures(world: World) -> list[Any]:
    found = await rows(world.services, "messages")
    return [row["error_code"] for row in found if row["status"] == "failed"]


async def failures_told(world: World) -> list[Any]:
    """Meta tells of some by a status, a moment later."""
    for _ in range(50):
        if failed := await failures(world):
            return failed
        await asyncio.sleep(0.1)
    return []


async def her_phone(world: World, key: str) -> list[str]:
    query = {"account": key, "contact": OWNER}
    chat = (await world.services.http.get(f"{SANDBOX}/phone/api/chat", params=query)).json()
    return [m["text"] for m in chat["messages"] if m["author"] == "boutique"]


@BOTH
async def test_an_alert_goes_by_its_template_when_she_has_not_written_for_a_day(
    world: World, key: str
) -> None:
    boutique = await open_shop(world, key)
    await approve(world, boutique, ACCOUNTS[key], "owner_new_order")

    sent = await alert(world, boutique)

    assert sent is not None and (sent.kind, sent.purpose) == ("template", "utility")
    assert await failures(world) == []
    [text] = await her_phone(world, key)
    assert text.startswith("There is a new order at ")
    assert "Order *DK-1001* is paid: KSh 4,500 · Customer: Asha" in text


@pytest.mark.parametrize(("key", "code"), [("zuri", "63016"), ("pwani", "131047")])
async def test_without_an_approved_template_the_provider_refuses_the_words(
    world: World, key: str, code: str
) -> None:
    boutique = await open_shop(world, key)
    await approve(world, boutique, ACCOUNTS[key], "owner_low_stock")  # that of another alert

    sent = await alert(world, boutique)

    assert sent is not None and sent.kind == "text"
    assert await failures_told(world) == [code]
    assert await her_phone(world, key) == []


@BOTH
async def test_within_a_day_of_her_message_she_gets_the_note_itself(world: World, key: str) -> None:
    boutique = await open_shop(world, key)
    await approve(world, boutique, ACCOUNTS[key], "owner_new_order")
    await world.write(key, contact=OWNER, text="Habari")

    await alert(world, boutique)

    assert await her_phone(world, key) == [NOTE]


async def test_what_she_has_switched_off_goes_by_no_template(world: World) -> None:
    boutique = await open_shop(world, "pwani")
    for template in OF_AN_ALERT.values():
        await approve(world, boutique, PWANI, template.name)
    async with world.services.database.system_connection() as conn:
        await conn.execute("update boutiques set owner_muted = '{low_stock}'")

    assert await alert(world, boutique, "low_stock") is None
    assert await alert(world, boutique, "person_wanted") is not None
    assert len(await her_phone(world, "pwani")) == 1
