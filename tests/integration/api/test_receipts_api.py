"""Receipts over the API: of a paid order, of a sale in the shop, and into the chat."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import psycopg
import pytest
from pypdf import PdfReader

from dukani.core.database import Database
from dukani.core.services import Services
from tests.factories import a_product
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import Placed, an_order, pay, sold
from tests.wiring import rows


async def read(person: Signed, path: str) -> str:
    answer = await person.call("GET", path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    return PdfReader(BytesIO(answer.content)).pages[0].extract_text()


async def a_paid_order(database: Database, boutique: str, superuser_url: str) -> Placed:
    placed = await an_order(database, boutique)
    pay(superuser_url, placed.order)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into payments (boutique_id, order_id, attempt, provider, phone, amount_minor,"
            " status, receipt, callback_token, resolved_at)"
            " values (%s, %s, 1, 'daraja', '+254722345721', 450000, 'succeeded', 'TJK4A1B2C3',"
            " 't', '2026-11-26T21:05:00Z')",
            (boutique, placed.order.id),
        )
    return placed


async def send(person: Signed, placed: Placed, key: str = "k1") -> Any:
    path = f"/orders/{placed.order.id}/receipt/sent"
    return await person.call("POST", path, headers={"idempotency-key": key})


@pytest.mark.parametrize("paper", ["a4", "80mm"])
async def test_a_paid_orders_receipt(
    staff: Signed, database: Database, superuser_url: str, paper: str
) -> None:
    placed = await a_paid_order(database, staff.boutique, superuser_url)

    text = await read(staff, f"/orders/{placed.order.id}/receipt?paper={paper}")

    for said in (placed.order.number, "Amani", "KES 4,500", "Paid by M-Pesa", "TJK4A1B2C3",
                 "27 November 2026, 00:05", "+254 7•• ••• 721"):  # fmt: skip
        assert said in text
    assert "22345" not in text  # the phone is masked


async def test_it_speaks_the_customers_language(
    staff: Signed, database: Database, superuser_url: str
) -> None:
    placed = await a_paid_order(database, staff.boutique, superuser_url)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update customers set language = 'sw'")

    path = f"/orders/{placed.order.id}/receipt"

    assert "Imelipwa kwa M-Pesa" in await read(staff, path)
    assert "Paid by M-Pesa" in await read(staff, f"{path}?language=en")


async def test_what_is_not_paid_has_no_receipt(staff: Signed, database: Database) -> None:
    placed = await an_order(database, staff.boutique)

    shown = await staff.call("GET", f"/orders/{placed.order.id}/receipt")

    assert (shown.status_code, (await send(staff, placed)).status_code) == (409, 409)


async def test_a_sale_in_the_shop_has_one_until_it_is_undone(
    staff: Signed, database: Database
) -> None:
    [variant] = await a_product(database, staff.boutique, name="Kanzu")
    sale = await sold(staff, variant.id, paid_by="credit", buyer_name="Amina")
    path = f"/counter-sales/{sale['id']}/receipt"

    text = await read(staff, f"{path}?paper=80mm&language=sw")
    await staff.post(f"/counter-sales/{sale['id']}/undone")

    assert sale["number"] in text and "Imeuzwa kwa mkopo" in text and "Amina" in text
    assert (await staff.call("GET", path)).status_code == 409


@pytest.mark.parametrize("provider", ["meta", "twilio"])
async def test_it_goes_into_the_chat_as_a_document_once(
    staff: Signed, database: Database, services: Services, superuser_url: str, provider: str
) -> None:
    # given a customer who wrote just now
    placed = await a_paid_order(database, staff.boutique, superuser_url)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update conversations set provider = %s", (provider,))

    # when the receipt is sent with two taps
    answers = [await send(staff, placed) for _ in range(2)]

    # then it is queued once, as the provider takes it, and the file is there
    assert [answer.status_code for answer in answers] == [202, 202]
    queued = [m for m in await rows(services, "messages") if m["direction"] == "out"]
    assert [m["kind"] for m in queued] == {
        "meta": ["document"],
        "twilio": ["text", "document"],
    }[provider]
    document = queued[-1]
    assert document["payload"]["filename"] == f"Receipt {placed.order.number}.pdf"
    assert (document["body"] == "") == (provider == "twilio")
    assert (await services.media.get(document["media_path"])).startswith(b"%PDF")
    # and the assistant goes on in this chat
    [chat] = await rows(services, "conversations")
    assert chat["handed_off_at"] is None


async def test_outside_of_24_hours_it_is_shared_another_way(
    staff: Signed, database: Database, services: Services, superuser_url: str
) -> None:
    placed = await a_paid_order(database, staff.boutique, superuser_url)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update conversations set last_inbound_at = now() - interval '25 hours'")

    answer = await send(staff, placed)

    assert (answer.status_code, answer.json()["code"]) == (409, "window_closed")
    assert await rows(services, "messages") == []


async def test_who_asked_for_silence_is_not_written_to(
    staff: Signed, database: Database, superuser_url: str
) -> None:
    placed = await a_paid_order(database, staff.boutique, superuser_url)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into consents (boutique_id, customer_id, purpose, granted, source)"
            " values (%s, %s, 'assistant', false, 'whatsapp')",
            (staff.boutique, placed.order.customer_id),
        )

    assert (await send(staff, placed)).status_code == 409
