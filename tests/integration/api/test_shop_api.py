"""Today, what is sold over the counter, requests, and how the shop describes itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.store import requests
from tests.factories import a_product
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import an_order, pay, sold
from tests.signing_in import a_member, as_person


async def test_today_counts_what_is_sold_and_what_waits(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    # given a paid order, a sale over the counter that leaves one piece, and a request
    placed = await an_order(database, owner.boutique, units=5)
    pay(superuser_url, placed.order)
    [variant] = await a_product(database, owner.boutique, stock={"red": {"S": 3}})
    await sold(owner, variant.id, quantity=2)
    async with database.tenant_connection(owner.boutique) as conn:
        await requests.add(
            conn,
            customer_id=placed.order.customer_id,
            conversation_id=placed.conversation_id,
            kind="gift_wrap",
            words="wrap it",
        )

    # when the owner opens Today
    today = await owner.get("/today")

    # then it has all of it
    assert (today["paid_orders"], today["paid_orders_minor"]) == (1, 450000)
    assert (today["counter_sales"], today["counter_sales_minor"]) == (1, 800000)
    assert (today["to_send"], today["open_requests"], today["low_stock"]) == (1, 1, 1)
    low = await owner.get("/products?filter=low_stock")
    assert [row["id"] for row in low["items"]] == [variant.product_id]


async def test_the_day_begins_at_the_boutiques_own_midnight(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    # given an order that was paid a minute before the boutique's midnight
    placed = await an_order(database, owner.boutique)
    pay(superuser_url, placed.order)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update orders set paid_at = date_trunc('day', now() at time zone 'Africa/Nairobi')"
            " at time zone 'Africa/Nairobi' - interval '1 minute'"
        )

    # then it is not of today
    assert (await owner.get("/today"))["paid_orders"] == 0


async def test_a_request_is_closed_and_opened_again(staff: Signed, database: Database) -> None:
    placed = await an_order(database, staff.boutique)
    async with database.tenant_connection(staff.boutique) as conn:
        request = await requests.add(
            conn,
            customer_id=placed.order.customer_id,
            conversation_id=placed.conversation_id,
            order_id=placed.order.id,
            kind="hold",
            words="till Friday",
        )

    closed = await staff.post(f"/requests/{request}/done")
    assert (closed["status"], closed["order_number"]) == ("done", placed.order.number)
    assert (await staff.get("/requests"))["items"] == []
    reopened = await staff.call("DELETE", f"/requests/{request}/done")
    assert (reopened.json()["status"], reopened.json()["done_at"]) == ("open", None)


async def test_an_owner_describes_the_shop(owner: Signed) -> None:
    # given a shop with a tone
    path: dict[str, Any] = {"headers": {"if-match": "*"}}
    first = {"shop": {"tone": "warm", "gift_wrap": True}}
    await owner.call("PATCH", "", json=first, **path)

    # when the owner sets hours and a phone, and takes the tone away
    changed = await owner.call(
        "PATCH",
        "",
        json={
            "name": "Malaika",
            "owner_phone": "0722 123 456",
            "shop": {"hours": {"mon-fri": "9-18", "sat": "9:00-13:00"}, "tone": None},
        },
        **path,
    )

    # then the rest is as it was
    shown = changed.json()
    assert (shown["name"], shown["owner_phone"]) == ("Malaika", "+254 7•• ••• 456")
    assert shown["shop_info"]["hours"]["mon"] == "09:00-18:00"
    assert shown["shop_info"]["gift_wrap"] is True
    assert "tone" not in shown["shop_info"]


async def test_an_owner_says_after_how_long_a_cart_is_left(
    owner: Signed, database: Database
) -> None:
    # given a time that was set to the minute, by whoever runs the installation
    assert (await owner.get(""))["cart_left_after_hours"] == 1
    async with database.system_connection() as conn:
        await conn.execute("update boutiques set cart_left_after = '100 minutes'")

    # when other things are saved it stays, and a number of hours takes its place
    any_version: dict[str, Any] = {"headers": {"if-match": "*"}}
    await owner.call("PATCH", "", json={"name": "Malaika"}, **any_version)
    async with database.system_connection() as conn:
        kept = await (await conn.execute("select cart_left_after from boutiques")).fetchone()
    changed = await owner.call("PATCH", "", json={"cart_left_after_hours": 24}, **any_version)

    assert kept == {"cart_left_after": timedelta(minutes=100)}
    assert changed.json()["cart_left_after_hours"] == 24


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"shop": {"hours": {"someday": "9-18"}}}, "shop.hours"),
        ({"delivery_fee_minor": -1}, "delivery_fee_minor"),
        ({"cart_left_after_hours": 0}, "cart_left_after_hours"),
        ({"cart_left_after_hours": 169}, "cart_left_after_hours"),
        ({"slug": "other"}, "slug"),
        ({"name": None}, "name"),
    ],
)
async def test_a_wrong_description_is_refused(owner: Signed, body: Any, field: str) -> None:
    refused = await owner.call("PATCH", "", json=body, headers={"if-match": "*"})

    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]


async def test_a_place_is_in_one_zone(owner: Signed) -> None:
    # given a zone
    zone = {"name": "Kilimani", "fee_minor": 25000, "aliases": ["Yaya"]}
    [made] = (await owner.post("/delivery-zones", zone))["items"]

    # when another is to have one of its places
    other = {"name": "Yaya", "fee_minor": 30000}
    refused = await owner.call("POST", "/delivery-zones", json=other)
    changed = await owner.call("PUT", f"/delivery-zones/{made['id']}", json=zone | other)
    removed = await owner.call("DELETE", f"/delivery-zones/{made['id']}")

    # then its fee would be a guess
    assert (refused.status_code, refused.json()["errors"][0]["value"]) == (422, "yaya")
    assert [(z["name"], z["fee_minor"]) for z in changed.json()["items"]] == [("Yaya", 30000)]
    assert removed.json()["items"] == []


async def test_a_person_chooses_among_boutiques(
    client: httpx.AsyncClient, owner: Signed, stranger: Signed, superuser_url: str
) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into boutique_members (boutique_id, user_id, role) values (%s, %s, 'staff')",
            (stranger.boutique, owner.user_id),
        )

    me = (await client.get("/me", headers=as_person(owner.user_id))).json()

    assert {(b["boutique_id"], b["role"]) for b in me["boutiques"]} == {
        (owner.boutique, "owner"),
        (stranger.boutique, "staff"),
    }


async def test_a_removed_member_is_refused_at_the_next_call(
    owner: Signed, superuser_url: str
) -> None:
    assert (await owner.call("GET", "/today")).status_code == 200
    a_member(superuser_url, owner.boutique, "owner")
    with psycopg.connect(superuser_url) as conn:
        conn.execute("delete from boutique_members where user_id = %s", (owner.user_id,))

    assert (await owner.call("GET", "/today")).status_code == 404


async def test_a_size_chart_is_written_once_for_each_kind_and_removed(owner: Signed) -> None:
    # given a chart of all garments
    rows = [{"size": "M", "bust": [88, 96], "also": ["UK 12"]}]
    await owner.call("PUT", "/size-charts", json={"audience": "women", "rows": rows})

    # when it is written anew, and one of dresses beside it
    larger = [{"size": "M", "bust": [90, 98]}]
    await owner.call("PUT", "/size-charts", json={"audience": "women", "rows": larger})
    dresses = {"audience": "women", "category": "dress", "rows": rows}
    charts = Signed.of(await owner.call("PUT", "/size-charts", json=dresses))["items"]

    # then there are two, and the dresses' can go
    assert [(c["category"], c["rows"][0]["measures"]) for c in charts] == [
        (None, {"bust": [90.0, 98.0]}),
        ("dress", {"bust": [88.0, 96.0]}),
    ]
    left = Signed.of(await owner.call("DELETE", f"/size-charts/{charts[1]['id']}"))["items"]
    assert [c["category"] for c in left] == [None]


async def test_a_chart_that_shrinks_is_refused_by_name(owner: Signed) -> None:
    body = {"audience": "women", "rows": [{"size": "M", "bust": [96, 88]}]}

    refused = await owner.call("PUT", "/size-charts", json=body)

    assert refused.status_code == 422
    assert "bust is to grow" in refused.json()["detail"]


async def test_who_changed_the_boutique_last_is_told(owner: Signed, superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update auth.users set email = 'wanjiru@example.com' where id = %s", (owner.user_id,)
        )
    before = await owner.call("GET")

    headers = {"if-match": before.headers["etag"]}
    changed = await owner.call("PATCH", json={"name": "Malaika"}, headers=headers)

    assert before.json()["changed_by"] is None
    assert changed.json()["changed_by"] == "wanjiru@example.com"
