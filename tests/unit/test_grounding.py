"""Other words for a template's: what may stand in for it, and what may not."""

from __future__ import annotations

import pytest

from dukani.agent.grounding import ungrounded
from tests.rewordings import HONEST, SMUGGLED, Reworded

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
    assert ungrounded(text, NOTHING, "en") == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Nothing in *leather* under KES 3,500. Something else?", "added 3,500"),
        ("Nothing in *leather* right now. Something else?", "lost 3,000"),
        ("Nothing in *leather* under TZS 3,000 right now.", "added tzs"),
        ("Nothing in *leather* over KES 3,000 right now.", "added over"),
        ("Nothing under KES 3,000. Something else?", "lost *leather*"),
        ("No leather under KES 3,000. Something else?", "lost *leather*"),
        ("Just *leather* under KES 3,000. Something else?", "denies something else"),
        ("No *leather* under KES 3,000, but *suede* we have.", "added *suede*"),
        ("No *leather* under KES 3,000; tomorrow we get more.", "added tomorrow"),
        ("No *leather* under KES 3,000. Delivery is free!", "added free"),
        ("No *leather* under KES 3,000. See https://shop.example", "added https://shop.example"),
        ("No *leather* under KES 3,000. See so.me", "added so.me"),
        ("Hakuna *leather* chini ya KES 3,000. Kesho zitaletwa.", "added kesho"),
        ("", "lost 3,000"),
        ("No *leather* under KES 3,000. " + "So sorry! " * 30, "characters"),
    ],
)
def test_the_reason_names_what_was_added_or_lost(text: str, wrong: str) -> None:
    told = ungrounded(text, NOTHING, "en")
    assert any(wrong in reason for reason in told), told


@pytest.mark.parametrize("honest", HONEST, ids=lambda honest: honest.text[:30])
def test_honest_words_of_both_languages_pass(honest: Reworded) -> None:
    assert ungrounded(honest.text, honest.template, honest.language) == []


@pytest.mark.parametrize("smuggled", SMUGGLED, ids=lambda smuggled: smuggled.text[-30:])
def test_whatever_is_smuggled_in_is_found(smuggled: Reworded) -> None:
    assert ungrounded(smuggled.text, smuggled.template, smuggled.language)


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("Hello Free! 😊 What would you like to see?", True),
        ("Hey, Free, what would you like to see?", True),
        ("Hi! What would you like to see? It's free.", False),
        ("Hi free for you! What would you like to see?", False),
        ("It's free! What would you like to see?", False),
    ],
)
def test_a_customers_name_stays_a_name(text: str, passes: bool) -> None:
    template = "Hi Free! 😊 What would you like to see?"
    assert (ungrounded(text, template, "en", name="Free") == []) is passes


@pytest.mark.parametrize("honest", HONEST, ids=lambda honest: honest.text[:30])
def test_a_template_may_be_sent_as_it_is(honest: Reworded) -> None:
    assert ungrounded(honest.template, honest.template, honest.language) == []
