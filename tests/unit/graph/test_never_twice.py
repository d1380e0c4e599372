"""A reply that would be the last one again is worded differently."""

from __future__ import annotations

import pytest

from dukani.agent import facts as f
from dukani.agent.wording import word
from dukani.graph.never_twice import asked_to_repeat, fingerprints_of, word_without_repeating

VOICE = f.Voice(boutique="Zawadi")
SIZE = f.AskVariant(name="Dress", missing="size", choices=("S", "M"), price_minor=100)
LISTED = SIZE.model_copy(update={"listed": True})
CART = f.CartEmpty()
LINE = f.Line(number=1, name="Hat", colour="red", size="ONE", quantity=1, unit_price_minor=100)
SHOWN = f.CartShown(lines=(LINE,), total_minor=100)


@pytest.mark.parametrize(
    ("said", "last", "anew"),
    [
        ([SIZE], [], [SIZE]),
        ([SIZE], [CART], [SIZE]),
        ([SIZE], [SIZE], [LISTED]),
        ([SIZE], [LISTED], [SIZE]),
        ([CART], [CART], [CART, f.PersonOffered()]),
        ([SHOWN], [SHOWN], [SHOWN]),  # something came between
    ],
)
def test_the_same_is_not_said_twice_running(
    said: list[f.Fact], last: list[f.Fact], anew: list[f.Fact]
) -> None:
    marks = fingerprints_of(word(last, VOICE))
    told = word_without_repeating(said, VOICE, last=marks, asked_to_repeat=False)
    assert told == word(anew, VOICE)


def test_who_asks_for_the_same_gets_the_same() -> None:
    told = word_without_repeating(
        [SIZE], VOICE, last=fingerprints_of(word([SIZE], VOICE)), asked_to_repeat=True
    )
    assert told == word([SIZE], VOICE)


@pytest.mark.parametrize(
    ("understanding", "asked"),
    [
        (None, False),
        ({"acts": [{"kind": "confirm"}]}, False),
        ({"acts": [{"kind": "thanks"}, {"kind": "repeat"}]}, True),
    ],
)
def test_her_wish_to_hear_it_again_is_known(
    understanding: dict[str, object] | None, asked: bool
) -> None:
    assert asked_to_repeat(understanding) == asked
