"""The customer hears what the shop did with an order, or the order says why she could not."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import consents, message_templates, order_timeline
from dukani.domain.templates import TEMPLATES
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import an_order, set_order
from tests.integration.api.shop_orders import PRICE, Bought, a_paid_order, close_the_window
from tests.wiring import jobs, rows


async def approve_all(database: Database, boutique: str, language: Literal["en", "sw"]) -> None:
    async with database.system_connection() as conn:
        for name in TEMPLATES:
            await message_templates.put(
                conn, boutique_id=boutique, provider="twilio", name=name, language=language,
                status="approved", content_sid="HX" + "0" * 32,
            )  # fmt: skip


async def speaks(database: Database, boutique: str, bought: Bought, language: str) -> None:
    async with database.tenant_connection(boutique) as conn:
        await conn.execute(
            "update customers set language = %s where id = %s", (language, bought.customer_id)
        )


async def sent(services: Services) -> list[dict[str, Any]]:
    return [m for m in await rows(services, "messages") if m["direction"] == "out"]


def not_told(shown: dict[str, Any]) -> list[dict[str, str]]:
    return [one["details"] for one in shown["timeline"] if one["what"] == "customer_not_told"]


async def test_outside_the_24_hours_a_template_tells_in_her_language(
    owner: Signed, database: Database, services: Services, superuser_url: str
) -> None:
    # given a customer who writes Swahili, and whose last message is a day old
    bought = await a_paid_order(database, owner.boutique)
    await speaks(database, owner.boutique, bought, "sw")
    await approve_all(database, owner.boutique, "sw")
    close_the_window(superuser_url)
    zawadi = next(i for i in (await owner.get(bought.path))["items"] if i["name"] == "Zawadi")

    # when a part goes out, then the rest, and money goes back
    part = {"number": 1, "items": [{"item_id": zawadi["id"], "quantity": 1}]}
    await owner.post(f"{bought.path}/dispatches", part)
    await owner.post(f"{bought.path}/sent")
    refund = {"number": 1, "amount_minor": PRICE, "reason": "late", "method": "cash"}
    shown = await owner.post(f"{bought.path}/refunds", refund)

    # then each is an approved template, on its way, and in the order's timeline
    told = await sent(services)
    assert [(m["template"]["name"], m["template"]["language"]) for m in told] == [
        ("order_sent_in_part", "sw"), ("order_sent", "sw"), ("order_refunded", "sw"),
    ]  # fmt: skip
    assert "Zawadi (nyekundu, saizi 38)" in told[0]["body"]
    assert "Bado inakuja: 2 × Amani" in told[0]["body"]
    assert told[1]["body"].count("Zawadi") == 0  # it went with the first part
    assert "KES 4,500" in told[2]["body"] and "taslimu" in told[2]["body"]
    assert {m["purpose"] for m in told} == {"utility"}
    assert not_told(shown) == []
    lines = [one["details"]["text"] for one in shown["timeline"] if one["what"] == "message"]
    assert lines == [m["body"] for m in told]
    assert "deliver" in [job["task_name"] for job in await jobs(services)]


async def test_without_an_approved_template_the_order_says_so(
    owner: Signed, database: Database, services: Services, superuser_url: str
) -> None:
    bought = await a_paid_order(database, owner.boutique)
    close_the_window(superuser_url)

    shown = await owner.post(f"{bought.path}/sent")

    assert shown["fulfilment_status"] == "dispatched"
    assert not_told(shown) == [{"news": "dispatched", "reason": "no_template"}]
    assert await sent(services) == []


async def test_who_said_stop_is_not_told_by_a_template_either(
    owner: Signed, database: Database, services: Services, superuser_url: str
) -> None:
    bought = await a_paid_order(database, owner.boutique)
    await approve_all(database, owner.boutique, "en")
    close_the_window(superuser_url)
    async with database.tenant_connection(owner.boutique) as conn:
        await consents.record(
            conn, customer_id=bought.customer_id, purpose="assistant", granted=False,
            source="whatsapp",
        )  # fmt: skip

    shown = await owner.post(f"{bought.path}/sent")

    assert not_told(shown) == [{"news": "dispatched", "reason": "said_stop"}]
    assert await sent(services) == []


@pytest.mark.parametrize(
    ("columns", "path", "body", "news"),
    [
        ({}, "cancelled", None, "cancelled"),
        ({"payment_status": "needs_review", "review_reason": "manual_claim"}, "reviewed",
         {"outcome": "not_paid"}, "not_paid"),
    ],
)  # fmt: skip
async def test_what_ends_without_money_is_told_too(
    staff: Signed, database: Database, services: Services, superuser_url: str,
    columns: dict[str, str], path: str, body: Any, news: str,
) -> None:  # fmt: skip
    placed = await an_order(database, staff.boutique)
    if columns:
        set_order(superuser_url, placed.order, **columns)

    await staff.post(f"/orders/{placed.order.id}/{path}", body)

    events = await rows(services, "conversation_events")
    assert [e["payload"] for e in events] == [{"order_id": placed.order.id, "news": news}]


async def test_another_boutique_sees_no_timeline(
    owner: Signed, stranger: Signed, database: Database
) -> None:
    bought = await a_paid_order(database, owner.boutique)
    await owner.post(f"{bought.path}/sent")
    async with database.tenant_connection(stranger.boutique) as conn:
        seen = await order_timeline.timeline(
            conn, order_id=bought.order.id, number=bought.order.number
        )
    assert seen == []
