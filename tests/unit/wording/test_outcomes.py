"""What a turn came to is read from the facts it told."""

from __future__ import annotations

import pytest

from dukani.agent.facts import (
    AskConfirmation,
    Fact,
    Greeted,
    NothingFound,
    OffTopic,
    OptionsShown,
    PieceOutOfStock,
    ShopAnswer,
    Unclear,
    Wish,
)
from dukani.agent.facts.shop import ZoneFee
from dukani.agent.outcomes import Outcome, outcome_of

TOTAL = AskConfirmation(
    lines=(), delivery_minor=0, total_minor=450000, address="Kilimani", phone_masked="+2547…"
)


def test_a_total_that_is_shown_is_of_a_cart_of_pieces_that_were_shown() -> None:
    found = outcome_of([TOTAL])

    assert (found.replied, found.shown, found.in_cart, found.quoted) == (True,) * 4


def test_a_greeting_shows_nothing() -> None:
    assert outcome_of([Greeted()]) == Outcome(replied=True)


def test_a_turn_without_a_fact_has_no_reply() -> None:
    assert outcome_of([], by_person=True) == Outcome(with_person=True)


@pytest.mark.parametrize(
    ("fact", "words", "kind", "subject"),
    [
        (NothingFound(wish=Wish(category="swimsuit", colour="Red")), "", "piece", "red swimsuit"),
        (OptionsShown(options=(), wish=Wish(category="dress", size="14"), dropped=("size",)), "",
         "size", "dress 14"),
        (OptionsShown(options=(), wish=Wish(category="dress", colour="teal"), dropped=("colour",)),
         "", "colour", "dress teal"),
        (PieceOutOfStock(name="Amani", size="L"), "", "stock", "amani l"),
        (ShopAnswer(topic="delivery", place="  Thika "), "", "delivery", "thika"),
        (ShopAnswer(topic="returns"), "", "question", "returns"),
        (OffTopic(), "Do you do ALTERATIONS?", "words", "do you do alterations"),
        (Unclear(step="start"), "dera iko?", "words", "dera iko"),
    ],
)  # fmt: skip
def test_what_was_not_granted_is_a_wish(fact: Fact, words: str, kind: str, subject: str) -> None:
    (wish,) = outcome_of([fact], words=words).unmet

    assert (wish.kind, wish.subject) == (kind, subject)


@pytest.mark.parametrize(
    "fact",
    [
        OptionsShown(options=(), wish=Wish(category="dress", size="14")),
        ShopAnswer(topic="delivery", place="Thika", zone=ZoneFee(name="Thika", fee_minor=300)),
        ShopAnswer(topic="delivery", place="Thika", fee_minor=300),
        ShopAnswer(topic="returns", returns_days=7),
        # Nobody says such a thing twice alike.
        Unclear(step="start"),
    ],
)
def test_what_was_answered_is_no_wish(fact: Fact) -> None:
    words = "I was thinking that maybe, if you have time, we could talk about it all"

    assert outcome_of([fact], words=words).unmet == ()


def test_the_same_wish_twice_in_a_turn_is_one() -> None:
    fact = NothingFound(wish=Wish(category="swimsuit"))

    assert len(outcome_of([fact, fact]).unmet) == 1


@pytest.mark.parametrize("words", ["0712345678", "QGH7X1Y2Z3 confirmed", "254 712345678 ni yangu"])
def test_a_number_that_is_not_understood_is_no_wish(words: str) -> None:
    assert outcome_of([Unclear(step="start")], words=words).unmet == ()


def test_a_size_in_words_that_are_not_understood_is_kept() -> None:
    (wish,) = outcome_of([Unclear(step="start")], words="zibunzi size 42 iko").unmet

    assert wish.subject == "zibunzi size 42 iko"
