"""A part of a message, read by the rules, confirms a guess about the whole."""

from __future__ import annotations

from dukani.agent.local_reader.learned.effect import effect_of
from dukani.agent.local_reader.learned.operations import TakeOut
from dukani.agent.local_reader.learned.opinion import Opinion
from dukani.agent.local_reader.learned.parts_read import confirmed
from dukani.domain.context import TurnContext
from tests.unit.reader.boutique import STANDING

CART = STANDING["two lines"]
STORY = "my salary is late this month and the landlord called, remove the hoodie"


def guess(number: int, probability: float, context: TurnContext = CART) -> Opinion:
    meant = [TakeOut(line=context.cart[number - 1])]
    return Opinion(meant=meant, lines=effect_of(meant, context), probability=probability)


HOODIE, BELT = guess(1, 0.45), guess(2, 0.5)


def test_the_guess_that_a_part_tells_is_meant() -> None:
    assert confirmed(STORY, CART, [BELT, HOODIE], 0.3) == HOODIE


def test_a_guess_that_no_part_tells_is_not_confirmed() -> None:
    assert confirmed(STORY, CART, [BELT], 0.3) is None


def test_a_guess_that_is_too_unlikely_does_not_count() -> None:
    assert confirmed(STORY, CART, [BELT, HOODIE], 0.46) is None
