"""Children told by size or age groups: each age gets what is for its group."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import ages_of_children
from dukani.agent.local_reader.parsing.ages_by_child import with_ages_of_children

KNOWN = {"younger": 3, "middle": 5, "elder": 9}


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        (
            "they are 3, 5 and 9. green for the two small ones, pink for the big one",
            "green aged 3, green aged 5, pink aged 9",
        ),
        (
            "wana miaka 3, 5 na 9. wadogo wawili kijani na mkubwa pinki",
            "kijani aged 3, kijani aged 5, pinki aged 9",
        ),
        (
            "my girls are 3, 5 and 9, the small ones get green and the big one pink",
            "green aged 3, green aged 5, pink aged 9",
        ),
        (
            "ages 3, 5, 9: pink for the two older ones and green for the youngest",
            "pink aged 5, pink aged 9, green aged 3",
        ),
        (
            "watoto wangu ni 3, 5 na 9. mkubwa pinki, wengine kijani",
            "pinki aged 9, kijani aged 3, kijani aged 5",
        ),
        (
            "they are 9, 3 and 5. green for the small one, grey for the middle one, "
            "pink for the big one",
            "green aged 3, grey aged 5, pink aged 9",
        ),
        (
            "they are 2, 4, 7 and 9. the two small ones in green and the two big ones in pink",
            "green aged 2, green aged 4, pink aged 7, pink aged 9",
        ),
        (
            "they are 3, 5 and 9. the big one doesn't want any. green for the others",
            "green aged 3, green aged 5",
        ),
        (
            "wana miaka 3, 5 na 9. mkubwa hataki, wengine kijani",
            "kijani aged 3, kijani aged 5",
        ),
        (
            "they are 3, 5 and 9, nothing for the small one, pink for the others",
            "pink aged 5, pink aged 9",
        ),
    ],
)
def test_what_is_for_a_group_is_for_each_age_in_it(text: str, read_as: str) -> None:
    assert with_ages_of_children(text) == read_as


@pytest.mark.parametrize(
    "text",
    [
        "they are 3, 5 and 9, all in green",
        "they are 3, 5 and 9. green for the two small ones",  # nothing is told of the eldest
        "sizes 8, 10 and 12. two small ones and one big one",
        "nataka mbili ndogo na moja kubwa",
    ],
)
def test_a_group_is_not_guessed(text: str) -> None:
    assert with_ages_of_children(text) == text


def test_ages_told_before_are_of_the_groups_said_now() -> None:
    # given three ages listed in an earlier message
    assert ages_of_children("they are 5, 3 and 9") == KNOWN

    # when two are spoken of together, then each gets the words with its own age
    text = "wale wawili wadogo wavae kijani na huyu mkubwa pinki"
    assert with_ages_of_children(text, KNOWN) == "kijani aged 3, kijani aged 5, pinki aged 9"


def test_sizes_are_no_ages() -> None:
    assert ages_of_children("boys jeans 10, 12 and 14 please") == {}
