"""The payment webhooks take no more than a callback can be, from where callbacks can come."""

from __future__ import annotations

import json
import random
import string

import httpx
import pytest

from dukani.core.services import Services
from dukani.core.store import payments
from dukani.webhooks.daraja import _is_within
from tests.factories import a_boutique, a_conversation
from tests.integration.webhooks.test_webhook_payments import (
    DARAJA,
    PAYLINK,
    TOKEN,
    a_callback,
    a_payment,
)
from tests.wiring import Caller, jobs, rows


@pytest.mark.parametrize("path", [DARAJA, PAYLINK])
async def test_a_body_no_callback_has_is_refused_and_not_kept(
    services: Services, caller: Caller, path: str
) -> None:
    await a_payment(services)
    body = json.dumps(a_callback(ResultDesc="x" * 64 * 1024))
    response = await caller.client.post(path, content=body)
    assert response.status_code == 413
    assert await rows(services, "webhook_events") == []


async def test_of_a_strangers_large_body_the_beginning_is_kept(
    services: Services, caller: Caller
) -> None:
    body = json.dumps(a_callback(ResultDesc="x" * 50_000))
    response = await caller.client.post("/webhook/daraja/guess", content=body)
    assert response.status_code == 200
    (event,) = await rows(services, "webhook_events")
    assert len(json.dumps(event["payload"])) < 5_000
    assert await jobs(services) == []


async def test_a_receipt_of_six_thousand_characters_passes_through(
    services: Services, caller: Caller
) -> None:
    # given six thousand characters that no index can pack
    await a_payment(services)
    receipt = "".join(random.Random(1).choices(string.ascii_letters + string.digits, k=6000))

    response = await caller.client.post(DARAJA, json=a_callback(receipt=receipt))

    assert response.status_code == 200
    assert len(await jobs(services)) == 1


@pytest.mark.parametrize(
    ("host", "networks", "inside"),
    [
        ("196.201.214.200", ["196.201.214.0/24"], True),
        ("::ffff:196.201.214.200", ["196.201.214.0/24"], True),
        ("::FFFF:C4C9:D6C8", ["196.201.214.0/24"], True),
        ("196.201.214.200", ["::ffff:196.201.214.0/120"], True),
        ("::ffff:196.201.214.200", ["::ffff:196.201.214.0/120"], True),
        ("::ffff:10.0.0.1", ["196.201.214.0/24"], False),
        ("::196.201.214.200", ["196.201.214.0/24"], False),  # compatible, not mapped
        ("2001:db8::1", ["2001:db8::/32"], True),
        ("2001:db8::1", ["196.201.214.0/24"], False),
        ("", ["196.201.214.0/24"], False),
        ("unix", ["0.0.0.0/0"], False),
    ],
)
def test_an_address_is_within_its_network_however_the_socket_spells_it(
    host: str, networks: list[str], inside: bool
) -> None:
    assert _is_within(host, networks) is inside


async def test_a_key_of_another_boutique_can_be_neither_probed_nor_squatted(
    services: Services, caller: Caller
) -> None:
    # given one boutique's payment, and another that writes the same keys into its own
    await a_payment(services)
    (first,) = await rows(services, "payments")
    other = await a_boutique(services.database)
    conversation = await a_conversation(services.database, other)
    async with services.database.tenant_connection(other) as conn:
        cursor = await conn.execute(
            """insert into orders (boutique_id, number, customer_id, currency, items_minor, address)
               select %s, 'DK-9', customer_id, 'KES', 450000, 'Kilimani' from conversations
               where id = %s returning id::text""",
            (other, conversation),
        )
        order = await cursor.fetchone()
        assert order is not None
        squatted = await payments.add(
            conn,
            boutique_id=other,
            order_id=order["id"],
            provider="daraja",
            phone="+254712000001",
            amount_minor=450000,
            callback_token=TOKEN,
        )

    # then the insert tells nothing, and a key two boutiques claim is believed of neither
    assert squatted is not None
    async with services.database.system_connection() as conn:
        assert await payments.of_token(conn, callback_token=TOKEN) is None
    response: httpx.Response = await caller.client.post(DARAJA, json=a_callback())
    assert response.status_code == 200
    assert await jobs(services) == []
    assert first["callback_token"] == TOKEN
