"""A piece wanted in some colour and size: the variant it is, or what is to be asked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dukani.core.store.products import Variant
from dukani.domain.acts import Values
from dukani.domain.wanted import Settled, Wanted, settle
from tests.unit.domain.shops import stock_of, variant

DRESS = [
    *stock_of("Amani", ("black", "red"), ("S", "M")),
    variant("Amani", "navy", "L"),
    variant("Amani", "white", "S", 0),
    variant("Amani", "white", "M", 0),
]
ONE_COLOUR = stock_of("Zuri", ("black",), ("S", "M"))
SCARF = stock_of("Lamu", ("white", "red"), ("ONE",), kind="scarf")
BOYS = stock_of("Boys Suit", ("navy",), ("4", "6", "8"), kind="suit")
CHILD = stock_of("Eid", ("white",), ("4-5Y", "5-6Y", "9-10Y"))


def settled(values: Values, variants: Sequence[Variant] = DRESS) -> Settled:
    return settle(Wanted(variants[0].product_id, values), variants)


@pytest.mark.parametrize(
    ("variants", "values", "id_"),
    [
        (DRESS, Values(colour="red", size="M"), "Amani/red/M"),
        (DRESS, Values(colour="red", size="medium"), "Amani/red/M"),
        (ONE_COLOUR, Values(size="S"), "Zuri/black/S"),  # there is no other colour to ask about
        (SCARF, Values(colour="red"), "Lamu/red/ONE"),
        (SCARF, Values(colour="red", size="L"), "Lamu/red/ONE"),  # fits any size that is said
        (CHILD, Values(age=9), "Eid/white/9-10Y"),
        (BOYS, Values(age=7), "Boys Suit/navy/8"),
        (BOYS, Values(size="5"), "Boys Suit/navy/6"),  # an age, where no size is called so
    ],
)
def test_all_that_is_to_be_said_is_said(
    variants: Sequence[Variant], values: Values, id_: str
) -> None:
    found = settled(values, variants)

    assert found.variant is not None and found.variant.id == id_
    assert (found.missing, found.refusal) == (None, None)


@pytest.mark.parametrize(
    ("variants", "values", "missing", "choices"),
    [
        # what is sold out is not offered
        (DRESS, Values(size="M"), "colour", ("black", "red")),
        (DRESS, Values(), "colour", ("black", "red", "navy")),
        (DRESS, Values(colour="red"), "size", ("S", "M")),
        (CHILD, Values(age=5), "size", ("4-5Y", "5-6Y")),  # two that overlap
        (ONE_COLOUR, Values(exclude_colour="black"), "colour", ("black",)),  # shown, not taken
        (DRESS, Values(exclude_colour="red"), "colour", ("black", "navy")),
    ],
)
def test_what_is_not_said_is_asked_for(
    variants: Sequence[Variant],
    values: Values,
    missing: str,
    choices: tuple[str, ...],
) -> None:
    found = settled(values, variants)

    assert (found.variant, found.missing, found.choices) == (None, missing, choices)
    assert found.refusal is None


@pytest.mark.parametrize(
    ("values", "reason", "missing", "choices"),
    [
        (Values(colour="pink", size="M"), "no_such_colour", "colour", ("black", "red", "navy")),
        (Values(colour="red", size="XL"), "no_such_size", "size", ("S", "M")),
        (Values(colour="red", size="L"), "out_of_stock", "size", ("S", "M")),  # never made so
        (Values(colour="white"), "out_of_stock", "colour", ("black", "red", "navy")),
    ],
)
def test_what_cannot_be_had_is_said_and_what_there_is_asked_for(
    values: Values, reason: str, missing: str, choices: tuple[str, ...]
) -> None:
    found = settled(values)

    assert found.refusal is not None
    assert (found.refusal.reason, found.missing, found.choices) == (reason, missing, choices)


def test_a_piece_that_is_no_longer_sold_is_refused() -> None:
    found = settle(Wanted("gone", Values(size="M")), [])

    assert found.refusal is not None and found.refusal.reason == "not_found"
    assert (found.variant, found.missing) == (None, None)


def test_of_a_piece_sold_out_in_everything_no_colour_is_asked() -> None:
    gone = [variant("Pwani", colour, "M", 0) for colour in ("red", "blue")]

    found = settled(Values(), gone)

    assert found.refusal is not None and found.refusal.reason == "out_of_stock"
    assert (found.missing, found.choices) == (None, ())
