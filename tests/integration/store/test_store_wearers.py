"""Wearers: one row a person, whose lines never enter another's size history."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from uuid import uuid4

from dukani.core.database import Connection, Database
from dukani.core.store import carts, customer_merge, orders, purchases, size_facts, wearers
from dukani.core.store.size_facts import SizeFact
from tests.factories import Variant, a_boutique, a_customer, a_product

TODAY = date(2026, 11, 26)


async def bought(
    conn: Connection,
    boutique: str,
    customer: str,
    pieces: Sequence[Variant],
    *,
    number: str,
    worn_by: Mapping[str, str] | None = None,
    for_several: Collection[str] = (),
) -> str:
    """The id of a paid order of one of each piece."""
    cart_id = await carts.open_cart(conn, boutique_id=boutique, customer_id=customer)
    items = [(piece.id, 1, 450000) for piece in pieces]
    await carts.replace_items(
        conn, cart_id=cart_id, items=items, wearers=worn_by, for_several=for_several
    )
    order = await orders.add(
        conn, boutique_id=boutique, number=number, customer_id=customer, conversation_id=None,
        cart_id=cart_id, currency="KES", items_minor=450000, delivery_minor=0, address="Kilimani",
    )  # fmt: skip
    assert order is not None
    agreed = {piece.id: 450000 for piece in pieces}
    await orders.add_items_of_cart(conn, order_id=order, cart_id=cart_id, agreed=agreed)
    await orders.confirm_paid(conn, order_id=order)
    await carts.set_status(conn, cart_id=cart_id, status="converted")
    return order


async def sizes(conn: Connection, customer: str, wearer: str | None = None) -> list[str]:
    found = await purchases.of_wearer(conn, customer_id=customer, wearer_id=wearer)
    return [purchase.size for purchase in found]


async def test_a_person_named_again_is_the_same_and_another_name_is_another(
    database: Database,
) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:

        async def told(name: str | None, age: int | None = None) -> wearers.Wearer:
            return await wearers.put(
                conn, customer_id=customer, relation="daughter", name=name, age=age, told_on=TODAY
            )

        amina = await told("Amina", 6)
        again = await told("amina")
        zawadi = await told("Zawadi")
        nameless = await told(None)

        assert again == amina
        assert (amina.age, amina.age_told_on) == (6, TODAY)
        assert len({amina.id, zawadi.id, nameless.id}) == 3
        assert await wearers.of_customer(conn, customer_id=customer) == [amina, zawadi, nameless]
        # and a name learned later is hers
        await wearers.set_name(conn, wearer_id=nameless.id, name="Neema")
        assert (await told("Neema")).id == nameless.id


async def test_a_told_age_grows(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        child = await wearers.put(conn, customer_id=customer, relation="son", age=6, told_on=TODAY)

    assert child.age_on(TODAY) == 6
    assert child.age_on(date(2027, 11, 20)) == 6
    assert child.age_on(date(2028, 12, 1)) == 8


async def test_each_wearers_purchases_are_their_own(database: Database) -> None:
    # given an order for herself, her sister, and one variant for both
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    small, medium, large = await a_product(
        database, boutique, stock={"blue": {"S": 9, "M": 9, "L": 9}}
    )
    async with database.tenant_connection(boutique) as conn:
        sister = await wearers.put(conn, customer_id=customer, relation="sister", told_on=TODAY)
        order = await bought(
            conn, boutique, customer, [small, medium, large], number="DK-000001",
            worn_by={large.id: sister.id}, for_several={medium.id},
        )  # fmt: skip

        # then each has what is hers alone, and the order names the sister
        assert await sizes(conn, customer) == ["S"]
        assert await sizes(conn, customer, sister.id) == ["L"]
        named = {item.size: item.worn_by for item in await orders.items(conn, order_id=order)}
        assert named == {"S": None, "M": None, "L": sister.worn_by}

        # and what came back tells nothing
        await conn.execute("update orders set fulfilment_status = 'returned'")
        assert await sizes(conn, customer, sister.id) == []


async def test_orders_for_others_do_not_push_her_own_out_of_sight(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    [small, large] = await a_product(database, boutique, stock={"blue": {"S": 9, "L": 9}})
    async with database.tenant_connection(boutique) as conn:
        son = await wearers.put(conn, customer_id=customer, relation="son", told_on=TODAY)
        await bought(conn, boutique, customer, [small], number="DK-000001")
        for number in ("DK-000002", "DK-000003"):
            await bought(
                conn, boutique, customer, [large], number=number, worn_by={large.id: son.id}
            )

        found = await purchases.of_wearer(conn, customer_id=customer, limit=1)

    assert [(purchase.size, purchase.product_id) for purchase in found] == [("S", small.product_id)]


async def test_a_cart_keeps_whose_its_lines_are(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    [small, large] = await a_product(database, boutique, stock={"blue": {"S": 9, "L": 9}})
    async with database.tenant_connection(boutique) as conn:
        son = await wearers.put(
            conn, customer_id=customer, relation="son", name="Juma", told_on=TODAY
        )
        cart_id = await carts.open_cart(conn, boutique_id=boutique, customer_id=customer)

        async def becomes(
            worn_by: Mapping[str, str], for_several: Collection[str] = ()
        ) -> list[tuple[wearers.WornBy | None, bool]]:
            items = [(small.id, 1, 450000), (large.id, 1, 450000)]
            await carts.replace_items(
                conn, cart_id=cart_id, items=items, wearers=worn_by, for_several=for_several
            )
            found = await carts.items(conn, customer_id=customer)
            return [(item.worn_by, item.for_several) for item in found]

        assert await becomes({large.id: son.id}) == [(None, False), (son.worn_by, False)]
        assert await becomes({}, {small.id}) == [(None, True), (None, False)]
        # somebody who is no longer known makes it nobody's
        assert await becomes({small.id: str(uuid4())}) == [(None, True), (None, False)]
        assert await becomes({small.id: son.id}) == [(son.worn_by, False), (None, False)]


async def test_pieces_of_two_carts_for_different_people_are_several_peoples(
    database: Database,
) -> None:
    # given a cart in checkout with a piece for her son, and an open one with the same for herself
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    [small, large] = await a_product(database, boutique, stock={"blue": {"S": 9, "L": 9}})
    async with database.tenant_connection(boutique) as conn:
        son = await wearers.put(conn, customer_id=customer, relation="son", told_on=TODAY)
        first = await carts.open_cart(conn, boutique_id=boutique, customer_id=customer)
        both = [(small.id, 1, 450000), (large.id, 1, 450000)]
        whose = {small.id: son.id, large.id: son.id}
        await carts.replace_items(conn, cart_id=first, items=both, wearers=whose)
        await carts.set_status(conn, cart_id=first, status="checkout")
        later = await carts.open_cart(conn, boutique_id=boutique, customer_id=customer)
        await carts.replace_items(conn, cart_id=later, items=both, wearers={large.id: son.id})

        # when the first is given back
        await carts.move_open_into(conn, cart_id=first, customer_id=customer)
        await carts.reopen(conn, cart_id=first, customer_id=customer)

        # then the one is for both, the other still her son's
        found = {item.size: item for item in await carts.items(conn, customer_id=customer)}
    assert (found["S"].worn_by, found["S"].for_several) == (None, True)
    assert (found["L"].worn_by, found["L"].for_several) == (son.worn_by, False)


async def test_a_merge_makes_one_sister_of_two_and_keeps_her_history(database: Database) -> None:
    # given two rows of one customer that both know a sister, and one a son
    boutique = await a_boutique(database)
    kept, retired = [await a_customer(database, boutique) for _ in range(2)]
    [small, large] = await a_product(database, boutique, stock={"blue": {"S": 9, "L": 9}})
    async with database.tenant_connection(boutique) as conn:
        sister = await wearers.put(conn, customer_id=kept, relation="sister", told_on=TODAY)
        same = await wearers.put(
            conn, customer_id=retired, relation="sister", age=30, told_on=TODAY
        )
        son = await wearers.put(conn, customer_id=retired, relation="son", told_on=TODAY)
        await bought(
            conn, boutique, kept, [small], number="DK-000001", worn_by={small.id: sister.id}
        )
        await bought(
            conn, boutique, retired, [large], number="DK-000002", worn_by={large.id: same.id}
        )
        cart_id = await carts.open_cart(conn, boutique_id=boutique, customer_id=retired)
        await carts.replace_items(
            conn, cart_id=cart_id, items=[(small.id, 1, 450000)], wearers={small.id: same.id}
        )

        await size_facts.add(
            conn,
            SizeFact(kind="stated", size="14", wearer_id=same.id, said_at=datetime.now(UTC)),
            customer_id=retired,
            message_id=str(uuid4()),
            position=0,
        )

        # when they turn out to be one
        await customer_merge.merge(conn, kept_id=kept, retired_id=retired)

        # then the sister is one person with both orders and the line of the cart
        known = await wearers.of_customer(conn, customer_id=kept)
        assert [(one.id, one.age) for one in known] == [(sister.id, 30), (son.id, None)]
        assert sorted(await sizes(conn, kept, sister.id)) == ["L", "S"]
        assert await sizes(conn, kept) == []
        [line] = await carts.items(conn, customer_id=kept)
        assert line.wearer_id == sister.id
        facts = await size_facts.of_wearer(conn, customer_id=kept, wearer_id=sister.id)
        assert [fact.size for fact in facts] == ["14"]


async def test_another_boutique_gets_no_wearer(database: Database) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    customer = await a_customer(database, mine)
    [piece] = await a_product(database, mine)
    async with database.tenant_connection(mine) as conn:
        sister = await wearers.put(conn, customer_id=customer, relation="sister", told_on=TODAY)
        await bought(
            conn, mine, customer, [piece], number="DK-000001", worn_by={piece.id: sister.id}
        )

    async with database.tenant_connection(theirs) as conn:
        assert await wearers.of_customer(conn, customer_id=customer) == []
        assert await wearers.get(conn, customer_id=customer, wearer_id=sister.id) is None
        assert await sizes(conn, customer, sister.id) == []
        await wearers.set_name(conn, wearer_id=sister.id, name="Theirs")
    async with database.tenant_connection(mine) as conn:
        known = await wearers.get(conn, customer_id=customer, wearer_id=sister.id)
    assert known == sister
