"""A search finds what reading the whole shop would find, in the same order."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import numpy as np
import pytest

from dukani.core.database import Connection, Database
from dukani.core.store import embeddings, products, search, stock
from dukani.core.store.search import Criteria
from dukani.tools.catalogue import NewProduct, add_product
from tests.factories import a_boutique, a_conversation, a_customer, a_product, put_in_cart
from tests.integration.store.plain_search import plain_find
from tests.integration.tools.test_orders import place

T = TypeVar("T")

CATEGORIES = ("dress", "top", "shoes")
COLOURS = ("blue", "red", "black", "white")
SIZES = ("S", "M", "38", "ONE")
OCCASIONS = ("office", "wedding")
PATTERNS = ("plain", "floral", "cotton")
WORDS = ("Amani", "Zuri", "linen", "wrap", "dress", "cotton", "t-shirt", "office", "heels")
PRICES = (100_000, 200_000, 200_000, 300_000)  # ties, so that more than the price decides
SEARCHES = 150


@dataclass(frozen=True)
class Shopper:
    """Draws shops and what is asked of them."""

    dice: random.Random

    def some(self, of: tuple[T, ...], most: int = 2) -> list[T]:
        return self.dice.sample(of, self.dice.randint(0, most))

    def maybe(self, of: tuple[T, ...], share: float = 0.2) -> T | None:
        return self.dice.choice(of) if self.dice.random() < share else None

    def vector(self) -> Any:
        return np.eye(512, dtype=np.float32)[self.dice.randrange(6)] + 0.1

    def product(self, n: int) -> NewProduct:
        name = " ".join(self.dice.sample(WORDS, 3))
        return NewProduct(
            sku=f"P{n}",
            name=name,
            category=self.dice.choice(CATEGORIES),
            price_minor=self.dice.choice(PRICES),
            stock={
                colour: {size: self.dice.randint(0, 2) for size in self.dice.sample(SIZES, 2)}
                for colour in self.dice.sample(COLOURS, 2)
            },
            description=self.dice.choice(WORDS) if self.dice.random() < 0.5 else "",
            pattern=self.dice.choice(PATTERNS),
            embroidery=self.dice.random() < 0.3,
            occasions=self.some(OCCASIONS),
        )

    def criteria(self, ids: tuple[str, ...]) -> Criteria:
        return Criteria(
            categories=self.some(CATEGORIES) if self.dice.random() < 0.4 else (),
            colours=self.some(COLOURS) if self.dice.random() < 0.4 else (),
            exclude_colours=self.some(COLOURS) if self.dice.random() < 0.1 else (),
            size=self.maybe(SIZES),
            sizes=self.some(SIZES) if self.dice.random() < 0.1 else (),
            price_min_minor=self.maybe(PRICES, 0.1),
            price_max_minor=self.maybe(PRICES, 0.1),
            occasions=self.some(OCCASIONS) if self.dice.random() < 0.1 else (),
            pattern=self.maybe(PATTERNS, 0.1),
            embroidery=self.maybe((True, False), 0.1),
            exclude_products=self.some(ids, 5) if self.dice.random() < 0.2 else (),
        )

    def how(self) -> dict[str, Any]:
        words = self.some(WORDS, 3) if self.dice.random() < 0.6 else []
        pictured, prefers = self.dice.random() < 0.5, self.dice.random() < 0.4
        return {
            "words": words,
            "must_match_words": bool(words) and self.dice.random() < 0.5,
            "every_word": self.dice.random() < 0.3,
            "vector": self.vector() if pictured else None,
            "of_words": pictured and self.dice.random() < 0.5,
            "within": 0.1 if pictured and self.dice.random() < 0.2 else None,
            "model": "m",
            "sold_out": self.dice.random() < 0.3,
            "prefer_colours": self.some(COLOURS, 3) if prefers else [],
            "prefer_patterns": self.some(PATTERNS, 3) if prefers else [],
            "prefer_embroidery": prefers and self.dice.random() < 0.7,
            "cheapest": self.dice.random() < 0.2,
            "limit": self.dice.choice((1, 5, 6, 70)),
        }


async def a_shop(conn: Connection, boutique: str, shopper: Shopper, pieces: int) -> tuple[str, ...]:
    """The ids of its products, most of them pictured, some twice and in one colour."""
    ids = []
    for n in range(pieces):
        new = shopper.product(n)
        ids.append(await add_product(conn, new, boutique_id=boutique))
        for at in range(shopper.dice.choice((0, 1, 1, 2))):
            image = await products.add_picture(
                conn,
                boutique_id=boutique,
                product_id=ids[-1],
                path=f"{boutique}/{n}-{at}.jpg",
                colour=shopper.maybe(tuple(new.stock), 0.5),
            )
            await embeddings.put(
                conn,
                boutique_id=boutique,
                image_id=image,
                model=shopper.dice.choice(("m", "m", "m", "old")),
                vector=shopper.vector(),
            )
    return tuple(ids)


async def an_open_order(database: Database, boutique: str) -> str:
    """Its id; it holds a piece that nobody searches for."""
    customer = await a_customer(database, boutique)
    [variant] = await a_product(database, boutique, name="Kept", stock={"grey": {"XXL": 9}})
    await put_in_cart(database, boutique, customer, variant)
    conversation = await a_conversation(database, boutique, customer)
    return (await place(database, boutique, customer, conversation)).id


async def reserve_some(conn: Connection, boutique: str, order: str, shopper: Shopper) -> None:
    """Some variants are in other hands, whole or in part, some past their time."""
    cursor = await conn.execute(
        "select id::text, available from product_variants where colour <> 'grey' order by sku"
    )
    for row in await cursor.fetchall():
        if row["available"] > 0 and shopper.dice.random() < 0.3:
            await stock.reserve(
                conn,
                boutique_id=boutique,
                order_id=order,
                variant_id=row["id"],
                quantity=shopper.dice.randint(1, row["available"]),
                lasts=timedelta(minutes=shopper.dice.choice((15, -15))),
            )


@pytest.mark.parametrize("seed", range(3))
async def test_every_search_agrees_with_a_plain_one(database: Database, seed: int) -> None:
    # given a shop in which much is sold out, reserved, alike or at one price
    shopper = Shopper(random.Random(seed))
    boutique, other = await a_boutique(database), await a_boutique(database)
    order = await an_open_order(database, boutique)
    async with database.tenant_connection(other) as conn:
        await a_shop(conn, other, shopper, 10)
    async with database.tenant_connection(boutique) as conn:
        ids = await a_shop(conn, boutique, shopper, 80)
        await reserve_some(conn, boutique, order, shopper)
    compared = 0

    async with database.tenant_connection(boutique) as conn:
        for _ in range(SEARCHES):
            criteria, how = shopper.criteria(ids), shopper.how()

            # when it is asked both ways
            hits = await search.find(conn, criteria, **how)
            expected = await plain_find(conn, criteria, **how)

            # then both say the same
            assert [(h.product_id, round(h.score, 9)) for h in hits] == expected, (criteria, how)
            compared += len(expected)
    assert compared > 500


async def test_what_suits_in_all_comes_before_the_third_that_a_word_matches(
    database: Database,
) -> None:
    # given three pieces named so, and one that suits in colour, pattern and embroidery
    boutique = await a_boutique(database)
    for n in range(3):
        await a_product(database, boutique, name=f"Linen {n}", stock={"grey": {"M": 1}})
    suiting = {"name": "Amani", "pattern": "floral", "embroidery": True}
    [suits] = await a_product(database, boutique, stock={"blue": {"M": 1}}, **suiting)

    # when three are asked for
    async with database.tenant_connection(boutique) as conn:
        hits = await search.find(
            conn,
            Criteria(),
            words=["linen"],
            prefer_colours=["blue"],
            prefer_patterns=["floral"],
            prefer_embroidery=True,
            limit=3,
        )

    # then
    assert [hit.product_id == suits.product_id for hit in hits] == [False, False, True]
