"""Edits of pieces whose owner only a pronoun tells, or that she asks for herself beside others."""

from __future__ import annotations

import pytest

from dukani.domain import acts as a
from tests.unit.reader.test_lines_of_persons import FATHER, SISTER, context, heard, line, wearers

SISTERS_PAIR = context(
    line(1, "Wool Poncho", "grey", "40"),
    line(2, "Linen Waistcoat", "brown", "50"),
    line(3, "Wool Poncho", "brown", "38", SISTER),
    line(4, "Striped Scarf", "red", "ONE", SISTER),
)
ONLY_FATHERS = context(line(1, "Wool Poncho", "grey", "42", FATHER))
A_CHILDS = context(line(1, "Kids Raincoat", "yellow", "6-7Y"))
HERS_AND_MINE = context(
    line(1, "Wool Poncho", "grey", "40", SISTER), line(2, "Wool Poncho", "black", "38")
)


@pytest.mark.parametrize(
    "text",
    [
        "ameamua hachukui poncho, toa yake abaki na scarf tu",
        "she won't take the poncho, just the scarf",
        "dada hataki poncho tena, abaki na scarf pekee",
        "she'll only keep the scarf",
        "dada atachukua scarf tu",
        "remove her poncho",
        "toa poncho yake",
        "my sister doesn't want her poncho anymore",
    ],
)
def test_only_the_piece_of_the_person_spoken_of_goes(text: str) -> None:
    assert heard(text, SISTERS_PAIR) == [a.Remove(target=a.Target(line=3))]


@pytest.mark.parametrize("text", ["toa poncho yangu", "remove my poncho"])
def test_only_ones_own_piece_goes(text: str) -> None:
    assert heard(text, SISTERS_PAIR) == [a.Remove(target=a.Target(line=1))]


def test_what_the_customer_keeps_is_no_other_persons() -> None:
    [removal] = heard("nibaki na scarf tu", SISTERS_PAIR)

    assert isinstance(removal, a.Remove) and removal.target.scope == "all"


@pytest.mark.parametrize(
    "text",
    [
        "na mimi nipe ya black 40",
        "mimi nataka black 40",
        "me i want black 40",
        "I'll take black 40 for myself",
        "na yangu iwe black 40",
    ],
)
def test_what_she_asks_for_herself_changes_no_other_persons_line(text: str) -> None:
    [added] = heard(text, ONLY_FATHERS)

    assert isinstance(added, a.Add)
    assert (added.values.colour, added.values.size) == ("black", "40")
    assert wearers(text, ONLY_FATHERS) == [(None, None)]


@pytest.mark.parametrize(
    "text", ["mimi nataka iwe black 40", "nipe ya black badala ya grey", "badilisha iwe black 40"]
)
def test_a_change_of_anothers_line_stays_a_change(text: str) -> None:
    [change] = heard(text, ONLY_FATHERS)

    assert isinstance(change, a.Set) and change.change


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("na ya mdogo wake 4-5Y, rangi hiyo hiyo", "mdogo wake"),
        ("and his brother 4-5Y, same colour", "his brother"),
        ("na ya dadake 4-5Y rangi ileile", "dadake"),
    ],
)
def test_a_siblings_piece_is_one_more_of_that_colour(text: str, who: str) -> None:
    [added] = heard(text, A_CHILDS)

    assert isinstance(added, a.Add)
    assert (added.values.colour, added.values.size) == ("yellow", "4-5Y")
    assert wearers(text, A_CHILDS) == [("someone", who)]


@pytest.mark.parametrize("text", ["iwe 4-5Y, rangi hiyo hiyo", "ni kubwa, yake iwe 4-5Y"])
def test_the_childs_own_size_is_a_change(text: str) -> None:
    [change] = heard(text, A_CHILDS)

    assert isinstance(change, a.Set)


@pytest.mark.parametrize(
    "text", ["add a red striped scarf, she has a school play", "na yeye ongezea scarf ya red"]
)
def test_a_piece_is_put_in_for_whom_a_pronoun_means(text: str) -> None:
    assert wearers(text, SISTERS_PAIR) == [("sister", None)]


@pytest.mark.parametrize("text", ["add a red striped scarf, she said", "ongeza scarf ya red"])
def test_without_such_words_nobody_is_meant(text: str) -> None:
    assert wearers(text, SISTERS_PAIR) == []


@pytest.mark.parametrize(
    "text",
    [
        "niko na dadangu. mimi nataka wool poncho grey 40, yeye linen waistcoat brown 50",
        "mimi nipe wool poncho grey 40 na dada linen waistcoat brown 50",
        "I want the wool poncho grey 40, my sister linen waistcoat brown 50",
    ],
)
def test_two_who_order_together_get_each_their_own(text: str) -> None:
    assert wearers(text, context()) == [(None, None), ("sister", None)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("dada amesema hataki. hiyo yake toa uweke linen waistcoat brown 50", 1),
        ("toa ya dada uweke linen waistcoat brown 50", 1),
        ("replace hers with the linen waistcoat brown 50", 1),
        ("hiyo yangu toa uweke linen waistcoat brown 50", 2),
    ],
)
def test_the_persons_piece_is_swapped(text: str, number: int) -> None:
    [swap] = heard(text, HERS_AND_MINE)

    assert isinstance(swap, a.Substitute) and swap.target == a.Target(line=number)
    assert (swap.values.colour, swap.values.size) == ("brown", "50")
