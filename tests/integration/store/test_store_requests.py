"""Requests wait for a person: open ones are found by their order, in their own boutique."""

from __future__ import annotations

import psycopg
import pytest

from dukani.core.database import Connection, Database
from dukani.core.store import orders, requests
from tests.factories import a_boutique, a_conversation, a_customer


async def an_order(conn: Connection, boutique: str, customer: str, number: str) -> str:
    order = await orders.add(
        conn, boutique_id=boutique, number=number, customer_id=customer, conversation_id=None,
        cart_id=None, currency="KES", items_minor=450000, delivery_minor=0, address="Kilimani",
    )  # fmt: skip
    assert order is not None
    return order


async def test_what_waits_about_an_order_is_found_oldest_first(database: Database) -> None:
    # given two requests of one turn about an order, one about another, and one about none
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    conversation = await a_conversation(database, boutique, customer)
    whose = {"customer_id": customer, "conversation_id": conversation}
    async with database.tenant_connection(boutique) as conn:
        order, other = [
            await an_order(conn, boutique, customer, number) for number in ("DK-1000", "DK-1001")
        ]
        await requests.add(
            conn, **whose, kind="order_change", words="make it two", order_id=order,
            details={"acts": [{"kind": "set"}]},
        )  # fmt: skip
        await requests.add(conn, **whose, kind="gift_wrap", words="wrap it", order_id=order)
        await requests.add(conn, **whose, kind="complaint", words="torn", order_id=other)
        await requests.add(conn, **whose, kind="hold", words="niwekee mpaka Ijumaa")

        # when
        waiting = await requests.open_of_order(conn, order_id=order)

        # then
        assert [request.kind for request in waiting] == ["order_change", "gift_wrap"]
        assert waiting[0].words == "make it two"
        assert waiting[0].details == {"acts": [{"kind": "set"}]}
        assert waiting[0].order_id == order


async def test_what_was_done_waits_no_longer(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    conversation = await a_conversation(database, boutique, customer)
    async with database.tenant_connection(boutique) as conn:
        order = await an_order(conn, boutique, customer, "DK-1000")
        request = await requests.add(
            conn, customer_id=customer, conversation_id=conversation, kind="other", words="?",
            order_id=order,
        )  # fmt: skip

        await conn.execute(
            "update requests set status = 'done', done_at = now() where id = %s", (request,)
        )

        assert await requests.open_of_order(conn, order_id=order) == []


async def test_another_boutique_gets_nothing_of_a_request(database: Database) -> None:
    owner, stranger = await a_boutique(database), await a_boutique(database)
    customer = await a_customer(database, owner)
    conversation = await a_conversation(database, owner, customer)
    async with database.tenant_connection(owner) as conn:
        order = await an_order(conn, owner, customer, "DK-1000")
        await requests.add(
            conn, customer_id=customer, conversation_id=conversation, kind="complaint",
            words="it came torn", order_id=order,
        )  # fmt: skip

    async with database.tenant_connection(stranger) as conn:
        assert await requests.open_of_order(conn, order_id=order) == []
        # nor can it add one about a customer who is not its own
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            async with conn.transaction():
                await requests.add(
                    conn, customer_id=customer, conversation_id=conversation, kind="other",
                    words="?",
                )  # fmt: skip
