"""An order goes out in parts, each piece once, and its customer is told of each part."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from tests.integration.api.conftest import Signed
from tests.integration.api.shop_orders import a_paid_order, items_of
from tests.wiring import rows


def a_part(number: int, *pieces: tuple[dict[str, Any], int]) -> dict[str, Any]:
    items = [{"item_id": item["id"], "quantity": quantity} for item, quantity in pieces]
    return {"number": number, "items": items}


async def told(services: Services) -> list[str]:
    events = await rows(services, "conversation_events")
    return [e["payload"]["news"] for e in events if e["kind"] == "order_news"]


async def test_what_is_sent_in_parts_is_on_its_way_once_all_went(
    staff: Signed, database: Database, services: Services
) -> None:
    # given a paid order of two Amani and one Zawadi
    bought = await a_paid_order(database, staff.boutique)
    items = await items_of(staff, bought)

    # when one Amani goes out, with two taps
    first = a_part(1, (items["Amani"], 1))
    for _ in range(2):
        shown = await staff.post(f"{bought.path}/dispatches", first)

    # then one went, two are left, and it is both to be sent and on the way
    assert (shown["status"], shown["details"]) == ("processing", ["partly_sent"])
    assert {i["name"]: (i["sent"], i["left"]) for i in shown["items"]} == {
        "Amani": (1, 1), "Zawadi": (0, 1),
    }  # fmt: skip
    for which in ("to_send", "on_the_way"):
        listed = await staff.get(f"/orders?filter={which}")
        assert [row["number"] for row in listed["items"]] == [bought.order.number]

    # when the rest follows
    shown = await staff.post(f"{bought.path}/sent")

    # then all of it is on its way, and each part was told once
    assert (shown["fulfilment_status"], shown["details"]) == ("dispatched", [])
    assert [i["left"] for i in shown["items"]] == [0, 0]
    assert [(d["number"], d["completes"]) for d in shown["dispatches"]] == [(1, False), (2, True)]
    assert await told(services) == ["partly_dispatched", "dispatched"]
    lines = [(line["what"], line["actor"]) for line in shown["timeline"]]
    assert ("order_partly_dispatched", None) in lines
    assert ("order_dispatched", f"staff:{staff.user_id}") in lines


async def test_no_more_is_sent_than_was_ordered(staff: Signed, database: Database) -> None:
    bought = await a_paid_order(database, staff.boutique)
    items = await items_of(staff, bought)
    await staff.post(f"{bought.path}/dispatches", a_part(1, (items["Amani"], 1)))

    refused = await staff.call(
        "POST", f"{bought.path}/dispatches", json=a_part(2, (items["Amani"], 2))
    )

    assert refused.status_code == 422
    [error] = refused.json()["errors"]
    assert (error["field"], error["value"]) == ("items", 2)
    assert "1 of Amani (M) are left to send." in error["remedy"]


async def test_two_people_who_send_at_once_do_not_send_twice(
    staff: Signed, owner: Signed, database: Database
) -> None:
    # given an order of which both have seen nothing sent
    bought = await a_paid_order(database, staff.boutique)
    items = await items_of(staff, bought)
    await staff.post(f"{bought.path}/dispatches", a_part(1, (items["Amani"], 1)))

    # when the other sends something else as the first part
    late = await owner.call(
        "POST", f"{bought.path}/dispatches", json=a_part(1, (items["Zawadi"], 1))
    )

    # then it is refused with what to do
    assert (late.status_code, late.json()["code"]) == (409, "conflict")
    assert "look at the order again" in late.json()["detail"]


async def test_a_piece_of_another_order_is_none_of_this_one(
    staff: Signed, database: Database
) -> None:
    bought = await a_paid_order(database, staff.boutique)
    other = await a_paid_order(database, staff.boutique)
    theirs = await items_of(staff, other)

    refused = await staff.call(
        "POST", f"{bought.path}/dispatches", json=a_part(1, (theirs["Amani"], 1))
    )

    assert refused.status_code == 422
    assert (await staff.get(bought.path))["dispatches"] == []


async def test_what_arrives_is_written_down_as_sent(staff: Signed, database: Database) -> None:
    bought = await a_paid_order(database, staff.boutique)
    items = await items_of(staff, bought)
    await staff.post(f"{bought.path}/dispatches", a_part(1, (items["Zawadi"], 1)))

    shown = await staff.post(f"{bought.path}/delivered")

    assert (shown["status"], [i["left"] for i in shown["items"]]) == ("completed", [0, 0])
    again = await staff.call("POST", f"{bought.path}/sent")
    assert (again.status_code, again.json()["detail"]) == (409, "It is delivered already.")


async def test_the_database_too_holds_a_part_to_its_order(
    staff: Signed, database: Database, superuser_url: str
) -> None:
    """Whoever writes the row, a piece goes out once."""
    bought = await a_paid_order(database, staff.boutique)
    items = await items_of(staff, bought)
    await staff.post(f"{bought.path}/sent")

    with pytest.raises(psycopg.errors.CheckViolation), psycopg.connect(superuser_url) as conn:
        conn.execute(
            """with more as (
                 insert into dispatches (boutique_id, order_id, number, completes, sent_by)
                 values (%(b)s, %(o)s, 2, false, 'system') returning boutique_id, id)
               insert into dispatch_items (boutique_id, dispatch_id, order_item_id, quantity)
               select boutique_id, id, %(item)s, 1 from more""",
            {"b": staff.boutique, "o": bought.order.id, "item": items["Amani"]["id"]},
        )
