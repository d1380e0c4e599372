"""For whom a piece is looked for, and which of the pieces shown is for a child of that age."""

from __future__ import annotations

import math

import pytest

from dukani.agent.local_reader import understand
from dukani.agent.local_reader.learned.features import told
from dukani.agent.local_reader.learned.network import Guess
from dukani.agent.local_reader.learned.of_acts import read_of
from dukani.agent.local_reader.learned.operations import PutIn
from dukani.agent.local_reader.learned.opinion import opinions_of
from dukani.agent.local_reader.parsing.ages_by_child import (
    ages_of_children,
    with_ages_of_children,
)
from dukani.agent.local_reader.parsing.sleeves import with_sleeves_as_named
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, Option
from tests.unit.reader.shelves import sold_from

SHELF = {
    "Pleated Sundress (Ladies)": ("dress", ("navy", "peach"), ("10", "12", "14")),
    "Flower Girl Tulle Frock": ("dress", ("ivory",), ("2-3Y", "4-5Y", "8-9Y")),
    "Girls Corduroy Frock": ("dress", ("blue",), ("4-5Y", "6-7Y")),
    "Boys Denim Dungarees": ("dungarees", ("blue", "black"), ("2-3Y", "4-5Y", "8-9Y")),
    "Linen Dungarees": ("dungarees", ("white", "black"), ("38", "40", "42")),
    "Shati la Mikono Mifupi": ("shirt", ("white",), ("M", "L")),
    "Oxford Long Sleeve Shirt": ("shirt", ("white",), ("16", "17")),
}
SOLD = sold_from(SHELF)
PIECES = SOLD.pieces
EMPTY = TurnContext(sold=SOLD)
DUNGAREES = ("Boys Denim Dungarees", "Linen Dungarees")


def shown(*names: str) -> TurnContext:
    told_of = {piece.name: piece for piece in PIECES}
    options = tuple(
        Option(number=number, **told_of[name].model_dump(include=set(Option.model_fields)))
        for number, name in enumerate(names, start=1)
    )
    return TurnContext(step="products_found", options=options, sold=SOLD)


def searches(text: str) -> list[a.Search]:
    acts = understand(text, EMPTY).acts
    return [act for act in acts if isinstance(act, a.Search)]


@pytest.mark.parametrize("text", ["gauni za ladies ziko?", "do you have dresses for ladies"])
def test_ladies_is_no_part_of_a_name(text: str) -> None:
    [search] = searches(text)
    assert (search.name, search.category, search.text) == (None, "dress", "ladies")


def test_flower_girls_are_no_flowers() -> None:
    [search] = searches("do you have dresses for flower girls")
    assert (search.name, search.pattern) == ("flower girl", None)


def test_cousins_count_no_pieces_and_are_none() -> None:
    found = searches("my girl and her two cousins are in a wedding. do you have gowns?")
    assert [(act.quantity, act.text) for act in found if act.category] == [(None, None)]


@pytest.mark.parametrize(
    "text",
    ["nina wajukuu, miaka 3, 5 na 8, nataka dungarees", "dungarees for boys, ages 3, 5 and 8"],
)
def test_each_age_of_a_list_looks_for_the_kind(text: str) -> None:
    found = searches(text)
    assert [(act.category, act.age) for act in found] == [
        ("dungarees", 3),
        ("dungarees", 5),
        ("dungarees", 8),
    ]


def test_one_each_of_a_colour_leaves_open_how_many_they_are() -> None:
    [add] = understand("zote nyeusi, moja kila mmoja", shown("Boys Denim Dungarees")).acts
    assert isinstance(add, a.Add)
    assert (add.values.colour, add.values.quantity) == ("black", None)


def test_a_size_for_each_is_a_line_for_each() -> None:
    acts = understand("the linen one in black for both. 38 and 40", shown(*DUNGAREES)).acts

    adds = [act for act in acts if isinstance(act, a.Add)]
    assert [(x.target.name, x.values.colour, x.values.size) for x in adds] == [
        ("linen", "black", "38"),
        ("linen", "black", "40"),
    ]


def test_the_price_is_asked_of_what_is_praised() -> None:
    asked = understand("hiyo ya white ni nzuri sana, bei yake?", shown(*DUNGAREES)).acts
    assert asked == (a.AskPrice(target=a.Target(colour="white")),)


def test_a_colour_of_both_tells_of_no_one() -> None:
    asked = understand("hiyo ya black ni nzuri sana, bei yake?", shown(*DUNGAREES)).acts
    assert a.AskPrice() in asked


def test_jeans_are_the_denim_piece_where_no_jeans_are_shown() -> None:
    [asked] = understand("hilo la jeans bei gani?", shown(*DUNGAREES)).acts
    assert isinstance(asked, a.AskPrice)
    assert asked.target.name == "denim"


def test_jeans_are_looked_for_as_jeans() -> None:
    [asked] = understand("mna jeans?", shown(*DUNGAREES)).acts
    assert isinstance(asked, a.Search)
    assert asked.category == "jeans"


def test_what_a_shown_piece_is_to_be_like_is_not_meant() -> None:
    line = Line(
        number=1, name="Oxford Long Sleeve Shirt", colour="white", size="17", quantity=1,
        unit_price_minor=100_00, variant_id="oxford-17", product_id="Oxford Long Sleeve Shirt",
        category="shirt",
    )  # fmt: skip
    context = shown(*DUNGAREES).model_copy(update={"cart": (line,), "last_line": 1})

    [add] = understand("white, size 40 like the shirt", context).acts

    assert isinstance(add, a.Add)
    assert (add.target.category, add.values.size) == (None, "40")


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("shati nyeupe ya mikono mirefu 17", "shati nyeupe ya long sleeve 17"),
        ("a short sleeve shirt", "a mikono mifupi shirt"),
        ("shati ya mikono mifupi", "shati ya mikono mifupi"),
    ],
)
def test_sleeves_are_said_as_the_names_say_them(said: str, understood: str) -> None:
    assert with_sleeves_as_named(said, EMPTY) == understood


def test_a_guess_of_a_grown_persons_piece_for_a_child_is_dropped() -> None:
    context = shown(*DUNGAREES)
    text = "he is 8, black please"
    numbered = told(text, context, read_of(understand(text, context).acts, context)).numbered
    black, of = numbered.colours["black"], numbered.pieces
    guesses = [
        Guess(("ADD", f"p{of[name]}", f"c{black}", "AGE", "n8", "n1"), math.log(share))
        for name, share in (("Linen Dungarees", 0.7), ("Boys Denim Dungarees", 0.2))
    ]

    [opinion] = opinions_of(guesses, numbered, context)

    [put] = opinion.meant
    assert isinstance(put, PutIn)
    assert put.piece.name == "Boys Denim Dungarees"


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("dresses for my two girls, 4 and 7 years", {"younger": 4, "elder": 7}),
        ("nina watoto wawili wa kike, miaka 4 na miaka 8", {"younger": 4, "elder": 8}),
        ("for my girls, 3 years and 7 years", {"younger": 3, "elder": 7}),
        ("2 dresses, 4 and 7 pieces", {}),
    ],
)
def test_two_ages_told_together_are_the_youngers_and_the_elders(
    text: str, ages: dict[str, int]
) -> None:
    assert ages_of_children(text) == ages


def test_the_small_one_and_the_big_one_are_of_the_ages_told_before() -> None:
    known = {"younger": 4, "elder": 7}
    read = with_ages_of_children("white for the small one and pink for the older one", known)
    assert read == "white aged 4 and pink aged 7"
