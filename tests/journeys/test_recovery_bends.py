"""Whatever happens around a message about a left cart: nothing is ordered that was not shown.

Random talks, each from a seed: she says yes, no or something else, pieces sell out, prices change,
time passes, the message comes at any moment and is answered late.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable

import pytest

from tests.journeys.talk import ADDRESS, Talk
from tests.journeys.test_recovery import do, one, reminded, sold_out

SAYS = (
    "yes", "ndio", "nataka", "endelea", "checkout", "no", "hapana", "baadaye", "make it two",
    "ongeza kofia moja", "size L", "remove the dress", ADDRESS, "show me hats", "1", "sawa",
    "tuma tena", "what is the total?", "start over", "black please", "lipa",
)  # fmt: skip


async def a_message(talk: Talk, dice: random.Random) -> None:
    """Of a cart of hers, whichever, or of her order."""
    carts = await do(talk, "select id::text from carts where customer_id = %s", talk.customer_id)
    orders = await do(talk, "select id::text from orders where customer_id = %s", talk.customer_id)
    kinds = [("cart", row["id"]) for row in carts] + [("order", row["id"]) for row in orders]
    if kinds:
        kind, id_ = dice.choice(kinds)
        await reminded(talk, kind, id_)


async def time_passes(talk: Talk, dice: random.Random) -> None:
    await talk.age("payments", "created_at", "20 minutes")
    if dice.random() < 0.4:
        await do(talk, "update carts set status = 'abandoned' where status = 'active'")


async def stock_moves(talk: Talk, dice: random.Random) -> None:
    await sold_out(talk, dice.choice(("WRAP/blue/M", "HAT/beige/ONE")), left=dice.randint(0, 2))


async def prices_move(talk: Talk, dice: random.Random) -> None:
    await do(talk, "update products set price_minor = %s", dice.choice((400000, 450000, 99900)))


async def mpesa_answers(talk: Talk, dice: random.Random) -> None:
    open_ones = await do(
        talk, "select 1 from payments where status in ('requested', 'sending', 'pending')"
    )
    if open_ones:
        await talk.mpesa(dice.choice(("0", "1032", "1")))


HAPPENS: tuple[Callable[[Talk, random.Random], Awaitable[None]], ...] = (
    a_message, a_message, a_message, time_passes, stock_moves, prices_move, mpesa_answers,
)  # fmt: skip


async def placed(talk: Talk) -> int:
    return int(await one(talk, "select count(*) as n from orders"))


async def last_was_a_total(talk: Talk) -> bool:
    """Whether the last that she was written is the assistant's reply that shows the total."""
    return await one(
        talk,
        """select coalesce((
             select m.purpose = 'reply' and m.body ~ 'KES' from messages m
             where m.direction = 'out' and m.conversation_id is not null
             order by m.seq desc limit 1), false) as shown""",
    ) == "True" and await talk.step() in ("awaiting_confirmation", "payment_failed")


@pytest.mark.parametrize("seed", range(8))
async def test_nothing_is_ordered_or_asked_for_that_was_not_shown(talk: Talk, seed: int) -> None:
    dice = random.Random(seed)
    await talk.say("do you have a blue dress for the office?")
    await talk.say("1")
    await talk.say("size M")
    for _ in range(14):
        if dice.random() < 0.45:
            await dice.choice(HAPPENS)(talk, dice)
            continue
        before, shown = await placed(talk), await last_was_a_total(talk)
        words = dice.choice(SAYS)
        await talk.say(words)  # whoever says nothing new may go unanswered (`loop_guard.py`)
        assert await placed(talk) == before or shown, f"{words!r} ordered what was not shown"
        await holds(talk)


async def holds(talk: Talk) -> None:
    """What is true whatever was said."""
    twice = await do(
        talk,
        """select order_id from payments where status in ('requested', 'sending', 'pending')
           group by order_id having count(*) > 1""",
    )
    assert not twice, "two prompts of one order are open"
    open_carts = await do(talk, "select 1 from carts where status = 'active'")
    assert len(open_carts) <= 1
    below = await do(talk, "select 1 from product_variants where quantity < 0")
    assert not below
