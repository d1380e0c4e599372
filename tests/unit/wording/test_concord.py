"""Colours, patterns and occasions agree with the Swahili noun they describe."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.agent.facts import Wish
from dukani.agent.wording.concord import NOUNS, in_colour
from dukani.agent.wording.wishes import missing_phrase, wish_phrase
from dukani.core.colours import COLOURS
from dukani.domain.kinds import CATEGORIES
from tests.unit.wording.samples import voice


@pytest.mark.parametrize(
    ("wish", "swahili"),
    [
        ({"category": "dress", "colour": "red"}, "gauni jekundu"),
        ({"category": "dress", "colour": "blue"}, "gauni la bluu"),
        ({"category": "dress", "colour": "gold"}, "gauni la rangi ya dhahabu"),
        ({"category": "shirt", "colour": "white"}, "shati jeupe"),
        ({"category": "coat", "colour": "black"}, "koti jeusi"),
        ({"category": "skirt", "colour": "red"}, "sketi nyekundu"),
        ({"category": "hat", "colour": "white"}, "kofia nyeupe"),
        ({"category": "trousers", "colour": "black"}, "suruali nyeusi"),
        ({"category": "skirt", "colour": "green"}, "sketi ya kijani"),
        ({"category": "shoes", "colour": "red"}, "viatu vyekundu"),
        ({"category": "shoes", "colour": "black"}, "viatu vyeusi"),
        ({"category": "shoes", "colour": "maroon"}, "viatu vya maroon"),
        ({"category": "bag", "colour": "red"}, "mkoba mwekundu"),
        ({"category": "belt", "colour": "brown"}, "mshipi wa kahawia"),
        ({"colour": "red"}, "kitu chekundu"),
        ({"occasion": "wedding"}, "kitu cha harusi"),
        ({"category": "dress", "pattern": "striped"}, "gauni lenye mistari"),
        ({"category": "shirt", "pattern": "floral"}, "shati la maua"),
        ({"category": "skirt", "pattern": "kitenge"}, "sketi ya kitenge"),
        ({"category": "kanzu", "embroidery": True}, "kanzu yenye darizi"),
        ({"category": "dress", "exclude_colour": "red"}, "gauni lisilo jekundu"),
        ({"category": "shoes", "exclude_colour": "blue"}, "viatu visivyo vya bluu"),
        ({"category": "dress", "occasion": "party", "size": "L"}, "gauni saizi L la sherehe"),
        ({"category": "skirt", "budget_max_minor": 500_000}, "sketi chini ya KES 5,000"),
        ({"category": "poncho", "colour": "red"}, "poncho nyekundu"),  # not in the lexicon
        ({}, "kitu kama hicho"),
    ],
)
def test_a_wish_is_said_back_in_swahili(wish: dict[str, Any], swahili: str) -> None:
    assert wish_phrase(Wish(**wish), voice("sw")) == swahili


@pytest.mark.parametrize(
    ("wish", "english"),
    [
        ({"category": "dress", "colour": "red"}, "a red dress"),
        ({"category": "dress", "colour": "orange"}, "an orange dress"),
        ({"category": "shoes", "colour": "black"}, "black shoes"),
        ({"category": "kanzu", "embroidery": True}, "an embroidered kanzu"),
        ({"category": "bag", "exclude_colour": "red"}, "a bag other than red"),
        ({"colour": "red", "size": "M"}, "anything red in size M"),
        ({"budget_min_minor": 100_000, "budget_max_minor": 500_000},
         "anything between KES 1,000 and KES 5,000"),
        ({"words": "spider*man"}, "anything like “spider man”"),
        ({}, "anything like that"),
    ],
)  # fmt: skip
def test_a_wish_is_said_back_in_english(wish: dict[str, Any], english: str) -> None:
    assert wish_phrase(Wish(**wish), voice("en")) == english


@pytest.mark.parametrize(
    ("dropped", "english", "swahili"),
    [
        (("colour",), "in red", "rangi nyekundu"),
        (("colour", "size"), "in red or in size M", "rangi nyekundu wala saizi M"),
        (("occasion",), "for a wedding", "kitu cha harusi"),
        (("pattern",), "striped", "kitu chenye mistari"),
        # both ends of a budget are one wish
        (("budget_min_minor", "budget_max_minor"), "between KES 1 and KES 2",
         "kitu kati ya KES 1 na KES 2"),
        (("words",), "", ""),  # never said, so never given up
    ],
)  # fmt: skip
def test_wishes_given_up_are_named(dropped: tuple[str, ...], english: str, swahili: str) -> None:
    # given
    wish = Wish(
        colour="red",
        size="M",
        occasion="wedding",
        pattern="striped",
        budget_min_minor=100,
        budget_max_minor=200,
    )

    # when
    phrases = [missing_phrase(wish, dropped, voice(language)) for language in ("en", "sw")]

    # then
    assert phrases == [english, swahili]


def test_every_category_has_a_swahili_noun() -> None:
    assert set(NOUNS) == set(CATEGORIES)


@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_can_be_said_of_a_piece(colour: str) -> None:
    assert in_colour(colour).startswith("rangi ")
