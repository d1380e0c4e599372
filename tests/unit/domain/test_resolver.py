"""Which lines and pieces a target means: a table of what customers say."""

from __future__ import annotations

import dataclasses

import pytest

from dukani.domain.acts import Target, Values
from dukani.domain.pieces import Focus
from dukani.domain.resolver import lines_meant, pieces_meant
from dukani.domain.view import View
from tests.unit.domain.shops import line, numbered, options, pieces_of, stock_of

WRAP, MAXI, TEE, BELT, SHOES = (
    "Malaika Wrap Dress", "Malaika Maxi Dress", "Black Star Tee", "Zawadi Belt", "Bahari Sandals",
)  # fmt: skip
SOLD = [
    *stock_of(WRAP, ("black", "red"), ("S", "M", "L")),
    *stock_of(MAXI, ("black", "army green"), ("M", "L")),
    *stock_of(TEE, ("white",), ("S", "M"), kind="t-shirt"),
    *stock_of(BELT, ("brown",), ("ONE",), kind="belt"),
    *stock_of(SHOES, ("black", "brown"), ("38", "39"), kind="shoes"),
    *stock_of("Malika Dress", ("navy",), ("M",)),
]
ORDER = numbered(
    [
        line(f"{WRAP}/black/M"),
        line(f"{WRAP}/red/L", 2),
        line(f"{TEE}/white/S", kind="t-shirt"),
        line(f"{BELT}/brown/ONE", kind="belt"),
    ]
)
VIEW = View(lines=ORDER, pieces=pieces_of(SOLD))


def meant_lines(target: Target, view: View = VIEW, values: Values | None = None) -> list[int]:
    return [x.number for x in lines_meant(target, view, values=values)]


def meant_pieces(target: Target, view: View = VIEW, values: Values | None = None) -> list[str]:
    return [p.product_id for p in pieces_meant(target, view, values=values)]


@pytest.mark.parametrize(
    ("target", "numbers"),
    [
        (Target(line=2), [2]),
        (Target(line=9), []),
        (Target(line=0), []),
        (Target(name="malaika wrap"), [1, 2]),  # two of them: to be asked
        (Target(name="malaika maxi"), []),  # another piece, not in the order
        (Target(name="malika dress"), []),  # spelt as another piece of the shop
        (Target(name="malaka wrap"), [1, 2]),  # misspelt, and nothing is spelt so
        (Target(name="star tee", colour="black"), [3]),  # the colour is in its name
        (Target(category="dress"), [1, 2]),
        (Target(category="dress", colour="red"), [2]),
        (Target(category="shirt"), []),  # a T-shirt is no shirt
        (Target(category="abaya"), []),
        (Target(colour="black"), [1]),
        (Target(size="L"), [2]),
        (Target(size="one size"), [4]),
        (Target(pattern="floral"), []),
        (Target(scope="all"), [1, 2, 3, 4]),
        (Target(scope="all", category="dress"), [1, 2]),
        (Target(scope="both", category="dress"), [1, 2]),
        (Target(scope="both"), [1, 2, 3, 4]),  # both of four: to be asked
        (Target(scope="all", but=Target(category="belt")), [1, 2, 3]),
        (Target(scope="all", but=Target(category="dress")), [3, 4]),
        (Target(), [1, 2, 3, 4]),
    ],
)
def test_lines(target: Target, numbers: list[int]) -> None:
    assert meant_lines(target) == numbers


def spoken_of(number: int) -> View:
    return dataclasses.replace(VIEW, last_variant_id=ORDER[number - 1].variant_id)


@pytest.mark.parametrize(
    ("target", "last", "values", "numbers"),
    [
        (Target(), 3, None, [3]),
        (Target(pointed="it"), 3, None, [3]),
        (Target(pointed="other"), 3, None, [1, 2, 4]),
        (Target(scope="all", pointed="other"), 3, None, [1, 2, 4]),  # "the others"
        (Target(category="dress", pointed="other"), 1, None, [2]),
        # A size that is not said of a belt is of the piece that comes in it.
        (Target(), 4, Values(size="39"), [4]),
        (Target(), 4, Values(size="S"), [1, 2, 3]),
        # The dress has sizes by letter but no XXL: it is the dress, which has none.
        (Target(), 1, Values(size="XXL"), [1]),
        (Target(), 1, Values(colour="purple"), [1]),
        (Target(category="dress"), None, Values(colour="black"), [2]),  # the one not yet black
        (Target(category="dress"), None, Values(quantity=2), [1, 2]),
    ],
)
def test_lines_with_one_spoken_of(
    target: Target, last: int | None, values: Values | None, numbers: list[int]
) -> None:
    view = spoken_of(last) if last else VIEW
    assert meant_lines(target, view, values) == numbers


def test_the_other_of_two_lines() -> None:
    two = dataclasses.replace(VIEW, lines=ORDER[:2], last_variant_id=ORDER[0].variant_id)
    assert meant_lines(Target(pointed="other"), two) == [2]


@pytest.mark.parametrize(
    ("target", "ids"),
    [
        (Target(name="Malaika Wrap Dress"), [WRAP]),
        (Target(name="malaika"), [WRAP]),  # in the order, so nearer than the other Malaika
        (Target(name="malaika maxi"), [MAXI]),
        (Target(name="malika dress"), ["Malika Dress"]),  # never the Malaika dress in the order
        (Target(name="sandals"), [SHOES]),
        (Target(name="hoodie"), []),
        (Target(name="malaika kanzu"), []),
        (Target(category="shoes"), [SHOES]),
        (Target(name="black star tee"), [TEE]),
        (Target(category="t-shirt", colour="black"), [TEE]),  # by its name
        (Target(colour="green"), [MAXI]),  # army green is a green
        (Target(product_id="foreign"), []),
        (Target(line=3), [TEE]),
        (Target(line=9), []),
    ],
)
def test_pieces(target: Target, ids: list[str]) -> None:
    assert meant_pieces(target) == ids


LISTED = View(
    lines=ORDER[:1],
    lists=(options(MAXI, SHOES), options(TEE, BELT)),
    choosing=True,
    pieces=pieces_of(SOLD),
)


@pytest.mark.parametrize(
    ("target", "values", "ids"),
    [
        (Target(option=2), None, [SHOES]),
        (Target(option=3), None, []),
        (Target(option=0), None, []),
        (Target(option=-1), None, []),
        (Target(colour="black"), None, [MAXI, SHOES]),  # of the list, not the black dress ordered
        (Target(colour="brown"), None, [SHOES]),
        (Target(), None, [MAXI, SHOES]),
        (Target(), Values(size="38"), [SHOES]),
        (Target(category="belt"), None, [BELT]),  # of the list before
        (Target(name="malaika"), None, [MAXI]),  # of the list that waits for a choice
        (Target(pointed="other"), None, [MAXI, SHOES]),
    ],
)
def test_pieces_of_a_list_that_waits(target: Target, values: Values | None, ids: list[str]) -> None:
    assert meant_pieces(target, LISTED, values) == ids


def test_the_piece_in_focus_is_nearest() -> None:
    view = dataclasses.replace(LISTED, focus=Focus(product_id=WRAP))
    assert meant_pieces(Target(), view) == [WRAP]
    assert meant_pieces(Target(colour="black"), view) == [WRAP]
    assert meant_pieces(Target(option=1), view) == [MAXI]


def test_the_other_of_two_shown() -> None:
    view = dataclasses.replace(LISTED, last_product_id=MAXI)
    assert meant_pieces(Target(pointed="other"), view) == [SHOES]


def test_a_number_is_of_the_list_shown_and_not_of_an_older_question() -> None:
    assert pieces_meant(Target(option=1), LISTED, among=(TEE, BELT)) == []
    assert pieces_meant(Target(option=1), VIEW, among=(TEE, BELT))[0].product_id == TEE


def test_a_whole_name_among_those_asked_for_is_meant() -> None:
    sold = pieces_of([*SOLD, *stock_of(f"{WRAP} Long", ("black",), ("M",))])
    view = View(pieces=sold)
    assert meant_pieces(Target(name="malaika wrap dress"), view) == [WRAP]
    asked = (WRAP, f"{WRAP} Long")
    assert [p.product_id for p in pieces_meant(Target(name=WRAP), view, among=asked)] == [WRAP]


def test_of_two_pieces_of_one_name_the_colour_said_tells_which() -> None:
    black, other = pieces_of(
        [*stock_of("Amani", ("black",), ("M",)), *stock_of("A", ("red",), "M")]
    )
    view = View(pieces=(black, other.model_copy(update={"name": "Amani"})))

    assert meant_pieces(Target(name="amani"), view) == ["Amani", "A"]
    assert meant_pieces(Target(name="amani", colour="red"), view) == ["A"]


def test_the_other_one_of_a_kind_is_not_the_one_spoken_of() -> None:
    view = View(
        lists=(options(WRAP, MAXI, SHOES),),
        choosing=True,
        last_product_id=WRAP,
        pieces=pieces_of(SOLD),
    )

    assert meant_pieces(Target(category="dress"), view) == [WRAP, MAXI]
    assert meant_pieces(Target(category="dress", pointed="other"), view) == [MAXI]


def test_of_several_that_fit_those_that_come_as_wanted_are_meant() -> None:
    view = View(lists=(options(WRAP, MAXI),), choosing=True, pieces=pieces_of(SOLD))
    dress = Target(category="dress")

    assert meant_pieces(dress, view, Values(colour="red")) == [WRAP]
    assert meant_pieces(dress, view, Values(size="L")) == [WRAP, MAXI]
    assert meant_pieces(dress, view, Values(colour="pink")) == [WRAP, MAXI]  # none does
    assert meant_pieces(Target(category="dress", size="S"), view) == [WRAP]


def test_of_two_of_a_colour_the_one_made_in_the_size_is_meant() -> None:
    """The other comes in that size too, but in another colour."""
    leather, office = "Leather Belt", "Office Belt"
    sold = [
        *stock_of(leather, ("black",), ("32", "34"), kind="belt"),
        *stock_of(office, ("black",), ("36",), kind="belt"),
        *stock_of(office, ("brown",), ("34",), kind="belt"),
    ]
    view = View(lists=(options(leather, office),), choosing=True, pieces=pieces_of(sold))

    assert meant_pieces(Target(category="belt", colour="black"), view, Values(size="34")) == [
        leather
    ]
    assert meant_pieces(Target(category="belt"), view, Values(colour="black", size="34")) == [
        leather
    ]
    assert meant_pieces(Target(category="belt"), view, Values(size="34")) == [leather, office]
