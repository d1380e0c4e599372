"""Pieces named after towns, asked for by that word alone beside an order."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.domain.context import TurnContext
from dukani.domain.steps import Step
from tests.unit.reader.shelves import ordered, sold_from
from tests.unit.reader.written import written

SHELF = {
    "Entebbe Kikoi": ("leso", ("grey", "red"), ("ONE",)),
    "Watamu Kikoi": ("leso", ("grey",), ("ONE",)),
    "Tausi Oxford Shirt": ("shirt", ("black", "white"), ("L",)),
}
LINES = ("2 Tausi Oxford Shirt/black/L", "1 Tausi Oxford Shirt/white/L")


def heard(step: Step, text: str) -> str:
    context = TurnContext(sold=sold_from(SHELF), cart=ordered(SHELF, *LINES), step=step)
    return written(understand(text, context).acts)


@pytest.mark.parametrize("step", ["cart_updated", "awaiting_confirmation"])
@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("na watamu pia", "add another(name watamu;)"),
        ("na pia entebbe", "add another(name entebbe;)"),
        ("plus 2 of the entebbe", "add another(name entebbe; x2)"),
        ("nipo watamu", "address(text watamu)"),
    ],
)
def test_what_is_wanted_too_is_a_piece_and_no_address(step: Step, text: str, acts: str) -> None:
    assert heard(step, text) == acts


def test_what_stays_of_all_is_not_taken_out() -> None:
    kept = "remove(all, but shirt, white)"
    assert heard("awaiting_confirmation", "yes, but first take out all but the white shirt") == kept
    assert heard("cart_updated", "take out all but the white shirt") == kept


def test_so_many_times_is_an_edit_also_behind_a_verb() -> None:
    doubled = "more(shirt, white; times 2)"
    assert heard("cart_updated", "fanya shirt ya white mara mbili") == doubled
