"""Webhook events by the platform's API: read masked, revealed with a trace, replayed."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from dukani.core.services import Services
from dukani.webhooks.replaying import replay_webhooks
from tests.integration.api.platform_room import Admin
from tests.wiring import (
    META_NUMBER,
    Caller,
    a_change,
    a_line,
    a_meta_message,
    doors_of,
    jobs,
    rows,
)

CARD = {"wa_id": "254712000001", "profile": {"name": "Wanjiku Kamau"}}
CALLBACK = {
    "Body": {
        "stkCallback": {
            "MerchantRequestID": "m-1",
            "CheckoutRequestID": "ws_CO_1",
            "ResultCode": 1032,
            "ResultDesc": "Cancelled by 0712000001",
            "CallbackMetadata": {"Item": [{"Name": "PhoneNumber", "Value": 254712000001}]},
        }
    }
}


@pytest.fixture
def admin(client: httpx.AsyncClient, superuser_url: str) -> Admin:
    return Admin(client, superuser_url)


async def tell(services: Services, *messages: dict[str, Any]) -> None:
    async with doors_of(services) as client:
        await Caller(client).meta(a_change(messages=list(messages), contacts=[CARD]))


async def work(services: Services) -> None:
    """What the worker does with the orders."""
    for job in await jobs(services, "replay_webhooks"):
        await replay_webhooks(services, **job["args"])


async def test_an_event_is_read_without_phones_and_revealed_with_a_trace(
    admin: Admin, services: Services
) -> None:
    # given
    boutique = await a_line(services, "meta", META_NUMBER)
    await tell(services, a_meta_message(text={"body": "Nipigie 0712 000 001, token: abcdefghij"}))
    [event] = (await admin.get("/webhook-events"))["items"]

    # when
    read = await admin.get(f"/webhook-events/{event['id']}")
    shown = await admin.post(
        f"/webhook-events/{event['id']}/reveal", {"reason": "the shop asked what came"}
    )

    # then
    assert (event["kind"], event["outcome"], event["boutique_id"]) == (
        "message", "handled", boutique,
    )  # fmt: skip
    assert "712000001" not in str(read).replace(" ", "") and "abcdefghij" not in str(read)
    assert "Nipigie" in read["payload"]["text"]["body"]
    assert shown["payload"]["from"] == "254712000001"
    [line] = [r for r in await rows(services, "audit_log") if r["action"] == "reveal_webhook_event"]
    assert (line["actor"], line["subject"]) == (admin.actor, f"webhook_event:{event['id']}")
    assert str(line["boutique_id"]) == boutique
    assert line["details"] == {"reason": "the shop asked what came"}


async def test_a_payment_shows_no_phone_either(admin: Admin, services: Services) -> None:
    async with doors_of(services) as client:
        await client.post("/webhook/daraja/nobodys-token", json=CALLBACK)
    [event] = (await admin.get("/webhook-events", provider="daraja"))["items"]
    read = await admin.get(f"/webhook-events/{event['id']}")
    assert "712000001" not in str(read).replace(" ", "")
    assert "ws_CO_1" in str(read["payload"])


async def test_one_is_replayed_and_who_did_it_is_kept(admin: Admin, services: Services) -> None:
    # given
    await tell(services, a_meta_message())
    [event] = (await admin.get("/webhook-events", unhandled=True))["items"]
    boutique = await a_line(services, "meta", META_NUMBER)

    # when
    order = await admin.post("/webhook-replays", {"event_id": event["id"]})
    await work(services)

    # then
    after = await admin.get(f"/webhook-replays/{order['id']}")
    assert (order["events"], order["done"]) == (1, 0)
    assert (after["done"], after["handled"]) == (1, 1)
    read = await admin.get(f"/webhook-events/{event['id']}")
    assert (read["outcome"], read["boutique_id"]) == ("handled", boutique)
    [replay] = read["history"]
    assert (replay["actor"], replay["result"]) == (admin.actor, "handled")
    assert (replay["outcome_before"], replay["outcome_after"]) == ("unknown_number", "handled")
    assert (await admin.get("/webhook-events", unhandled=True))["items"] == []


async def test_a_lists_events_are_replayed_but_for_those_handled(
    admin: Admin, services: Services
) -> None:
    # given
    await tell(services, *(a_meta_message(f"wamid.{n}") for n in range(3)))
    await a_line(services, "meta", META_NUMBER)
    await tell(services, a_meta_message("wamid.9"))

    # when
    order = await admin.post("/webhook-replays", {"all_of": {"provider": "meta"}})
    await work(services)
    again = await admin.call("POST", "/webhook-replays", {"all_of": {"provider": "meta"}})

    # then
    assert order["events"] == 3
    after = await admin.get(f"/webhook-replays/{order['id']}")
    assert (after["done"], after["handled"]) == (3, 3)
    assert again.json()["code"] == "nothing_to_replay"
    bodies = [row["provider_id"] for row in await rows(services, "messages")]
    assert sorted(bodies) == ["wamid.0", "wamid.1", "wamid.2", "wamid.9"]


async def test_what_is_not_there_is_not_found(admin: Admin) -> None:
    for method, path, body in (
        ("GET", "/webhook-events/99", None),
        ("POST", "/webhook-events/99/reveal", {"reason": "curious"}),
        ("POST", "/webhook-replays", {"event_id": 2**63 - 1}),
    ):
        assert (await admin.call(method, path, body)).status_code == 404
    kinds = await admin.get("/webhook-event-kinds")
    assert kinds == {"items": []}


@pytest.mark.parametrize("body", [{}, {"event_id": 1, "all_of": {}}])
async def test_an_order_that_names_nothing_replays_nothing(
    admin: Admin, body: dict[str, object]
) -> None:
    answer = await admin.call("POST", "/webhook-replays", body)

    assert answer.status_code == 422
