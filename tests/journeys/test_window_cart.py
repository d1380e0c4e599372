"""A cart of the shop's window goes on in the chat, by the code that the window typed."""

from __future__ import annotations

from dukani.core.store import cart_codes, consents, stock_waits
from tests.journeys.conftest import Newcomer
from tests.journeys.talk import Talk

WORDS = "Send me this shop's offers on WhatsApp."


async def a_code(talk: Talk, *skus: str, offers: bool = False) -> str:
    async with talk.services.database.tenant_connection(talk.boutique_id) as conn:
        lines = []
        for sku in skus:
            row = await (
                await conn.execute(
                    "select id::text from product_variants where sku ilike %s and available > 0"
                    " order by sku limit 1",
                    (f"{sku}%",),
                )
            ).fetchone()
            assert row is not None
            lines.append((row["id"], 2))
        return await cart_codes.add(
            conn,
            lines=lines,
            language="en",
            offers_words=WORDS if offers else None,
            anonymous_id="11111111-1111-4111-8111-111111111111",
        )


async def test_its_pieces_are_in_the_cart_and_the_order_is_said(talk: Talk) -> None:
    code = await a_code(talk, "HAT", "SHOE")

    said = await talk.say(f"Cart {code}")

    assert "Savannah Straw Hat" in said and "Coast Leather Sandals" in said
    assert [(name, count) for name, _, _, count in await talk.cart()] == [
        ("Savannah Straw Hat", 2),
        ("Coast Leather Sandals", 2),
    ]


async def test_it_joins_what_is_in_the_chat_already(talk: Talk) -> None:
    await talk.say("Hi, show me the Amani Wrap Dress")
    await talk.say("the blue one in M please")

    await talk.say(f"Kikapu {await a_code(talk, 'HAT')} asante")

    assert [name for name, *_ in await talk.cart()] == ["Amani Wrap Dress", "Savannah Straw Hat"]


async def test_a_code_is_taken_once_and_by_one(talk: Talk, newcomer: Newcomer) -> None:
    code = await a_code(talk, "HAT")
    await talk.say(f"cart {code.lower()}")
    other = await newcomer()

    said = await other.say(f"Cart {code}")

    assert "taken already" in said
    assert await other.cart() == []


async def test_a_code_of_nobody_is_words_like_others(talk: Talk) -> None:
    await talk.say("Cart ABCDEF")
    assert await talk.cart() == []


async def test_an_old_one_is_said_to_be_old(talk: Talk) -> None:
    code = await a_code(talk, "HAT")
    async with talk.services.database.system_connection() as conn:
        await conn.execute("update cart_codes set expires_at = now(), created_at = now()")
    assert "too old" in await talk.say(f"Cart {code}")
    assert await talk.cart() == []


async def test_what_she_agreed_to_is_kept_with_its_words_and_code(talk: Talk) -> None:
    code = await a_code(talk, "HAT", offers=True)

    said = await talk.say(f"Cart {code}")

    assert "stop promotions" in said
    async with talk.services.database.tenant_connection(talk.boutique_id) as conn:
        customer = (await (await conn.execute("select id::text from customers")).fetchall())[0]
        kept = await consents.latest(conn, customer_id=customer["id"], purpose="marketing")
        joined = await (await conn.execute("select * from visitor_customers")).fetchall()
    assert kept is not None and kept.granted and kept.source == "storefront"
    assert kept.words == f"{WORDS} [{code}]"
    assert [str(row["customer_id"]) for row in joined] == [customer["id"]]


async def test_without_a_tick_nothing_is_agreed_to(talk: Talk) -> None:
    await talk.say(f"Cart {await a_code(talk, 'HAT')}")
    async with talk.services.database.tenant_connection(talk.boutique_id) as conn:
        rows = await (
            await conn.execute("select from consents where purpose = 'marketing'")
        ).fetchall()
    assert rows == []


async def test_a_code_without_pieces_is_a_yes_to_offers_and_a_wait(talk: Talk) -> None:
    # given a visitor who asked for offers in the window, and for a sold-out hat
    async with talk.services.database.tenant_connection(talk.boutique_id) as conn:
        row = await (
            await conn.execute("select id::text, product_id::text from product_variants limit 1")
        ).fetchone()
        assert row is not None
        code = await cart_codes.add(
            conn,
            lines=[],
            language="en",
            offers_words=WORDS,
            anonymous_id="11111111-1111-4111-8111-111111111111",
            waits_for=row["id"],
        )

    # when she sends the code that the page had written for her
    said = await talk.say(f"Offers {code}")

    # then she gets offers, waits for the hat, and her cart is as it was
    assert "you'll get our promotions" in said
    assert await talk.cart() == []
    async with talk.services.database.tenant_connection(talk.boutique_id) as conn:
        assert await consents.may_market(conn, customer_id=talk.customer_id)
        waiting = await stock_waits.open_of_piece(conn, product_id=row["product_id"])
    assert [(one.customer_id, one.variant_id) for one in waiting] == [(talk.customer_id, row["id"])]
