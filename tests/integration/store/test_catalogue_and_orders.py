"""Products, search, orders and stock: every read, and what another boutique gets of it."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from dukani.core.database import Database
from dukani.core.store import embeddings, orders, products, search, stock
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
        await stock.hold(
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
        (Criteria(occasion="wedding"), {"GOWN"}),
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
    await a_product(database, await a_boutique(database), sku="NEXT-DOOR")
    async with database.tenant_connection(boutique) as conn:
        hits = await search.find(conn, Criteria(), words=[word])
        matched = await search.find(conn, Criteria(), words=[word], must_match_words=True)
    assert [(hit.sku, hit.score) for hit in hits] == [("WRAP", 0)]
    assert matched == []


async def test_another_boutique_gets_nothing_of_the_catalogue(database: Database) -> None:
    owner, stranger = await a_boutique(database), await a_boutique(database)
    product = await a_pictured_product(database, owner, 3)
    async with database.tenant_connection(owner) as conn:
        [variant] = await products.variants(conn, product_ids=[product])
        assert await products.variety(conn) == ([variant.colour], [variant.size])
    async with database.tenant_connection(stranger) as conn:
        assert await products.get(conn, product_id=product) is None
        assert await products.variants(conn, product_ids=[product]) == []
        assert await products.variant(conn, variant_id=variant.id) is None
        assert await products.pictures(conn, product_ids=[product]) == []
        assert await products.categories(conn) == []
        assert await products.variety(conn) == ([], [])
        assert await products.names(conn) == []
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
        assert await orders.items(conn, order_id=order) == []
        assert await orders.last_address(conn, customer_id=customer) is None
        assert await orders.purchases(conn, customer_id=customer) == []
        assert not await orders.cancel(conn, order_id=order)
        assert await stock.held_by(conn, order_id=order) == {}
