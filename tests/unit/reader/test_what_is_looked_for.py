"""Which piece a question is about, in a shop of kinds within kinds, lengths and months."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Option
from tests.unit.reader.shelves import sold_from

SHELF = {
    "Oxford Leather Official Shoes": ("shoes", ("black", "brown"), ("41", "42")),
    "Suede Loafers": ("shoes", ("navy",), ("41", "42")),
    "Gumboots za Watoto": ("shoes", ("yellow", "red"), ("28", "30")),
    "Kids Raincoat": ("coat", ("red",), ("S", "M")),
    "Kitenge Wax (yadi 6)": ("kitenge", ("blue", "orange"), ("ONE",)),
    "Kitenge Java (yadi 4)": ("kitenge", ("purple",), ("ONE",)),
    "Gauni la Kitenge Mermaid": ("dress", ("blue",), ("M", "L")),
    "Fleece Sleepsuit": ("romper", ("blue", "cream"), ("0-3M", "3-6M", "6-12M")),
    "Watoto Football Kit": ("jersey", ("red",), ("4-5Y", "6-7Y")),
    "Knitted Baby Cardigan": ("cardigan", ("cream",), ("0-6M", "6-12M")),
}
SOLD = sold_from(SHELF)
PIECES = SOLD.pieces


def shown(*names: str, looks: bool = False) -> TurnContext:
    """The pieces shown; `looks`: the first is spoken of."""
    told = {piece.name: piece for piece in PIECES}
    options = tuple(
        Option(number=number, **told[name].model_dump(include=set(Option.model_fields)))
        for number, name in enumerate(names, start=1)
    )
    step = "products_found" if names else "start"
    return TurnContext(step=step, options=options, focus=options[0] if looks else None, sold=SOLD)


def search(text: str, context: TurnContext) -> a.Search:
    [found] = [act for act in understand(text, context).acts if isinstance(act, a.Search)]
    return found


@pytest.mark.parametrize("text", ["loafers je?", "what about the loafers", "na loafers?"])
def test_a_kind_that_no_shown_piece_is_called_is_looked_for(text: str) -> None:
    found = search(text, shown("Oxford Leather Official Shoes", looks=True))
    assert (found.name, found.category) == ("loafers", "shoes")


@pytest.mark.parametrize("text", ["mna kitenge dress?", "do you have a kitenge dress"])
def test_a_dress_of_a_cloth_is_no_cloth(text: str) -> None:
    found = search(text, shown())
    assert (found.name, found.category) == ("kitenge", "dress")


def test_the_cloth_itself_is_found_by_its_word() -> None:
    assert search("mna vitenge?", shown()).category == "kitenge"


@pytest.mark.parametrize("text", ["do you stock kids gumboots", "do you have gumboots for kids"])
def test_whom_a_kind_is_for_does_not_hide_the_kind(text: str) -> None:
    assert search(text, shown()).name == "gumboots"


def test_which_ones_there_are_is_no_wish_for_cheaper_ones() -> None:
    acts = understand("which ones do you have", shown("Suede Loafers")).acts
    assert not any(isinstance(act, a.Search) and act.cheaper for act in acts)


def test_a_length_in_a_name_is_no_count() -> None:
    [asked] = understand(
        "how much is the wax one, the 6 yards",
        shown("Kitenge Java (yadi 4)", "Kitenge Wax (yadi 6)"),
    ).acts
    assert isinstance(asked, a.AskPrice) and asked.quantity is None
    assert asked.target.name == "wax"


@pytest.mark.parametrize("text", ["mtoto ana miezi minne", "she is 4 months old"])
def test_months_are_the_size_of_the_piece_in_view_that_holds_them(text: str) -> None:
    [told] = understand(text, shown("Fleece Sleepsuit", looks=True)).acts
    assert isinstance(told, a.Set) and told.values.size == "3-6M"


@pytest.mark.parametrize(
    "text",
    [
        "nataka kitenge ya me na ya daughter yangu, ako 6yrs",
        "kitenge for me and for my girl, 6 years",
    ],
)
def test_what_is_for_herself_too_is_looked_for_in_her_sizes(text: str) -> None:
    found = [act for act in understand(text, shown()).acts if isinstance(act, a.Search)]
    assert [act.age for act in found] == [None, 6]


def test_words_that_only_names_of_the_shop_have_are_looked_for() -> None:
    assert search("I coach a team. Do you have football kits?", shown()).name == "football kit"


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("what do you have for little girls?", "girls"),
        ("Hi there, what do you have for little girls? I have three nieces", "girls"),
        ("nguo za wasichana wadogo", "wasichana"),
        ("anything for kids?", "kids"),
        ("something for my two boys", "boys"),
        ("mna nini kwa wanaume?", "wanaume"),
        ("looking for a gift for my dad", None),
    ],
)
def test_what_there_is_for_somebody_is_looked_for(text: str, whom: str | None) -> None:
    found = search(text, shown())
    assert (found.category, found.name, found.text) == (None, None, whom)


@pytest.mark.parametrize("text", ["this is for my daughter", "hello, my husband told me to buy"])
def test_somebody_told_of_is_no_wish_to_see_something(text: str) -> None:
    assert not any(isinstance(act, a.Search) for act in understand(text, shown()).acts)


def test_a_boy_of_an_age_is_a_boy() -> None:
    found = search("is there something for a boy of 7?", shown())
    assert (found.age, found.text) == (7, "boy")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("loafers na gumboots", ["loafers", "gumboots"]),
        ("do you have loafers and sandals", ["loafers", "sandals"]),
        ("viatu na loafers", ["loafers"]),
    ],
)
def test_two_kinds_of_a_category_are_two_searches(text: str, kinds: list[str]) -> None:
    found = [act for act in understand(text, shown()).acts if isinstance(act, a.Search)]
    assert [act.text or act.name for act in found] == kinds


def test_a_childs_of_the_same_kind_is_another_search() -> None:
    text = "naomba kuona viatu vya suede na viatu vya mtoto wa miaka 6"
    found = [act for act in understand(text, shown()).acts if isinstance(act, a.Search)]
    assert [(act.name, act.category, act.age) for act in found] == [
        ("suede", "shoes", None),
        (None, "shoes", 6),
    ]


def test_what_is_told_of_the_weather_is_no_complaint() -> None:
    acts = understand("hi, it has rained nonstop this week. gumboots?", shown()).acts
    assert [act.kind for act in acts] == ["search"]


def test_give_me_the_price_asks_for_no_discount() -> None:
    [asked] = understand("nipe bei ya loafers", shown()).acts
    assert isinstance(asked, a.AskPrice) and not asked.discount


def test_anything_for_a_child_is_looked_for_beside_what_is_shown() -> None:
    found = search("And is there something for a boy of 7?", shown("Watoto Football Kit"))
    assert (found.age, found.text) == (7, "boy")
