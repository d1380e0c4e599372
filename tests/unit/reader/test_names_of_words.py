"""Pieces named by a word that else is a town, a colour or a verb, asked for by it alone."""

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
    "Bahari Blouse": ("blouse", ("navy",), ("14",)),
    "Waridi Knit Sweater": ("sweater", ("sky blue",), ("M",)),
    "Pink Top": ("top", ("pink",), ("M",)),
    "Subira Dera": ("dress", ("cream",), ("ONE",)),
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
        ("Na Bahari, saizi 14 pia", "add another(name bahari; 14)"),
        ("ongezea 2 Waridi sky blue", "add another(name waridi; sky blue, x2)"),
        ("i also want waridi x2", "add another(name waridi; x2)"),
        ("nipe subira, krimu", "add(name subira; cream)"),
        ("I want the Watamu", "add(name watamu;)"),
        ("ndiyo lakini na watamu pia", "add another(name watamu;)"),
        ("nipo watamu", "address(text watamu)"),
    ],
)
def test_what_is_wanted_too_is_a_piece(step: Step, text: str, acts: str) -> None:
    assert heard(step, text) == acts


def test_in_a_list_it_is_a_piece_between_others() -> None:
    said = "niwekee tausi shirt nyeusi, mbili, watamu, mbili na top ya pink"
    assert "add(name watamu; x2)" in heard("cart_updated", said)


def test_what_stays_of_all_is_not_taken_out() -> None:
    kept = "remove(all, but shirt, white)"
    assert heard("awaiting_confirmation", "yes, but first take out all but the white shirt") == kept
    assert heard("cart_updated", "take out all but the white shirt") == kept


def test_so_many_times_is_an_edit_also_behind_a_verb() -> None:
    doubled = "more(shirt, white; times 2)"
    assert heard("cart_updated", "fanya shirt ya white mara mbili") == doubled
