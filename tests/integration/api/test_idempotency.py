"""A creating call that is sent twice with one key is carried out once."""

from __future__ import annotations

import asyncio
from typing import Any

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import idempotency_keys
from dukani.tools.retention import delete_what_is_old
from tests.factories import a_product
from tests.integration.api.conftest import Signed
from tests.wiring import rows


async def sell(person: Signed, variant_id: str, key: str, **fields: Any) -> Any:
    item = {"variant_id": variant_id, "unit_price_minor": 450000} | fields
    body = {"items": [item], "paid_by": "cash"}
    return await person.call("POST", "/counter-sales", json=body, headers={"idempotency-key": key})


async def test_a_repeated_call_gets_the_first_answer(
    staff: Signed, database: Database, services: Services
) -> None:
    [variant] = await a_product(database, staff.boutique)

    first = await sell(staff, variant.id, "k1")
    again = await sell(staff, variant.id, "k1")
    another = await sell(staff, variant.id, "k2")

    assert first.status_code == again.status_code == 201
    assert again.json() == first.json() != another.json()
    assert len(await rows(services, "counter_sales")) == 2


async def test_a_key_with_another_body_is_refused(staff: Signed, database: Database) -> None:
    [variant] = await a_product(database, staff.boutique)
    await sell(staff, variant.id, "k1")

    refused = await sell(staff, variant.id, "k1", quantity=2)

    assert (refused.status_code, refused.json()["code"]) == (422, "key_of_another_call")


async def test_a_key_is_the_persons_own(
    staff: Signed, owner: Signed, database: Database, services: Services
) -> None:
    [variant] = await a_product(database, staff.boutique)

    first, second = await sell(staff, variant.id, "k1"), await sell(owner, variant.id, "k1")

    assert first.json()["id"] != second.json()["id"]
    assert len(await rows(services, "counter_sales")) == 2


async def test_a_call_that_failed_may_be_sent_again_with_its_key(
    staff: Signed, database: Database
) -> None:
    [variant] = await a_product(database, staff.boutique, stock={"blue": {"M": 0}})
    refused = await sell(staff, variant.id, "k1")
    async with database.tenant_connection(staff.boutique) as conn:
        await conn.execute(
            "insert into stock_movements (boutique_id, variant_id, delta, reason)"
            " values (%s, %s, 1, 'restock')",
            (staff.boutique, variant.id),
        )

    assert refused.status_code == 409
    assert (await sell(staff, variant.id, "k1")).status_code == 201


async def test_calls_at_the_same_moment_sell_once(
    staff: Signed, database: Database, services: Services
) -> None:
    [variant] = await a_product(database, staff.boutique)

    answers = await asyncio.gather(*(sell(staff, variant.id, "k1") for _ in range(5)))

    # A call beside another is told so, or comes after it and gets the same answer.
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.text for answer in answers if answer.status_code == 201}) == 1
    assert len(await rows(services, "counter_sales")) == 1


async def test_a_call_under_way_is_told(staff: Signed, database: Database) -> None:
    [variant] = await a_product(database, staff.boutique)
    async with database.tenant_connection(staff.boutique) as conn:
        assert await idempotency_keys.lock(conn, user_id=staff.user_id, key="k1")

        refused = await sell(staff, variant.id, "k1")

    assert (refused.status_code, refused.json()["code"]) == (409, "call_under_way")


async def test_a_key_is_kept_for_a_day(
    staff: Signed, database: Database, services: Services
) -> None:
    [variant] = await a_product(database, staff.boutique)
    await sell(staff, variant.id, "k1")
    async with database.system_connection() as conn:
        await conn.execute("update idempotency_keys set created_at = now() - interval '25 hours'")

    assert (await sell(staff, variant.id, "k1", quantity=2)).status_code == 201
    async with database.system_connection() as conn:
        await conn.execute("update idempotency_keys set created_at = now() - interval '25 hours'")
    assert (await delete_what_is_old(services))["answers"] == 1
