"""A piece that goes with the one just added: told once, and never in the way of the order."""

from __future__ import annotations

import pytest

from tests.journeys.talk import ADDRESS, Talk

TOLD = "Many who take *Amani Wrap Dress* also take *Savannah Straw Hat*"


@pytest.fixture
async def pairs(talk: Talk) -> None:
    """Buyers of the wrap dress often take the hat."""
    await pair(talk, "WRAP", "HAT", 0.4)


async def pair(talk: Talk, sku: str, other: str, strength: float) -> None:
    async with talk.services.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute(
            """insert into product_pairs (boutique_id, product_id, other_id, buyers, strength)
               select a.boutique_id, a.id, b.id, 8, %s from products a, products b
               where a.sku = %s and b.sku = %s and a.boutique_id = %s
                 and b.boutique_id = a.boutique_id""",
            (strength, sku, other, talk.boutique_id),
        )


async def add_the_dress(talk: Talk) -> str:
    await talk.say("Hi, show me the Amani Wrap Dress")
    return await talk.say("the blue one in M please")


async def test_it_is_told_once_a_conversation(talk: Talk, pairs: None) -> None:
    first = await add_the_dress(talk)
    again = await talk.say("one more of it, in black size S")

    assert TOLD in first and "KES 1,500" in first
    assert TOLD not in again
    assert await talk.cart() == [
        ("Amani Wrap Dress", "blue", "M", 1),
        ("Amani Wrap Dress", "black", "S", 1),
    ]


async def test_its_name_shows_it(talk: Talk, pairs: None) -> None:
    await add_the_dress(talk)
    assert "Savannah Straw Hat" in await talk.say("Savannah Straw Hat")


async def test_a_yes_after_it_orders_nothing_by_itself(talk: Talk, pairs: None) -> None:
    await add_the_dress(talk)
    await talk.say("yes")
    assert await talk.cart() == [("Amani Wrap Dress", "blue", "M", 1)]


async def test_it_is_not_told_while_something_is_asked_or_paid(talk: Talk, pairs: None) -> None:
    # given a piece whose size is asked, and an order on its way to be paid
    await talk.say("Hi, show me the Amani Wrap Dress")
    asked = await talk.say("I'll take the blue one and pay")
    at_checkout = await talk.say("M")
    total = await talk.say(ADDRESS)

    for said in (asked, at_checkout, total):
        assert TOLD not in said


async def test_a_weak_pair_or_what_is_in_the_cart_is_not_told(talk: Talk) -> None:
    await pair(talk, "WRAP", "HAT", 0.05)
    assert "also take" not in await add_the_dress(talk)


async def test_what_is_sold_out_is_not_told(talk: Talk, pairs: None) -> None:
    async with talk.services.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute(
            """insert into stock_movements (boutique_id, variant_id, delta, reason)
               select boutique_id, id, -5, 'adjustment' from product_variants
               where sku like 'HAT%%' and boutique_id = %s""",
            (talk.boutique_id,),
        )
    assert "also take" not in await add_the_dress(talk)
