"""Whole messages that take up what was left, or not now."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import takes_up


@pytest.mark.parametrize(
    "text",
    ["nataka", "Bado nataka!", "I still want it", "endelea", "naitaka hiyo", "I'll take it",
     "let's finish my order", "ndio nataka kununua", "tuendelee na order tafadhali"],
)  # fmt: skip
def test_a_yes_in_so_many_words(text: str) -> None:
    assert takes_up(text) == "yes"


@pytest.mark.parametrize("text", ["later", "not now", "Sio sasa", "baadaye kidogo", "kesho asante"])
def test_another_time(text: str) -> None:
    assert takes_up(text) == "later"


@pytest.mark.parametrize(
    "text",
    ["", "👍", "yes", "I want it in red", "nataka mbili", "sitaki", "I don't want it",
     "not interested", "continue looking for hats", "deliver it tomorrow"],
)  # fmt: skip
def test_everything_else_is_the_readers(text: str) -> None:
    assert takes_up(text) is None
