"""The command palette finds pieces, orders, customers and chats, the best few of each at once."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from dukani.core.database import Database
from tests.factories import a_conversation, a_customer, a_product, an_inbound
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import an_order


async def found(by: Signed, q: str) -> list[tuple[str, str | None]]:
    items = (await by.get("/search", params={"q": q}))["items"]
    return [(one["kind"], one["title"]) for one in items]


async def test_each_kind_is_found_by_what_people_type(
    owner: Signed, staff: Signed, stranger: Signed, database: Database, superuser_url: str
) -> None:
    # given an order of Amina's for a piece, and what she wrote
    placed = await an_order(database, owner.boutique)
    number = placed.order.number
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update customers set name = 'Amina Wanjiru', phone = '+254722345678'")
        conn.execute("update products set name = 'Amani wrap dress', sku = 'AM-104'")
    conversation = placed.order.conversation_id
    assert conversation
    async with database.tenant_connection(owner.boutique) as conn:
        await an_inbound(conn, conversation, body="Is the kitenge one still there?")

    # then each is found, by staff as by the owner
    of_amina = [("order", number), ("customer", "Amina Wanjiru")]
    cases: dict[str, list[tuple[str, str]]] = {
        number: [("order", number)],
        number[3:6].lower(): [("order", number)],  # as it is said on the phone
        "wanj": of_amina,
        "345 678": of_amina,
        "0722 345": of_amina,
        "wrap am": [("piece", "Amani wrap dress")],
        "104": [("piece", "Amani wrap dress")],
        "kiteng": [("message", "Amina Wanjiru")],
        "zzz": [],
        "??": [],
    }
    for q, hits in cases.items():
        assert await found(owner, q) == hits, q
        assert await found(staff, q) == hits, q
        # and by nobody of another shop
        assert await found(stranger, q) == [], q


async def test_a_hit_tells_what_its_row_shows(
    staff: Signed, database: Database, superuser_url: str
) -> None:
    placed = await an_order(database, staff.boutique)
    conversation = placed.order.conversation_id
    assert conversation
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update customers set name = 'Njeri', phone = '+254722345678'")
    async with database.tenant_connection(staff.boutique) as conn:
        await an_inbound(conn, conversation, body="Njeri here, once more")

    order, customer, message = (await staff.get("/search", params={"q": "njeri"}))["items"]

    assert order["amount_minor"] == placed.order.total_minor
    assert (order["detail"], order["id"]) == ("Njeri", str(placed.order.id))
    assert customer["phone"] == "+254 7•• ••• 678"  # never more of it
    assert (message["detail"], message["conversation_id"]) == (
        "Njeri here, once more", conversation,
    )  # fmt: skip


async def test_of_many_only_the_best_are_told(staff: Signed, database: Database) -> None:
    # given more than fit of each kind, and a chat that says it again and again
    for n in range(7):
        await a_product(database, staff.boutique, name=f"Zawadi {n}")
        await a_customer(database, staff.boutique, name=f"Zawadi {n}", phone=f"+25472200020{n}")
    chatty = await a_conversation(database, staff.boutique)
    async with database.tenant_connection(staff.boutique) as conn:
        for n in range(7):
            await an_inbound(conn, chatty, body=f"zawadi {n}", provider_id=f"wamid.{n}")

    items = (await staff.get("/search", params={"q": "zawadi"}))["items"]

    def of(kind: str) -> list[Any]:
        return [one for one in items if one["kind"] == kind]

    # then the newest are told, and the chat once
    assert [one["title"] for one in of("piece")] == [f"Zawadi {n}" for n in (6, 5, 4, 3, 2)]
    assert [one["title"] for one in of("customer")] == [f"Zawadi {n}" for n in (6, 5, 4, 3, 2)]
    assert [one["detail"] for one in of("message")] == ["zawadi 6"]


@pytest.mark.parametrize("q", ["", "a", "x" * 101, "\0\0"])
async def test_what_cannot_be_looked_for_is_refused(staff: Signed, q: str) -> None:
    answer = await staff.call("GET", "/search", params={"q": q})
    assert answer.status_code == 422


@pytest.mark.parametrize("q", ["' | ''", "a & ! b", "%_%", "\\ \\'", "<->", "a:*", "’’ ''a"])
async def test_signs_are_only_signs(staff: Signed, q: str) -> None:
    assert (await staff.get("/search", params={"q": q}))["items"] == []
