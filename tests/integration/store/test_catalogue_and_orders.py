"""Products, search, orders and stock: every read, and what another boutique gets of it."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from dukani.core.database import Database
from dukani.core.store import embeddings, orders, products, purchases, search, stock
from dukani.core.store.search import Criteria
from tests.factories import a_boutique, a_customer, a_product


def direction(axis: int) -> NDArray[np.float32]:
    vector = np.zeros(512, dtype=np.float32)
    vector[axis] = 1
    return vector


async def a_pictured_product(database: Database, boutique: str, axis: int, **values: object) -> str:
    """A product whose picture points along one axis; its id."""
    variants = await a_product(database, boutique, **values)  # type: ignore[arg-type]
    async with database.tenant_connection(boutique) as conn:
        image = await products.add_picture(
            conn,
            boutique_id=boutique,
            product_id=variants[0].product_id,
            path=f"{boutique}/products/{axis}.jpg",
        )
        await embeddings.put(
            conn, boutique_id=boutique, image_id=image, model="m", vector=direction(axis)
        )
    return variants[0].product_id


async def test_the_nearest_picture_comes_first(database: Database) -> None:
    boutique = await a_boutique(database)
    near, far = [await a_pictured_product(database, boutique, axis) for axis in (3, 7)]
    async with database.tenant_connection(boutique) as conn:
        hits = await search.find(conn, Criteria(), vector=direction(3), model="m")
    assert [hit.product_id for hit in hits] == [near, far]


async def test_vectors_of_another_model_are_never_compared(database: Database) -> None:
    boutique = await a_boutique(database)
    await a_pictured_product(database, boutique, 3)
    async with database.tenant_connection(boutique) as conn:
        [hit] = await search.find(conn, Criteria(), vector=direction(3), model="another")
    assert hit.score == 0


async def test_a_vector_is_kept_bit_by_bit(database: Database) -> None:
    # given: values that seven digits do not hold
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique)
    seen = np.random.default_rng(7).standard_normal(512).astype(np.float32)

    # when
    async with database.tenant_connection(boutique) as conn:
        image = await products.add_picture(
            conn, boutique_id=boutique, product_id=variant.product_id, path=f"{boutique}/a.jpg"
        )
        await embeddings.put(conn, boutique_id=boutique, image_id=image, model="m", vector=seen)
        cursor = await conn.execute("select vector::real[] as kept from product_embeddings")
        row = await cursor.fetchone()

    # then
    assert row is not None
    assert np.array_equal(np.array(row["kept"], dtype=np.float32), seen)


async def test_a_prepared_search_takes_a_photo_or_none(database: Database) -> None:
    # given
    boutique = await a_boutique(database)
    near, far = [await a_pictured_product(database, boutique, axis) for axis in (3, 7)]

    # when: one connection, more often than it takes to prepare the statement
    found = []
    async with database.tenant_connection(boutique) as conn:
        for _ in range(5):
            hits = await search.find(conn, Criteria(), vector=direction(7), model="m")
            found.append([hit.product_id for hit in hits])
            words_alone = await search.find(conn, Criteria(), model="m")
            assert {hit.product_id for hit in words_alone} == {near, far}

    # then
    assert found == [[far, near]] * 5


async def test_a_piece_held_by_open_orders_is_not_offered(database: Database) -> None:
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique, stock={"red": {"M": 1}})
    customer = await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        order = await orders.add(
            conn, boutique_id=boutique, number="DK-000001", customer_id=customer,
            conversation_id=None, cart_id=None, currency="KES", items_minor=450000,
            delivery_minor=0, address="Kilimani",
        )  # fmt: skip
        assert order is not None
        assert len(await search.find(conn, Criteria(colours=["red"], size="M"))) == 1
        await stock.reserve(
            conn, boutique_id=boutique, order_id=order, variant_id=variant.id, quantity=1,
            lasts=timedelta(minutes=15),
        )  # fmt: skip
        assert await search.find(conn, Criteria(colours=["red"], size="M")) == []
        assert len(await search.find(conn, Criteria(colours=["red"]), sold_out=True)) == 1


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        (Criteria(categories=["dress"]), {"WRAP", "GOWN"}),
        (Criteria(categories=["dress"], colours=["red"]), {"GOWN"}),
        (Criteria(exclude_colours=["red"]), {"WRAP", "HAT"}),
        (Criteria(size="M"), {"WRAP", "HAT"}),  # one size fits
        (Criteria(price_max_minor=500000), {"WRAP", "HAT"}),
        (Criteria(price_min_minor=500000), {"GOWN"}),
        (Criteria(occasions=["wedding"]), {"GOWN"}),
        (Criteria(occasions=["marriage", "wedding"]), {"GOWN"}),
        (Criteria(pattern="lace"), {"GOWN"}),
        (Criteria(embroidery=True), {"GOWN"}),
    ],
)
async def test_each_criterion_narrows_what_is_found(
    database: Database, criteria: Criteria, found: set[str]
) -> None:
    boutique = await a_boutique(database)
    await a_product(database, boutique, sku="WRAP", stock={"blue": {"M": 1}})
    await a_product(
        database, boutique, sku="GOWN", price_minor=1250000, pattern="lace", embroidery=True,
        occasions=["wedding"], stock={"red": {"S": 1}},
    )  # fmt: skip
    await a_product(
        database, boutique, sku="HAT", category="hat", price_minor=150000,
        stock={"beige": {"ONE": 2}},
    )  # fmt: skip
    async with database.tenant_connection(boutique) as conn:
        hits = await search.find(conn, criteria)
    assert {hit.sku for hit in hits} == found


async def test_words_find_a_piece_by_its_name(database: Database) -> None:
    boutique = await a_boutique(database)
    await a_product(database, boutique, sku="A", name="Amani Wrap Dress")
    await a_product(database, boutique, sku="B", name="Malkia Maxi Dress")
    async with database.tenant_connection(boutique) as conn:
        hits = await search.find(conn, Criteria(), words=["malkia"], must_match_words=True)
    assert [hit.sku for hit in hits] == ["B"]


@pytest.mark.parametrize("word", ["'; drop table products; --", "a & !b | (c", "\\", "' '", "é"])
async def test_no_word_breaks_the_query(database: Database, word: str) -> None:
    boutique = await a_boutique(database)
    await a_product(database, boutique, sku="WRAP")
    await a_product(database, await a_boutique(database), sku="NEXT-WEBHOOK")
    async with database.tenant_connection(boutique) as conn:
        hits = await search.find(conn, Criteria(), words=[word])
        matched = await search.find(conn, Criteria(), words=[word], must_match_words=True)
    assert [(hit.sku, hit.score) for hit in hits] == [("WRAP", 0)]
    assert matched == []


async def test_what_a_boutique_sells_is_told_with_all_it_comes_in(database: Database) -> None:
    # given a piece, sold out in one size, and a newer one of a single size
    boutique = await a_boutique(database)
    wrap = await a_product(
        database, boutique, sku="WRAP", name="Amani Wrap Dress",
        stock={"blue": {"S": 2, "M": 0}, "black": {"M": 1}},
    )  # fmt: skip
    hat = await a_product(
        database, boutique, sku="HAT", name="Savannah Straw Hat", category="hat",
        pattern="woven", price_minor=150000, stock={"beige": {"ONE": 1}},
    )  # fmt: skip
    await a_product(database, boutique, sku="GONE", active=False)

    # when
    async with database.tenant_connection(boutique) as conn:
        sold = await products.sold(conn)
        [newest] = await products.sold(conn, limit=1)

    # then what is no longer sold is not among them, and the newest comes first
    assert newest == sold[0]
    assert sold == [
        products.Sold(
            hat[0].product_id, "HAT", "Savannah Straw Hat", "hat", "woven", ["beige"], ["ONE"],
            [["beige", "ONE"]], 150000,
        ),
        products.Sold(
            wrap[0].product_id, "WRAP", "Amani Wrap Dress", "dress", "plain", ["black", "blue"],
            ["M", "S"], [["black", "M"], ["blue", "M"], ["blue", "S"]], 450000,
        ),
    ]  # fmt: skip


async def test_a_customers_order_is_found_by_its_number_however_it_is_cased(
    database: Database,
) -> None:
    boutique = await a_boutique(database)
    customer, another = [await a_customer(database, boutique) for _ in range(2)]
    async with database.tenant_connection(boutique) as conn:
        order_id = await orders.add(
            conn, boutique_id=boutique, number="DK-WMXFCM", customer_id=customer,
            conversation_id=None, cart_id=None, currency="KES", items_minor=450000,
            delivery_minor=0, address="Kilimani",
        )  # fmt: skip

        async def found(number: str, *, of: str = customer) -> str | None:
            order = await orders.by_number(conn, customer_id=of, number=number)
            return order.id if order else None

        assert await found("DK-WMXFCM") == await found("dk-wmxfcm") == order_id
        assert await found("DK-OTHER1") is None
        assert await found("DK-WMXFCM", of=another) is None


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        (["4-5Y", "5-6Y"], {"FOUR", "FIVE"}),
        (["9-10Y"], set()),
        ([], {"FOUR", "FIVE", "TEN"}),
    ],
)
async def test_any_of_several_sizes_is_found(
    database: Database, sizes: list[str], found: set[str]
) -> None:
    boutique = await a_boutique(database)
    for sku, size in (("FOUR", "4-5Y"), ("FIVE", "5-6Y"), ("TEN", "10-11Y")):
        await a_product(database, boutique, sku=sku, stock={"white": {size: 1}})
    async with database.tenant_connection(boutique) as conn:
        hits = await search.find(conn, Criteria(sizes=sizes))
    assert {hit.sku for hit in hits} == found


async def test_the_cheapest_comes_first_when_it_is_asked_for(database: Database) -> None:
    boutique = await a_boutique(database)
    await a_product(database, boutique, sku="DEAR", name="Malkia Dress", price_minor=900000)
    await a_product(database, boutique, sku="CHEAP", name="Amani Dress", price_minor=200000)
    async with database.tenant_connection(boutique) as conn:
        best = await search.find(conn, Criteria(), words=["malkia"])
        cheapest = await search.find(conn, Criteria(), words=["malkia"], cheapest=True)
    assert [hit.sku for hit in best] == ["DEAR", "CHEAP"]
    assert [hit.sku for hit in cheapest] == ["CHEAP", "DEAR"]


async def test_another_boutique_gets_nothing_of_the_catalogue(database: Database) -> None:
    owner, stranger = await a_boutique(database), await a_boutique(database)
    product = await a_pictured_product(database, owner, 3)
    async with database.tenant_connection(owner) as conn:
        [variant] = await products.variants(conn, product_ids=[product])
        assert [piece.product_id for piece in await products.sold(conn)] == [product]
        await conn.execute("update products set description = ' Viscose, lined. '")
        assert await products.description(conn, product_id=product) == "Viscose, lined."
    async with database.tenant_connection(stranger) as conn:
        assert await products.description(conn, product_id=product) == ""
        assert await products.get(conn, product_id=product) is None
        assert await products.variants(conn, product_ids=[product]) == []
        assert await products.variant(conn, variant_id=variant.id) is None
        assert await products.pictures(conn, product_ids=[product]) == []
        assert await products.categories(conn) == []
        assert await products.sold(conn) == []
        assert await embeddings.unseen(conn, model="another") == []
        assert await search.find(conn, Criteria(), vector=direction(3), model="m") == []
        assert await stock.lock_levels(conn, variant_ids=[variant.id]) == {}


async def test_another_boutique_gets_nothing_of_an_order(database: Database) -> None:
    owner, stranger = await a_boutique(database), await a_boutique(database)
    customer = await a_customer(database, owner)
    async with database.tenant_connection(owner) as conn:
        order = await orders.add(
            conn, boutique_id=owner, number="DK-000001", customer_id=customer,
            conversation_id=None, cart_id=None, currency="KES", items_minor=450000,
            delivery_minor=0, address="Kilimani",
        )  # fmt: skip
        assert order is not None
        await orders.confirm_paid(conn, order_id=order)
    async with database.tenant_connection(stranger) as conn:
        assert await orders.get(conn, order_id=order) is None
        assert await orders.latest(conn, customer_id=customer) is None
        assert await orders.by_number(conn, customer_id=customer, number="DK-000001") is None
        assert await orders.items(conn, order_id=order) == []
        assert await orders.last_address(conn, customer_id=customer) is None
        assert await purchases.of_wearer(conn, customer_id=customer) == []
        assert not await orders.cancel(conn, order_id=order)
        assert not await orders.set_delivery(
            conn, order_id=order, address="x", latitude=None, longitude=None, note=None, zone=None
        )
        assert await stock.reserved_by_order(conn, order_id=order) == {}


async def test_delivery_of_a_placed_order_changes_until_it_leaves_the_shop(
    database: Database,
) -> None:
    # given an order to a pin, with a note
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        order_id = await orders.add(
            conn, boutique_id=boutique, number="DK-000001", customer_id=customer,
            conversation_id=None, cart_id=None, currency="KES", items_minor=450000,
            delivery_minor=25000, address="Kilimani", latitude=-1.29, longitude=36.78,
            note="call first", zone="Kilimani",
        )  # fmt: skip
        assert order_id is not None

        async def changed(address: str) -> bool:
            return await orders.set_delivery(
                conn, order_id=order_id, address=address, latitude=None, longitude=None,
                note=None, zone="Umoja",
            )  # fmt: skip

        # when it is changed before it is sent out, and again after it
        before = await changed("Umoja 2")
        await conn.execute("update orders set fulfilment_status = 'dispatched'")
        after = await changed("Thika")
        order = await orders.get(conn, order_id=order_id)

    # then the first counts with its zone, and the fee that was agreed stays
    assert (before, after) == (True, False)
    assert order is not None
    assert (order.address, order.latitude, order.note) == ("Umoja 2", None, None)
    assert (order.delivery_minor, order.zone) == (25000, "Umoja")


@pytest.mark.parametrize(
    ("zone", "fee", "to_confirm"),
    [("Kilimani", 25000, False), ("Pick up", 0, False), (None, 30000, False), (None, 0, True)],
)
async def test_the_fee_is_open_where_no_zone_and_no_fee_was_agreed(
    database: Database, zone: str | None, fee: int, to_confirm: bool
) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        await orders.add(
            conn, boutique_id=boutique, number="DK-000001", customer_id=customer,
            conversation_id=None, cart_id=None, currency="KES", items_minor=450000,
            delivery_minor=fee, address="Kilimani", zone=zone,
        )  # fmt: skip
        order = await orders.latest(conn, customer_id=customer)
    assert order is not None and order.fee_to_confirm == to_confirm


async def test_ids_of_a_catalogue_name_only_pieces_of_ones_own(database: Database) -> None:
    # given a piece of one boutique, and another boutique with a piece of its own
    boutique, other = await a_boutique(database), await a_boutique(database)
    [mine] = await a_product(database, boutique, sku="DRS-1", stock={"red": {"M": 1}})
    [theirs] = await a_product(database, other, sku="DRS-2", stock={"blue": {"L": 1}})
    asked = ["drs-1", mine.product_id, mine.sku, mine.id]
    foreign = ["DRS-2", theirs.product_id, theirs.sku, theirs.id]

    # when each asks by every id there is
    async with database.tenant_connection(boutique) as conn:
        found = await products.by_retailer_ids(conn, retailer_ids=[*asked, *foreign])
    async with database.tenant_connection(other) as conn:
        found_by_other = await products.by_retailer_ids(conn, retailer_ids=asked)

    # then it gets its own, a variant with its colour and size, and nothing of the other's
    told = {one.retailer_id: (one.product_id, one.colour, one.size) for one in found}
    assert told == {
        "drs-1": (mine.product_id, None, None),
        mine.product_id: (mine.product_id, None, None),
        mine.sku: (mine.product_id, "red", "M"),
        mine.id: (mine.product_id, "red", "M"),
    }
    assert found_by_other == []


async def test_of_skus_that_differ_by_their_case_the_one_written_is_meant(
    database: Database,
) -> None:
    boutique = await a_boutique(database)
    [lower] = await a_product(database, boutique, sku="drs-1", price_minor=100000)
    [upper] = await a_product(database, boutique, sku="DRS-1", price_minor=900000)

    async with database.tenant_connection(boutique) as conn:
        found = await products.by_retailer_ids(
            conn, retailer_ids=["drs-1", "DRS-1", lower.sku, upper.sku]
        )

    assert {one.retailer_id: one.product_id for one in found} == {
        "drs-1": lower.product_id,
        "DRS-1": upper.product_id,
        lower.sku: lower.product_id,
        upper.sku: upper.product_id,
    }


async def test_a_piece_no_longer_sold_is_named_by_no_id(database: Database) -> None:
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique, sku="DRS-1", active=False)
    async with database.tenant_connection(boutique) as conn:
        ids = ["DRS-1", variant.sku, variant.id, variant.product_id]
        assert await products.by_retailer_ids(conn, retailer_ids=ids) == []
