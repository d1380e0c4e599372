"""The payment webhooks keep every callback once and hand it on."""

from __future__ import annotations

import json
import random
import string
from types import SimpleNamespace
from typing import Any

import pytest
from limits.aio.storage import memory
from structlog.testing import capture_logs

from dukani.core.services import Services
from dukani.core.store import payments
from tests.factories import a_boutique, a_conversation
from tests.wiring import Caller, doors_of, jobs, rows, with_settings

TOKEN = "an-unguessable-token"
DARAJA = f"/webhook/daraja/{TOKEN}"
PAYLINK = f"/webhook/paylink/payment?token={TOKEN}"


def a_callback(code: int = 0, *, receipt: str = "SAB1234567", **fields: Any) -> dict[str, Any]:
    items = [{"Name": "Amount", "Value": 4500.0}, {"Name": "MpesaReceiptNumber", "Value": receipt}]
    told = {
        "MerchantRequestID": "m-1",
        "CheckoutRequestID": "ws_CO_1",
        "ResultCode": code,
        "ResultDesc": "done",
    }
    paid = {"CallbackMetadata": {"Item": items}} if code == 0 else {}
    return {"Body": {"stkCallback": told | paid | fields}}


async def a_payment(services: Services) -> None:
    boutique = await a_boutique(services.database)
    conversation = await a_conversation(services.database, boutique)
    async with services.database.tenant_connection(boutique) as conn:
        cursor = await conn.execute(
            """insert into orders (boutique_id, number, customer_id, currency, items_minor, address)
               select %s, 'DK-1', customer_id, 'KES', 450000, 'Kilimani' from conversations
               where id = %s returning id::text""",
            (boutique, conversation),
        )
        order = await cursor.fetchone()
        assert order is not None
        await payments.add(
            conn,
            boutique_id=boutique,
            order_id=order["id"],
            provider="daraja",
            phone="+254712000001",
            amount_minor=450000,
            callback_token=TOKEN,
        )


@pytest.mark.parametrize(("path", "provider"), [(DARAJA, "daraja"), (PAYLINK, "paylink")])
async def test_a_callback_is_kept_once_and_handed_on_once(
    services: Services, caller: Caller, path: str, provider: str
) -> None:
    await a_payment(services)

    responses = [await caller.client.post(path, json=a_callback()) for _ in range(3)]

    assert [response.json()["ResultCode"] for response in responses] == [0, 0, 0]
    (event,) = await rows(services, "webhook_events")
    assert (event["provider"], event["kind"], event["payload"]) == (
        provider,
        "payment",
        a_callback(),
    )
    (job,) = await jobs(services)
    assert (job["task_name"], job["lock"]) == ("handle_payment_callback", "callback:ws_CO_1")
    (payment,) = await rows(services, "payments")
    assert job["args"] == {"webhook_event_id": event["id"], "payment_id": str(payment["id"])}


async def test_different_outcomes_of_one_prompt_are_different_events(
    services: Services, caller: Caller
) -> None:
    await a_payment(services)

    for callback in (a_callback(1032), a_callback(0), a_callback(0, receipt="OTHER")):
        await caller.client.post(DARAJA, json=callback)

    assert len(await jobs(services)) == 3


async def test_a_forged_callback_does_not_keep_the_real_one_out(
    services: Services, caller: Caller
) -> None:
    await a_payment(services)

    await caller.client.post("/webhook/daraja/guess", json=a_callback())
    await caller.client.post("/webhook/paylink/payment", json=a_callback())
    await caller.client.post(DARAJA, json=a_callback())

    (payment,) = await rows(services, "payments")
    told = [job["args"]["payment_id"] for job in await jobs(services)]
    assert told == [None, str(payment["id"])]
    outcomes = [event["outcome"] for event in await rows(services, "webhook_events")]
    assert outcomes == ["unmatched", "stored", "stored"]


async def test_a_flood_of_strangers_does_not_keep_the_real_one_out(
    services: Services, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given: all within one minute of the clock, however long the machine takes; a flood that
    # goes on into the next minute has one or two more of it kept
    monkeypatch.setattr(memory, "time", SimpleNamespace(time=lambda: 1_000_000.0))
    await a_payment(services)

    for n in range(70):
        callback = a_callback(CheckoutRequestID=f"ws_CO_x{n}")
        assert (await caller.client.post("/webhook/daraja/guess", json=callback)).is_success
    await caller.client.post(DARAJA, json=a_callback())

    (job,) = await jobs(services)
    assert job["args"]["payment_id"] is not None
    assert len(await rows(services, "webhook_events")) == 61


@pytest.mark.parametrize("raw", [b"", b"no", b"{}", b'{"Body": {"stkCallback": {}}}'])
async def test_an_unreadable_callback_is_kept_for_a_person(
    services: Services, caller: Caller, raw: bytes
) -> None:
    response = await caller.client.post(DARAJA, content=raw)

    assert response.status_code == 200
    (event,) = await rows(services, "webhook_events")
    assert (event["outcome"], event["payload"]["body"]) == ("unreadable", raw.decode())
    assert await jobs(services) == []


async def test_a_callback_about_an_id_longer_than_any_is_unreadable(
    services: Services, caller: Caller
) -> None:
    # nine thousand characters that no index can pack
    checkout = "".join(random.Random(1).choices(string.ascii_letters + string.digits, k=9000))

    response = await caller.client.post(DARAJA, json=a_callback(CheckoutRequestID=checkout))

    assert response.status_code == 200
    (event,) = await rows(services, "webhook_events")
    assert event["outcome"] == "unreadable"
    assert await jobs(services) == []


async def test_only_allowed_networks_may_report_payments(services: Services) -> None:
    closed = with_settings(services, daraja={"allowed_networks": ["196.201.214.0/24"]})
    opened = with_settings(services, daraja={"allowed_networks": ["127.0.0.0/8"]})
    codes = []
    for tried in (closed, opened):
        async with doors_of(tried) as client:
            response = await client.post(DARAJA, content=json.dumps(a_callback()))
            codes.append(response.status_code)

    assert codes == [403, 200]


async def test_a_refused_report_leaves_no_token_in_the_log(services: Services) -> None:
    closed = with_settings(services, daraja={"allowed_networks": ["196.201.214.0/24"]})
    with capture_logs() as logged:
        async with doors_of(closed) as client:
            await client.post("/webhook/daraja/unguessable", content=json.dumps(a_callback()))
    assert [entry["path"] for entry in logged] == ["/webhook/daraja/{token}"]
