"""What is asked of a paid order is answered, and not with the whole order again."""

from __future__ import annotations

import pytest

from tests.journeys.talk import Talk, order_a_wrap_dress


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("na nilipie lini gharama ya usafiri?", "Gharama ya delivery"),
        ("when do I pay the delivery fee?", "The delivery fee"),
        ("naweza ongeza kwa hii order?", "oda mpya"),
        ("can I add something to my order?", "a new order"),
        ("can it come today?", "is paid and we are getting it ready"),
    ],
)
async def test_a_question_is_answered_without_the_list(talk: Talk, asked: str, answer: str) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")

    said = await talk.say(asked)

    assert answer in said and "Wrap Dress" not in said
    assert await talk.cart() == []


async def test_a_call_ahead_is_noted_for_the_shop(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")

    said = await talk.say("mtanipigia kabla ya kuleta?")

    order = await talk.order()
    assert order.note == "Piga simu kabla ya kuleta" and order.note in said
    assert "Wrap Dress" not in said
