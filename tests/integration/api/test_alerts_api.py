"""The shop's people are alerted while the app is closed: each once, and nobody to her own doing."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from dukani.core.clients.web_push import new_vapid_key
from dukani.core.database import Database
from dukani.core.errors import ProviderUnavailable
from dukani.core.services import Services
from dukani.core.store import conversations, stock
from dukani.dashboard_api.app import create_api
from dukani.domain.alerts import ALERT_OF
from dukani.sandbox.app import create_sandbox
from dukani.tools.alerts import send_alerts
from tests.browsers import Browser
from tests.factories import a_boutique
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import an_order, pay
from tests.signing_in import a_member, a_verifier, calling
from tests.wiring import jobs, rows, some_services

SANDBOX = "http://sandbox.test"


@pytest.fixture
async def outside() -> AsyncIterator[httpx.AsyncClient]:
    """The line to the sandbox's push service."""
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


class Device:
    """A browser of a member, subscribed at the sandbox."""

    def __init__(self, outside: httpx.AsyncClient, endpoint: str) -> None:
        self.browser = Browser()
        self.endpoint = endpoint
        self.id = ""
        self._outside = outside

    @property
    def body(self) -> dict[str, Any]:
        keys = {"p256dh": self.browser.p256dh, "auth": self.browser.auth}
        return {"endpoint": self.endpoint, "keys": keys, "device": "Phone", "language": "en"}

    async def shown(self) -> list[dict[str, Any]]:
        """The notifications it shows, decrypted."""
        answer = await self._outside.get(f"{self.endpoint}/messages")
        bodies = [base64.urlsafe_b64decode(one["body"] + "==") for one in answer.json()]
        return [json.loads(self.browser.read(body)) for body in bodies]


async def a_device(outside: httpx.AsyncClient, member: Signed) -> Device:
    key = (await member.get("/alerts"))["push_key"]
    answer = await outside.post(
        f"{SANDBOX}/push/subscriptions", json={"application_server_key": key}
    )
    device = Device(outside, answer.json()["endpoint"])
    put = await member.call("PUT", "/alerts/devices", json=device.body)
    device.id = member.of(put)["id"]
    return device


def a_sale(variant_id: str) -> dict[str, Any]:
    """One unit, over the counter."""
    return {"items": [{"variant_id": variant_id, "unit_price_minor": 450000}], "paid_by": "cash"}


async def work_off(services: Services) -> None:
    """Run the waiting jobs that alert."""
    for job in await jobs(services, "send_alerts"):
        await send_alerts(services, **job["args"])


async def a_handoff(database: Database, boutique: str, conversation: str, reason: str) -> None:
    async with database.tenant_connection(boutique) as conn:
        await conversations.hand_off(conn, conversation_id=conversation, reason=reason)


async def test_a_paid_order_alerts_each_device_once(
    database: Database, services: Services, outside: httpx.AsyncClient, superuser_url: str,
    owner: Signed, staff: Signed, stranger: Signed,
) -> None:  # fmt: skip
    # given two people with a device each, and one of another boutique
    theirs = [await a_device(outside, who) for who in (owner, staff)]
    elsewhere = await a_device(outside, stranger)
    placed = await an_order(database, owner.boutique)

    # when an order is paid, and the job runs twice
    pay(superuser_url, placed.order)
    await work_off(services)
    await work_off(services)

    # then each device shows it once, with the page to open, and the other boutique's nothing
    for device in theirs:
        [shown] = await device.shown()
        assert shown["title"].startswith("New order: KES")
        assert placed.order.number in shown["body"]
        assert shown["path"] == f"/orders?id={placed.order.id}"
    assert await elsewhere.shown() == []
    assert len(await rows(services, "alert_pushes", "*, event_id as id")) == 2


async def test_each_kind_is_switched_off_by_its_member(
    database: Database, services: Services, outside: httpx.AsyncClient,
    owner: Signed, staff: Signed,
) -> None:  # fmt: skip
    placed = await an_order(database, owner.boutique)
    wants, not_wants = await a_device(outside, owner), await a_device(outside, staff)
    chosen = await staff.call("PUT", "/alerts/choices", json={"muted": ["person_wanted"]})
    assert chosen.json()["muted"] == ["person_wanted"]

    await a_handoff(database, owner.boutique, placed.conversation_id, "asked")
    await work_off(services)

    [shown] = await wants.shown()
    assert shown["path"] == f"/chats?id={placed.conversation_id}"
    assert await not_wants.shown() == []
    assert (await owner.get("/alerts"))["muted"] == []


async def test_who_takes_a_chat_over_alerts_nobody(
    database: Database, services: Services, outside: httpx.AsyncClient, owner: Signed
) -> None:
    await a_device(outside, owner)
    placed = await an_order(database, owner.boutique)

    await a_handoff(database, owner.boutique, placed.conversation_id, "staff")

    assert await jobs(services, "send_alerts") == []


async def test_low_stock_is_told_once_until_it_is_refilled_and_not_to_who_sold(
    database: Database, services: Services, outside: httpx.AsyncClient,
    owner: Signed, staff: Signed,
) -> None:  # fmt: skip
    # given three of a size
    placed = await an_order(database, owner.boutique, units=4)
    variant = placed.variant
    seller, other = await a_device(outside, staff), await a_device(outside, owner)

    # when staff sell one over the counter, then another
    sale = a_sale(variant.id)
    for _ in range(2):
        await staff.post("/counter-sales", sale)
    await work_off(services)

    # then the owner is told once, and the seller knows
    [shown] = await other.shown()
    assert shown["title"] == "Only 2 left" and shown["path"] == f"/pieces?id={variant.product_id}"
    assert await seller.shown() == []

    # and once more after a refill
    async with database.tenant_connection(owner.boutique) as conn:
        for delta, reason in ((5, "restock"), (-5, "adjustment")):
            await stock.move(
                conn, boutique_id=owner.boutique, variant_id=variant.id, delta=delta, reason=reason
            )
    await work_off(services)
    assert [one["title"] for one in await other.shown()] == ["Only 2 left", "Only 1 left"]
    assert len(await seller.shown()) == 1


async def test_a_device_that_is_gone_is_forgotten(
    database: Database, services: Services, outside: httpx.AsyncClient, superuser_url: str,
    owner: Signed,
) -> None:  # fmt: skip
    gone, kept = await a_device(outside, owner), await a_device(outside, owner)
    await outside.delete(gone.endpoint)

    pay(superuser_url, (await an_order(database, owner.boutique)).order)
    await work_off(services)

    assert [one["id"] for one in (await owner.get("/alerts"))["devices"]] == [kept.id]
    assert len(await kept.shown()) == 1


async def test_a_service_that_is_down_is_tried_again_and_others_are_not_alerted_twice(
    database: Database, services: Services, outside: httpx.AsyncClient, superuser_url: str,
    owner: Signed,
) -> None:  # fmt: skip
    # given two devices, of which one's service is down
    up, down = await a_device(outside, owner), await a_device(outside, owner)
    pay(superuser_url, (await an_order(database, owner.boutique)).order)

    def refuse(request: httpx.Request) -> httpx.Response:
        reached.append(str(request.url))
        return httpx.Response(503 if str(request.url) == down.endpoint else 201)

    reached: list[str] = []
    faulty = replace(services, http=httpx.AsyncClient(transport=httpx.MockTransport(refuse)))

    # when the job runs, and again once it is up
    with pytest.raises(ProviderUnavailable):
        await work_off(faulty)
    await work_off(services)

    # then the one was reached at the first try, the other at the second
    assert sorted(reached) == sorted([up.endpoint, down.endpoint])
    assert await up.shown() == [] and len(await down.shown()) == 1


async def test_a_removed_members_devices_go_with_her(
    services: Services, outside: httpx.AsyncClient, superuser_url: str, owner: Signed, staff: Signed
) -> None:
    await a_device(outside, staff)

    removed = await owner.call("DELETE", f"/members/{staff.user_id}")

    assert removed.status_code == 204
    assert await rows(services, "push_subscriptions") == []


async def test_the_same_browser_is_one_device_of_whoever_signed_in_last(
    outside: httpx.AsyncClient, owner: Signed, staff: Signed
) -> None:
    device = await a_device(outside, owner)

    again = await owner.call("PUT", "/alerts/devices", json=device.body | {"device": "Tablet"})
    assert again.json()["id"] == device.id
    await staff.call("PUT", "/alerts/devices", json=device.body)

    assert (await owner.get("/alerts"))["devices"] == []
    assert [one["device"] for one in (await staff.get("/alerts"))["devices"]] == ["Phone"]


async def test_a_device_is_tried_and_removed_by_its_member_alone(
    outside: httpx.AsyncClient, owner: Signed, staff: Signed
) -> None:
    device = await a_device(outside, owner)
    path = f"/alerts/devices/{device.id}"

    assert (await staff.call("POST", f"{path}/trial")).status_code == 404
    assert (await staff.call("DELETE", path)).status_code == 404
    assert (await owner.call("POST", f"{path}/trial")).status_code == 204
    assert [one["title"] for one in await device.shown()] == ["Alerts are on"]
    assert (await owner.call("DELETE", path)).status_code == 204
    assert (await owner.call("DELETE", path)).status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"endpoint": "https://10.0.0.1/push"}, "endpoint"),
        ({"endpoint": "http://fcm.googleapis.com/x"}, "endpoint"),
        ({"keys": {"p256dh": "x", "auth": "y"}}, "keys"),
    ],
)
async def test_what_is_no_browser_is_refused(
    outside: httpx.AsyncClient, owner: Signed, change: dict[str, Any], field: str
) -> None:
    body = (await a_device(outside, owner)).body | change

    refused = await owner.call("PUT", "/alerts/devices", json=body)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == field


async def test_the_owners_phone_gets_the_notes_that_are_on(
    database: Database, services: Services, superuser_url: str
) -> None:
    # given an owner with a phone, to whom low stock is told there too
    boutique = await a_boutique(database, owner_phone="+254712000009")
    placed = await an_order(database, boutique, units=4)
    async with calling(create_api(services, a_verifier())) as client:
        owner = Signed(client, boutique, a_member(superuser_url, boutique, "owner"))
        staff = Signed(client, boutique, a_member(superuser_url, boutique, "staff"))
        before = await owner.get("/alerts")
        assert before["owner_phone_muted"] == ["low_stock"]
        assert "712000009" not in before["owner_phone"]
        await owner.call("PUT", "/alerts/owner-phone", json={"muted": ["new_order"]})

        # when staff sell it down, and the job runs twice
        await staff.post("/counter-sales", a_sale(placed.variant.id))
        await work_off(services)
        await work_off(services)

    # then one note is queued
    notes = [m["body"] for m in await rows(services, "messages") if m["recipient"]]
    assert len(notes) == 1 and notes[0].startswith("Only 2 left: Amani")


async def test_where_nobody_wants_alerts_no_job_is_made(
    database: Database, services: Services, superuser_url: str, boutique: str
) -> None:
    pay(superuser_url, (await an_order(database, boutique)).order)

    assert await jobs(services, "send_alerts") == []


async def test_who_came_later_is_not_told_of_before(
    database: Database, services: Services, outside: httpx.AsyncClient, superuser_url: str,
    owner: Signed,
) -> None:  # fmt: skip
    first = await a_device(outside, owner)
    pay(superuser_url, (await an_order(database, owner.boutique)).order)
    late = await a_device(outside, owner)

    await work_off(services)

    assert len(await first.shown()) == 1 and await late.shown() == []


async def test_without_a_key_nobody_can_be_added(
    database: Database, tmp_path: Path, superuser_url: str
) -> None:
    boutique = await a_boutique(database)
    async with (
        some_services(database, tmp_path) as plain,
        calling(create_api(plain, a_verifier())) as client,
    ):
        owner = Signed(client, boutique, a_member(superuser_url, boutique, "owner"))
        assert (await owner.get("/alerts"))["push_key"] is None
        keys = {"p256dh": Browser().p256dh, "auth": Browser().auth}
        body = {"endpoint": "https://fcm.googleapis.com/x", "keys": keys, "device": "Phone"}
        refused = await owner.call("PUT", "/alerts/devices", json=body)

    assert refused.status_code == 503 and refused.json()["code"] == "not_configured"


def test_the_kinds_that_alert_are_those_of_the_trigger(superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        row = conn.execute(
            "select pg_get_triggerdef(oid) from pg_trigger where tgname = 'domain_events_alert'"
        ).fetchone()
    assert row is not None
    assert set(re.findall(r"'(\w+)'", row[0])) == set(ALERT_OF)
