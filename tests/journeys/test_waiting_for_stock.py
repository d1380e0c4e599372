"""A customer who asks for what is sold out hears when it is there again, if she wants to."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.core.store import consents, stock_waits
from tests.journeys.conftest import Newcomer
from tests.journeys.talk import ADDRESS, Talk


async def agreed(talk: Talk) -> None:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await consents.record(
            conn, customer_id=talk.customer_id, purpose="marketing", granted=True, source="test"
        )


async def waits(talk: Talk) -> list[tuple[str, str | None]]:
    """(sku of the product, of the variant) that she waits for, in order."""
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute(
            """select p.sku, v.sku as variant from stock_waits w
               join products p on p.id = w.product_id
               left join product_variants v on v.id = w.variant_id
               where w.customer_id = %s and w.ended_at is null order by w.created_at, v.sku""",
            (talk.customer_id,),
        )
        return [(row["sku"], row["variant"]) for row in await cursor.fetchall()]


WRAP = ("WRAP", "WRAP/black/M")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("tell me when it is back", "as soon as *Amani Wrap Dress* (black, size M)"),
        ("let me know once you have it please", "I'll write to you as soon as"),
        ("nijulishe ikirudi", "Nitakuandikia mara tu *Amani Wrap Dress*"),
        ("nitumie ikiwa tayari", "Nitakuandikia mara tu"),
        ("notify me zikiwa back", "Nitakuandikia mara tu"),
        ("okay niambie mkipata", "Nitakuandikia mara tu"),
    ],
)  # fmt: skip
async def test_she_asks_to_be_told(talk: Talk, words: str, answer: str) -> None:
    # given one who was told that it is sold out, and agreed to messages afterwards
    await talk.say("do you have the Amani Wrap Dress in black M?")
    assert await waits(talk) == []
    await agreed(talk)

    assert answer in await talk.say(words)
    assert await waits(talk) == [WRAP]
    # and once is enough
    await talk.say(words)
    assert await waits(talk) == [WRAP]


@pytest.mark.parametrize(
    ("words", "sku"),
    [
        ("tell me when the Malaika Lace Gown in red L is back", ("GOWN", "GOWN/red/L")),
        ("nijulishe Amani Wrap Dress black saizi M ikirudi", WRAP),
        ("naomba unijulishe Amani Wrap Dress nyeusi M mkipata", WRAP),
    ],
)
async def test_she_names_the_piece(talk: Talk, words: str, sku: tuple[str, str]) -> None:
    await agreed(talk)
    await talk.say(words)
    assert await waits(talk) == [sku]


async def test_without_a_yes_to_messages_she_is_told_how(talk: Talk) -> None:
    said = await talk.say("do you have the Malaika Lace Gown in ivory L?")
    await talk.say("is the Amani Wrap Dress there in black M?")
    said = await talk.say("tell me when it is back")
    assert "*start promotions*" in said
    assert await waits(talk) == [WRAP]  # she keeps her place

    assert "promotions" in await talk.say("start promotions")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        assert await consents.may_market(conn, customer_id=talk.customer_id)


async def test_who_agreed_waits_for_what_she_asked_for_in_vain(talk: Talk) -> None:
    await agreed(talk)
    said = await talk.say("is the Amani Wrap Dress there in black M?")
    assert "out of stock" in said and "I'll write to you as soon as" in said
    assert await waits(talk) == [WRAP]


async def test_a_size_that_is_wanted_and_gone_is_waited_for(talk: Talk) -> None:
    await agreed(talk)
    await talk.say("show me the Amani Wrap Dress")
    said = await talk.say("I want the black one in M")
    assert "I'll write to you as soon as" in said
    assert await waits(talk) == [WRAP]
    # and the talk goes on with another one
    await talk.say("L then")
    assert [(name, size) for name, _, size, _ in await talk.cart()] == [("Amani Wrap Dress", "L")]


async def test_what_is_there_is_not_waited_for(talk: Talk) -> None:
    await agreed(talk)
    said = await talk.say("let me know when the Amani Wrap Dress is back in blue M")
    assert "KES" in said  # it is there, at its price
    assert await waits(talk) == []


async def test_of_no_piece_she_is_asked_which(talk: Talk) -> None:
    assert "Which piece" in await talk.say("tell me when it is back")
    assert "Which piece" not in await talk.say("the Amani Wrap Dress in blue M")


async def test_news_of_an_order_is_no_piece(talk: Talk) -> None:
    await talk.say("tell me when my order is ready")
    await talk.say("nijulishe oda yangu ikifika")
    assert await waits(talk) == []


async def test_they_wait_in_the_order_in_which_they_asked(talk: Talk, newcomer: Newcomer) -> None:
    others = [await newcomer() for _ in range(3)]
    for one in (*others, talk):
        await agreed(one)
        await one.say("nijulishe Amani Wrap Dress black M ikirudi")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        row: Any = await (
            await conn.execute("select id from products where sku = 'WRAP'")
        ).fetchone()
        waiting = await stock_waits.open_of_piece(conn, product_id=str(row["id"]))
    assert [one.customer_id for one in waiting] == [
        one.customer_id for one in (*others, talk)
    ]  # fmt: skip


async def test_beside_it_the_rest_is_done(talk: Talk) -> None:
    await agreed(talk)
    await talk.say("is the Amani Wrap Dress there in black M?")
    await talk.say("ok I'll take L, and tell me when M is back")
    assert [(name, size) for name, _, size, _ in await talk.cart()] == [("Amani Wrap Dress", "L")]
    assert WRAP in await waits(talk)


async def test_who_stopped_waits_for_nothing(talk: Talk) -> None:
    await talk.say("STOP")
    await talk.say("is the Amani Wrap Dress there in black M?")
    assert await waits(talk) == []


async def test_who_buys_the_piece_waits_no_more(talk: Talk) -> None:
    await agreed(talk)
    await talk.say("nijulishe Malaika Lace Gown red L ikirudi")
    await talk.say("is the Amani Wrap Dress there in black M?")
    await talk.say("L then")
    await talk.say("checkout")
    await talk.say(ADDRESS)
    await talk.say("yes")
    assert len(await waits(talk)) == 2
    await talk.mpesa("0")
    assert await waits(talk) == [("GOWN", "GOWN/red/L")]
