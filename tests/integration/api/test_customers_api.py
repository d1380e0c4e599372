"""The list of customers: what each spent, found, sorted, narrowed, and read page by page."""

from __future__ import annotations

import psycopg

from dukani.core.database import Database
from tests.factories import a_customer, a_product
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import an_order, pay, set_order, sold


async def names(by: Signed, query: str = "") -> list[str]:
    return [one["name"] for one in (await by.get(f"/customers?{query}"))["items"]]


async def test_spend_is_what_was_paid_and_kept_by_chat_and_in_the_shop(
    owner: Signed, staff: Signed, database: Database, superuser_url: str
) -> None:
    # given an order of 4,500, and a sale over the counter to the same customer
    placed = await an_order(database, owner.boutique)
    [variant] = await a_product(database, owner.boutique, stock={"red": {"S": 9}}, name="Zuri")
    [before] = (await staff.get("/customers"))["items"]
    assert (before["spent_minor"], before["orders"], before["last_order_at"]) == (0, 0, None)
    with psycopg.connect(superuser_url) as conn:
        (phone,) = conn.execute("select phone from customers").fetchone() or ()
    pay(superuser_url, placed.order)
    sale = await sold(staff, variant.id, quantity=2, buyer_name="Amina", buyer_phone=phone)

    # then both count
    [both] = (await staff.get("/customers"))["items"]
    total = placed.order.total_minor
    assert (both["spent_minor"], both["orders"]) == (total + 800000, 2)

    # when a part of the order goes back and the sale is undone, then the rest counts
    set_order(superuser_url, placed.order, refunded_minor="100000", refund_status="part")
    await staff.post(f"/counter-sales/{sale['id']}/undone")
    [after] = (await staff.get("/customers"))["items"]
    assert (after["spent_minor"], after["orders"]) == (total - 100000, 1)

    # and when all goes back, none does
    set_order(superuser_url, placed.order, refunded_minor=str(total), refund_status="all")
    [nothing] = (await staff.get("/customers"))["items"]
    assert (nothing["spent_minor"], nothing["orders"], nothing["last_order_at"]) == (0, 0, None)


async def test_customers_are_sorted_and_read_page_by_page(
    owner: Signed, stranger: Signed, database: Database
) -> None:
    told = ["zawadi", "Amina", None, "Njeri"]
    for n, name in enumerate(told):
        await a_customer(database, owner.boutique, name=name, phone=f"+25472200010{n}")

    assert await names(owner) == ["Njeri", None, "Amina", "zawadi"]
    assert await names(owner, "sort=name") == ["Amina", "Njeri", "zawadi", None]
    for sort in ("newest", "spent", "last_order", "name"):
        read, cursor = [], ""
        while True:
            page = await owner.get(f"/customers?sort={sort}&limit=1{cursor}")
            read += [one["id"] for one in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        assert len(read) == len(set(read)) == len(told), sort
    assert await names(stranger) == []
    first = await owner.get("/customers?limit=1")
    wrong = await owner.call("GET", f"/customers?sort=name&cursor={first['next_cursor']}")
    assert wrong.status_code == 422


async def test_customers_are_found_by_words_of_their_name_and_digits(
    owner: Signed, database: Database
) -> None:
    await a_customer(database, owner.boutique, name="Amina Wanjiru", phone="+254722000111")
    await a_customer(database, owner.boutique, name="Njeri", phone="+254733000222")

    assert await names(owner, "search=wanj") == ["Amina Wanjiru"]
    assert await names(owner, "search=amina%20w") == ["Amina Wanjiru"]
    assert await names(owner, "search=222") == ["Njeri"]
    assert await names(owner, "search=0722%20000") == ["Amina Wanjiru"]
    assert await names(owner, "search=%27%3A%26") == await names(owner, "search=444") == []


async def test_customers_are_narrowed_by_tag_and_by_group(
    owner: Signed, stranger: Signed, database: Database
) -> None:
    amina = await a_customer(database, owner.boutique, name="Amina", phone="+254722000111")
    await a_customer(database, owner.boutique, name="Njeri", phone="+254722000112")
    await owner.call("PUT", f"/customers/{amina}/tags", json={"tags": ["VIP"]})
    rule = {"of": [{"field": "name", "comparison": "contains", "value": "njer"}]}
    group = await owner.post("/segments", {"name": "Njeri's", "rule": rule})

    assert await names(owner, "tag=vip") == ["Amina"]
    assert await names(owner, f"segment_id={group['id']}") == ["Njeri"]
    assert await names(owner, f"segment_id={group['id']}&tag=vip&sort=spent") == []
    theirs = await stranger.call("GET", f"/customers?segment_id={group['id']}")
    assert theirs.status_code == 404


async def test_a_new_name_or_number_finds_the_customer_again(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    amina = await a_customer(database, owner.boutique, name=None, phone="+254722000111")
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update customers set name = 'Amina', phone = '+254733000999' where id = %s", (amina,)
        )

    assert await names(owner, "search=amina") == await names(owner, "search=0999") == ["Amina"]
    assert await names(owner, "search=0111") == []
