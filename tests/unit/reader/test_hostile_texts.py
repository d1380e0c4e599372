"""Texts that were written to break the reader are read, in a bounded number of steps."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.agent.lexicon.tokens import LONGEST, normalise
from dukani.agent.local_reader import understand
from dukani.domain.context import TurnContext
from dukani.webhooks.inbound import MAX_KEPT
from tests.examples import examples
from tests.unit.reader.turns import SITUATIONS

# ﷺ stands for eighteen letters, ⑳ for two digits, 🙏 for a word.
UNITS = [
    "a", "1", "9", "-", "1-", "1.", "1,", "1,000", "KES ", "elfu ", "size ", "red and ", "x2 ",
    "2 red dresses and ", "(", "()", "*", "'", "\n", " ", "?!", "ﷺ", "⑳", "٣", "½", "🙏", "é",
    "\u0301", "\u200b", "ا", "a@", "a.", "http://", "\\", "no ", "to ", "moja na ", "100%",
    "Njiro, block C, nyumba 30. ", "Na mko wapi? ",
]  # fmt: skip
BEGINNINGS = ["", "-", "under KES ", "make it ", "size ", "no. ", "x", "asilimia "]
MOST_CALLS = 1_000_000  # of 500 words each pair is looked at a few times

hostile = st.builds(
    lambda begins, units, much: (begins + "".join(units) * much)[:MAX_KEPT],
    st.sampled_from(BEGINNINGS),
    st.lists(st.sampled_from(UNITS), min_size=1, max_size=3),
    st.integers(1, MAX_KEPT),
)


def calls_of(text: str, context: TurnContext) -> int:
    """How many functions were called to read it."""
    calls = 0

    def count(_frame: Any, event: str, _arg: Any) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        understand(text, context)
    finally:
        sys.setprofile(before)
    return calls


@examples(120)
@given(text=hostile, context=st.sampled_from(sorted(SITUATIONS.values(), key=str)))
def test_whatever_is_repeated_is_read(text: str, context: TurnContext) -> None:
    assert understand(text, context).acts


@pytest.mark.parametrize("digits", [20, 309, 400, MAX_KEPT])
@pytest.mark.parametrize("begins", BEGINNINGS)
def test_a_number_of_any_length_is_read(begins: str, digits: int) -> None:
    text = (begins + "9" * digits)[:MAX_KEPT]

    assert all(understand(text, context).acts for context in SITUATIONS.values())


@pytest.mark.parametrize("unit", ["ﷺ", "1-", "2 red dresses and ", "moja na ", "🙏", "KES 1,000 "])
def test_the_steps_have_an_end(unit: str) -> None:
    text = (unit * MAX_KEPT)[:MAX_KEPT]

    dearest = [SITUATIONS[name] for name in ("one_option", "confirm", "piece")]
    assert max(calls_of(text, context) for context in dearest) < MOST_CALLS


@given(st.text(st.sampled_from("aAﷺ⑳🙏 ½1-"), max_size=2 * LONGEST))
def test_no_text_grows_as_it_is_normalised(text: str) -> None:
    assert len(normalise(text)) <= LONGEST


def test_what_comes_before_the_place_many_times_is_read() -> None:
    """A time said two thousand times over is stripped in a loop."""
    context = TurnContext(step="awaiting_delivery_address")

    understood = understand("before I send the location, " * 2000 + "is it warm?", context)

    assert understood.acts
