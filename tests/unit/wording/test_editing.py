"""An order being edited: each change in a line, the cart once, refusals with what there is."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.agent import facts as f
from dukani.agent.wording import word
from dukani.core.store.wearers import WornBy
from dukani.domain.acts import Language
from tests.examples import examples
from tests.unit.wording.samples import (
    ADDED,
    ADDRESS,
    IN_L,
    LINES,
    NO_RED,
    PHONE,
    REFUSALS,
    REMOVED,
    edited,
    line,
    refused,
    voice,
)

CONFIRM = f.AskConfirmation(
    lines=LINES, delivery_minor=0, total_minor=1_350_000, address=ADDRESS, phone_masked=PHONE
)
ASK_COLOUR = f.AskVariant(
    name="Amani Wrap Dress", missing="colour", choices=("maroon", "black"), price_minor=450_000
)
ASK_SIZE = f.AskVariant(
    name="Amani Wrap Dress", missing="size", choices=("S", "M"), colour="black", price_minor=450_000
)
OPEN = f.StillOpen(name="Amani Wrap Dress", colour="black")
HER_SISTER = WornBy(id="sister", relation="sister", name="Amina")
NEAREST = f.OfferNearest(
    name="Amani Wrap Dress", wanted="red", nearest="maroon", price_minor=450_000
)


def said(*facts: f.AnyFact, language: Language = "en") -> str:
    (reply,) = word(facts, voice(language))
    return reply.text


def changed(now: f.Line, before: f.Line) -> f.Change:
    return f.Change(what="changed", line=now, before=before)


@pytest.mark.parametrize(
    ("language", "change", "expected"),
    [
        ("en", ADDED, "Added: 2 × *Amani Wrap Dress* (blue, size M)"),
        ("sw", ADDED, "Nimekuwekea: 2 × *Amani Wrap Dress* (bluu, saizi M)"),
        ("en", REMOVED, "Removed: *Coast Leather Sandals* (brown, size 38)"),
        ("sw", REMOVED, "Nimeondoa: *Coast Leather Sandals* (kahawia, saizi 38)"),
        ("en", IN_L, "Changed: 2 × *Amani Wrap Dress* (blue, size L) – was size M"),
        ("sw", IN_L, "Nimebadilisha: 2 × *Amani Wrap Dress* (bluu, saizi L) – ilikuwa saizi M"),
        # one is counted where it was more before
        (
            "en",
            changed(line(quantity=1), line(quantity=3)),
            "Changed: 1 × *Amani Wrap Dress* (blue, size M) – was 3",
        ),
        (
            "sw",
            changed(line(quantity=1), line(quantity=3)),
            "Nimebadilisha: 1 × *Amani Wrap Dress* (bluu, saizi M) – zilikuwa 3",
        ),
        (
            "en",
            changed(line(colour="red", quantity=2), line(quantity=1)),
            "Changed: 2 × *Amani Wrap Dress* (red, size M) – was 1, blue",
        ),
        (
            "en",
            changed(LINES[1], line(quantity=1)),
            "Changed: *Coast Leather Sandals* (brown, size 38) – was *Amani Wrap Dress* "
            "(blue, size M)",
        ),
        # nothing else than the person has changed
        (
            "en",
            changed(line(worn_by=HER_SISTER), line()),
            "Noted: 2 × *Amani Wrap Dress* (blue, size M) are for your sister Amina",
        ),
        (
            "sw",
            changed(line(quantity=1), line(quantity=1, worn_by=HER_SISTER)),
            "Sawa: *Amani Wrap Dress* (bluu, saizi M) ni yako",
        ),
        ("en", f.Change(what="kept", line=LINES[1]), "Already in your cart: *Coast Leather"),
        ("sw", f.Change(what="kept", line=LINES[1]), "Tayari iko kwenye kikapu: *Coast Leather"),
    ],
)
def test_each_change_is_one_short_line(language: Language, change: f.Change, expected: str) -> None:
    text = said(edited(NO_RED, change), language=language)

    assert text.split("\n")[1].startswith(expected)


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("en", "3 × *Amani Wrap Dress* (blue, size M) is now 1 blue, 1 orange and 1 green"),
        ("sw", "3 × *Amani Wrap Dress* (bluu, saizi M) sasa ni bluu 1, machungwa 1 na kijani 1"),
    ],
)
def test_a_line_that_was_split_is_told_in_one_line(language: Language, parts: str) -> None:
    # given
    before = line(quantity=3)
    now = tuple(line(quantity=1, colour=colour) for colour in ("blue", "orange", "green"))

    # when
    text = said(edited(*(changed(part, before) for part in now), lines=now), language=language)

    # then
    told, *_ = text.split("\n\n")
    assert told.endswith(parts)
    assert "\n" not in told


@pytest.mark.parametrize(
    ("refusal", "en", "sw"),
    [
        (
            NO_RED,
            "We have no red in *Amani Wrap Dress*; it comes in *maroon* and *black*.",
            "*Amani Wrap Dress* haipo kwa rangi nyekundu; kuna *maroon* na *nyeusi*.",
        ),
        (
            refused("no_such_size", size="99", choices=("S", "M", "L")),
            "Size 99 is not one of the sizes of *Amani Wrap Dress*: *S*, *M* and *L*.",
            "*Amani Wrap Dress* haina saizi 99; kuna *S*, *M* na *L*.",
        ),
        (
            refused("out_of_stock", colour="red", size="M", wanted=5, left=2),
            "Only *2* of *Amani Wrap Dress* (red, size M) are left, not 5.",
            "*Amani Wrap Dress* (nyekundu, saizi M) zimebaki *2* tu, si 5.",
        ),
        (
            refused("out_of_stock", colour="red", size="M", wanted=2, left=1),
            "Only *1* of *Amani Wrap Dress* (red, size M) is left, not 2.",
            "*Amani Wrap Dress* (nyekundu, saizi M) imebaki *1* tu, si 2.",
        ),
        (
            refused("out_of_stock", colour="red", size="M", choices=("L", "XL")),
            "*Amani Wrap Dress* (red, size M) is out of stock; we have *L* and *XL*.",
            "*Amani Wrap Dress* (nyekundu, saizi M) imeisha; kuna *L* na *XL*.",
        ),
        (
            refused("below_zero", wanted=-5),
            "I can't take -5 of *Amani Wrap Dress*, so I left that as it was. How many?",
            "Siwezi kuweka *Amani Wrap Dress* -5, kwa hivyo sijabadilisha hapo. Ngapi?",
        ),
        (
            refused("not_found", name="spiderman suit"),
            "I couldn't find *spiderman suit* in our shop.",
            "Sijapata *spiderman suit* dukani kwetu.",
        ),
        (
            refused("not_in_order", name="belt"),
            "*belt* is not in your cart, so I changed nothing there.",
            "*belt* haimo kwenye kikapu chako, kwa hivyo sijabadilisha kitu.",
        ),
    ],
)
def test_a_refusal_says_why_and_what_there_is_instead(refusal: f.Change, en: str, sw: str) -> None:
    assert said(edited(refusal, lines=())).split("\n")[0] == en
    assert said(edited(refusal, lines=()), language="sw").split("\n")[0] == sw


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.reason)
def test_a_refusal_shows_the_cart_only_when_something_is_in_it(refusal: f.Change) -> None:
    assert "Your cart:\n1. " in said(edited(refusal))
    assert "Your cart" not in said(edited(refusal, lines=()))


def test_one_added_piece_keeps_the_cart_short() -> None:
    text = said(edited(ADDED))

    assert "Your cart: 3 pieces, total *KES 13,500*." in text
    assert "1. *" not in text


def test_the_cart_is_numbered_with_its_total_after_the_changes() -> None:
    # when
    changes, cart, hint = said(edited(ADDED, REMOVED, lines=LINES)).split("\n\n")

    # then
    assert changes.split("\n")[0].endswith("🛍️")
    assert [row[:3] for row in cart.split("\n")[1:-1]] == ["1. ", "2. "]
    assert cart.endswith("Total: *KES 13,500*")
    assert "*checkout*" in hint


def test_the_last_piece_removed_leaves_an_empty_cart() -> None:
    assert "Your cart is empty now." in said(edited(REMOVED, lines=()))


@pytest.mark.parametrize(
    "lists",
    [CONFIRM, f.CartShown(lines=LINES, total_minor=1_350_000), f.AskWhichLine(lines=LINES)],
    ids=lambda fact: fact.kind,
)
@pytest.mark.parametrize("changes", [(ADDED,), (REMOVED,), (ADDED, NO_RED)])
def test_an_order_that_is_listed_again_in_the_turn_is_listed_once(
    lists: f.AnyFact, changes: tuple[f.Change, ...]
) -> None:
    # when
    text = said(edited(*changes), lists)

    # then
    assert text.count("1. *Amani Wrap Dress*") == 1
    assert "Your cart" not in text.split("\n\n")[0]
    assert "what else you'd like" not in text


def test_several_edits_in_a_turn_show_the_cart_once_at_the_end() -> None:
    text = said(edited(ADDED, NO_RED), edited(REMOVED, lines=LINES[:1]))

    assert text.count("Total:") == 1
    assert "Total: *KES 9,000*" in text


@pytest.mark.parametrize("later", [ASK_SIZE, f.AskAddress(), NEAREST, CONFIRM])
def test_the_hint_gives_way_to_a_later_question(later: f.AnyFact) -> None:
    assert "*checkout*" not in said(edited(ADDED, REMOVED), later)


def test_what_a_piece_comes_in_is_said_by_the_question_about_it() -> None:
    text = said(edited(NO_RED, lines=()), ASK_COLOUR)

    assert text.startswith("We have no red in *Amani Wrap Dress*.\n\n")
    assert text.count("*maroon*") == 1


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "You also wanted the *Amani Wrap Dress* (black).\n\nWe have *S* and *M*. Which"),
        ("sw", "Ulitaka pia *Amani Wrap Dress* (nyeusi).\n\nSaizi zilizopo ni *S* na *M*."),
    ],
)
def test_what_is_still_open_is_named_once_before_its_question(
    language: Language, expected: str
) -> None:
    assert said(OPEN, ASK_SIZE, language=language).startswith(expected)


def test_a_question_about_another_piece_names_that_piece() -> None:
    other = ASK_SIZE.model_copy(update={"name": "Zuri Gown"})

    assert "*Zuri Gown* (black) – *KES 4,500*." in said(OPEN, other)


@pytest.mark.parametrize(("language", "yes"), [("en", "*yes*"), ("sw", "*ndiyo*")])
def test_the_nearest_colour_is_offered_and_taken_by_a_yes(language: Language, yes: str) -> None:
    text = said(edited(NO_RED, lines=()), NEAREST, language=language)

    assert "(maroon)" in text
    assert yes in text.split("\n")[-1]


@examples(200)
@given(
    changes=st.lists(st.sampled_from([ADDED, REMOVED, IN_L, *REFUSALS]), max_size=6),
    empty=st.booleans(),
    around=st.lists(
        st.sampled_from(
            [
                f.Introduced(),
                f.Greeted(),
                f.ShopAnswer(topic="hours", text="9-18"),
                f.LeftOut(name="X"),
            ]
        ),
        max_size=3,
    ),
    later=st.sampled_from([(), (CONFIRM,), (OPEN, ASK_SIZE), (NEAREST,), (f.AskAddress(),)]),
    language=st.sampled_from(["en", "sw"]),
)
def test_no_line_is_said_twice(
    changes: list[f.Change],
    empty: bool,
    around: list[f.AnyFact],
    later: tuple[f.AnyFact, ...],
    language: Language,
) -> None:
    # given
    order = edited(*changes, lines=() if empty else LINES)

    # when
    replies = word([*around, order, *later], voice(language))

    # then
    rows = [row for reply in replies for row in reply.text.split("\n") if row]
    sentences = [part for row in rows for part in re.split(r"(?<=[.!?]) (?=[A-Z*])", row)]
    bare = Counter(re.sub(r" 🛍️$", "", part) for part in sentences)
    assert [part for part, times in bare.items() if times > 1] == []
