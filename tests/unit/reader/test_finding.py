"""Pieces asked for by everyday names, by length or cloth, and beside the one just offered."""

from __future__ import annotations

import asyncio

import pytest

from dukani.agent.local_reader import LocalReader, understand
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Option
from dukani.domain.questions import Asked
from tests.unit.reader.shelves import lines_after, sold_from
from tests.unit.reader.written import written

SHELF = {
    "Cropped Linen Top": ("top", ("white", "black", "rust"), ("S", "M", "L")),
    "Boxy Printed Tee": ("top", ("white", "black"), ("M", "L", "XL")),
    "Suede Mini Skirt": ("skirt", ("black", "rust"), ("8", "10")),
    "Crepe Maxi Skirt": ("skirt", ("black", "blue"), ("10", "12")),
    "Kids Hockey Kit": ("set", ("red", "blue"), ("4-5Y", "6-7Y")),
    "Rope Chain": ("necklace", ("gold",), ("18in", "20in")),
    "Tweed Dress": ("dress", ("navy", "black"), ("18", "20")),
    "Kitenge Hollandis (yadi 6)": ("kitenge", ("orange", "blue"), ("ONE",)),
    "Suruali ya Kitambaa (Wanaume)": ("trousers", ("navy", "grey"), ("32", "34")),
    "Plaited Belt": ("belt", ("black", "brown"), ("ONE",)),
}
SOLD = sold_from(SHELF)
PIECES = {piece.name: piece for piece in SOLD.pieces}
START = TurnContext(sold=SOLD)


def shown(*names: str, looked_at: str | None = None, asked: Asked | None = None) -> TurnContext:
    options = tuple(
        Option(number=number, **PIECES[name].model_dump(include=set(Option.model_fields)))
        for number, name in enumerate(names, start=1)
    )
    focus = next((one for one in options if one.name == looked_at), None)
    return TurnContext(
        step="products_found", options=options, focus=focus, question=asked, sold=SOLD
    )


SKIRTS = shown("Suede Mini Skirt", "Crepe Maxi Skirt")
OFFERED = shown("Crepe Maxi Skirt", looked_at="Crepe Maxi Skirt", asked="take_it")


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("hockey kits for kids?", "search(name hockey, text kits)"),
        ("hi, kids hockey kits?", "search(name kids hockey, text kits)"),
        ("sportswear for a boy of 6", "search(age 6, occasion gym)"),
        ("mna activewear?", "search(occasion gym)"),
        ("printed tees mnazo?", "search(category top, pattern graphic)"),
        ("tisheti zipo?", "search(category top)"),  # the shop files its tee there
        ("a dress, size 20 in navy", "search(category dress, colour navy, size 20)"),
        ("necklace 20 in gold", "search(category necklace, colour gold, size 20in)"),
        ("mkufu wa inchi 18", "search(category necklace, size 18in)"),
        ("mna kitambaa cha orange?", "search(category kitenge, colour orange)"),
        ("suruali za kitambaa mnazo?", "search(name suruali kitambaa, category trousers)"),
        (
            "tweed dress 18, kama mnayo ya navy itakuwa vizuri sana",
            "add(name tweed dress, dress; navy, 18)",
        ),
    ],
)  # fmt: skip
def test_it_is_looked_for(text: str, acts: str) -> None:
    assert written(understand(text, START).acts) == acts


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("bei ya ile ndefu", "ask_price(name maxi)"),
        ("how much is the short one", "ask_price(name mini)"),
        ("nipe ile fupi ya black 8", "add(name mini, black; black, 8)"),
        ("what sizes is the suede one", "ask_stock(name suede;)"),
        ("which colours does the second come in", "ask_stock(option 2;)"),
        ("the crepe one, which colours?", "ask_stock(name crepe;)"),
        ("what size should i take in the suede one", "ask_size(name suede)"),
        ("the second one is too long", "ask_size(option 2)"),
    ],
)
def test_one_of_the_pieces_shown_is_asked_about(text: str, acts: str) -> None:
    assert written(understand(text, SKIRTS).acts) == acts


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("blue 12 bado iko au imeisha", "ask_stock(; blue, 12)"),
        ("ya blue mnayo ama haipo", "ask_stock(; blue)"),
        ("size 12 ya blue ipo or out of stock", "ask_stock(; blue, 12)"),
        ("nipe blue 12", "add(blue; blue, 12)"),
    ],
)
def test_whether_it_is_left_is_asked_and_orders_nothing(text: str, acts: str) -> None:
    assert written(understand(text, OFFERED).acts) == acts


@pytest.mark.parametrize(
    "text",
    [
        "ok I'll take that one, plus a brown belt", "nachukua hiyo, na belt ya brown",
        "nipatie hiyo na belt ya brown", "yes and a brown belt", "ndio, niwekee na belt ya brown",
        "I'll take it and a brown belt",
    ],
)  # fmt: skip
def test_what_is_offered_is_put_in_beside_what_is_named(text: str) -> None:
    offered, belt = written(understand(text, OFFERED).acts).split(" + ")
    assert offered == "add(it;)"
    assert belt.startswith(("add(belt", "search(category belt"))


@pytest.mark.parametrize("text", ["give me that belt in brown", "I'd like a brown belt"])
def test_another_piece_alone_leaves_the_offer_open(text: str) -> None:
    assert "add(it;)" not in written(understand(text, OFFERED).acts)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("nipatie white 3 size M", {"3 Cropped Linen Top/white/M"}),
        ("three white L and one black M", {
            "3 Cropped Linen Top/white/L", "1 Cropped Linen Top/black/M",
        }),
        ("nataka mbili black M", {"2 Cropped Linen Top/black/M"}),
    ],
)  # fmt: skip
def test_values_without_a_name_are_of_the_piece_looked_at(text: str, lines: set[str]) -> None:
    # given "linen tops?" was answered by that top first, and by a tee behind it
    given = shown(
        "Cropped Linen Top", "Boxy Printed Tee", looked_at="Cropped Linen Top", asked="take_it"
    )

    # when values alone are told
    acts = asyncio.run(LocalReader().read(text, given)).acts

    # then they are of the top
    assert lines_after(acts, given) == lines


@pytest.mark.parametrize(
    "text",
    [
        "nguo ziko moto, nataka crepe maxi skirt blue 12 na belt ya brown",
        "your clothes are hot! I want the crepe maxi skirt in blue 12 and a brown belt",
        "nguo zenu ni kali sana, nipe crepe maxi skirt blue 12 na belt ya brown",
    ],
)
def test_praise_of_the_shop_keeps_nothing_from_being_put_in(text: str) -> None:
    acts = written(understand(text, START).acts).split(" + ")
    assert [act.partition("(")[0] for act in acts] == ["add", "add"]
    assert "blue, 12" in acts[0]
