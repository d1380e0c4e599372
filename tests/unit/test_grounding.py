"""Other words for a template's: what may stand in for it, and what may not."""

from __future__ import annotations

import pytest

from dukani.agent.grounding import ungrounded

NOTHING = "Nothing in *leather* under KES 3,000 right now. Shall I look for something else?"


@pytest.mark.parametrize(
    "text",
    [
        "I looked, but we have nothing in *leather* under KES 3,000 right now. Something else?",
        "Sorry dear 😊 no *leather* under KES 3,000 right now, shall I look for something else?",
        NOTHING,
    ],
)
def test_courtesy_may_be_added_and_left_out(text: str) -> None:
    assert ungrounded(text, NOTHING) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Nothing in *leather* under KES 3,500. Something else?", "added 3,500"),
        ("Nothing in *leather* right now. Something else?", "lost 3,000"),
        ("Nothing under KES 3,000. Something else?", "lost leather"),
        ("No *leather* under KES 3,000, but *suede* we have.", "added suede"),
        ("No *leather* under KES 3,000; tomorrow we get more.", "added tomorrow"),
        ("No *leather* under KES 3,000. Delivery is free!", "added free"),
        ("No *leather* under KES 3,000. See https://shop.example", "added https://shop.example"),
        ("Hakuna *leather* chini ya KES 3,000. Kesho zitaletwa.", "added kesho"),
        ("", "lost 3,000"),
        ("No *leather* under KES 3,000. " + "So sorry! " * 30, "characters"),
    ],
)
def test_figures_names_links_and_promises_are_the_templates_own(text: str, wrong: str) -> None:
    assert any(wrong in told for told in ungrounded(text, NOTHING)), ungrounded(text, NOTHING)
