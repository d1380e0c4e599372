"""The values of a message are read when it is sent, of her own boutique's rows."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from dukani.campaigns.automations.values import Values, values_of
from dukani.core.database import Database
from dukani.core.store import boutiques, window_carts
from dukani.domain.automations import Content
from tests.factories import a_boutique, a_customer, a_product, put_in_cart

CONTENT = Content(text={"en": "Hi {name}"})


async def read(
    database: Database, boutique_id: str, customer: str, kind: Any, subject: str, **facts: Any
) -> Values:
    async with database.tenant_connection(boutique_id) as conn:
        boutique = await boutiques.get(conn, boutique_id=boutique_id)
        assert boutique is not None
        return await values_of(
            conn,
            boutique,
            customer_id=customer,
            subject_kind=kind,
            subject_id=subject,
            facts=facts,
            content=CONTENT,
        )


async def test_a_cart_tells_its_pieces_and_their_sum_at_todays_prices(database: Database) -> None:
    # given a cart of two pieces, of which one has become cheaper since
    shop = await a_boutique(database, name="Zuri")
    amina = await a_customer(database, shop, name="Amina Wanjiru", language="sw")
    (dress,) = await a_product(database, shop, name="Rose dress")
    (kanga,) = await a_product(database, shop, name="Kanga", price_minor=100_000)
    await put_in_cart(database, shop, amina, dress)
    cart = await put_in_cart(database, shop, amina, kanga, quantity=2)
    async with database.tenant_connection(shop) as conn:
        await conn.execute(
            "update products set price_minor = 300000 where id = %(id)s", {"id": dress.product_id}
        )

    # when
    values = await read(database, shop, amina, "cart", cart)

    # then
    assert (values.name, values.shop, values.language) == ("Amina", "Zuri", "sw")
    assert values.product is not None
    assert (values.product.name, values.others) == ("Rose dress", 1)
    assert values.price_minor == 300_000
    assert values.total_minor == 500_000


async def test_the_windows_cart_tells_the_same(database: Database) -> None:
    shop = await a_boutique(database)
    amina = await a_customer(database, shop)
    (dress,) = await a_product(database, shop, name="Rose dress")
    async with database.tenant_connection(shop) as conn:
        cart = await window_carts.note(conn, anonymous_id=str(uuid4()), lines={dress.id: 3})
    assert cart is not None

    values = await read(database, shop, amina, "window_cart", cart)

    assert values.product is not None
    assert (values.product.name, values.total_minor) == ("Rose dress", 3 * 450_000)


async def test_a_discount_is_todays_price_under_the_old_one(database: Database) -> None:
    shop = await a_boutique(database)
    amina = await a_customer(database, shop)
    (dress,) = await a_product(database, shop, price_minor=450_000)

    fallen = await read(database, shop, amina, "product", dress.product_id, was_minor=600_000)
    risen = await read(database, shop, amina, "product", dress.product_id, was_minor=400_000)

    assert fallen.discount is not None
    assert fallen.discount.percent == 25
    assert risen.discount is None


async def test_a_product_shows_the_picture_of_the_variants_colour(database: Database) -> None:
    shop = await a_boutique(database)
    amina = await a_customer(database, shop)
    blue, red = await a_product(database, shop, stock={"blue": {"M": 2}, "red": {"M": 2}})
    async with database.tenant_connection(shop) as conn:
        for position, colour in enumerate(("blue", "red")):
            await conn.execute(
                """insert into product_images (boutique_id, product_id, colour, path, position)
                   values (%(boutique)s, %(product)s, %(colour)s, %(path)s, %(position)s)""",
                {
                    "boutique": shop,
                    "product": blue.product_id,
                    "colour": colour,
                    "path": f"{shop}/{colour}.jpg",
                    "position": position,
                },
            )

    values = await read(database, shop, amina, "product", red.product_id, variant_id=red.id)

    assert values.image == f"{shop}/red.jpg"


async def test_nothing_of_another_boutique_is_read(database: Database) -> None:
    # given a cart at Zuri, and somebody who asks for it from another boutique
    zuri, other = await a_boutique(database), await a_boutique(database)
    amina = await a_customer(database, zuri, name="Amina")
    (dress,) = await a_product(database, zuri)
    cart = await put_in_cart(database, zuri, amina, dress)

    # when
    of_cart = await read(database, other, amina, "cart", cart)
    of_product = await read(database, other, amina, "product", dress.product_id)

    # then
    for values in (of_cart, of_product):
        assert (values.name, values.product, values.total_minor) == (None, None, None)


async def test_what_is_gone_leaves_its_values_empty(database: Database) -> None:
    shop = await a_boutique(database)
    amina = await a_customer(database, shop, name=None)

    for kind in ("cart", "window_cart", "order", "product", "conversation"):
        values = await read(database, shop, amina, kind, str(uuid4()))
        assert (values.product, values.price_minor, values.discount) == (None, None, None)
