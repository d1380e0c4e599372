"""What the network is told of prices and sizes: the dearest, the smallest, what costs as said."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader.learned.numbered import Weighted
from dukani.agent.local_reader.learned.standing_out import (
    by_price,
    by_price_and_size,
    priced_at,
)
from dukani.agent.local_reader.learned.vocabulary import FEATURE
from dukani.agent.local_reader.parsing.message import tokens_as_said
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, SoldPiece

NAMES = {number: name for name, number in FEATURE.items()}


def names(told: Weighted) -> set[str]:
    return {NAMES[feature] for feature, _ in told}


def sold(name: str, price: int) -> SoldPiece:
    return SoldPiece(product_id=name, sku=name, name=name, category="bag", price_minor=price * 100)


def line(size: str, price: int = 900, category: str = "dress") -> Line:
    return Line(
        number=1, name="", colour="red", size=size, quantity=1, category=category,
        unit_price_minor=price * 100,
    )  # fmt: skip


TOTE, KIONDO, CLUTCH = sold("tote", 950), sold("kiondo", 2_000), sold("clutch", 1_500)


def test_the_dearest_and_the_cheapest_piece_stand_out() -> None:
    pieces = (TOTE, KIONDO, CLUTCH)
    told = [names(by_price(piece, pieces)) for piece in pieces]
    assert told == [{"cheapest"}, {"dearest"}, set()]


def test_nothing_stands_out_among_pieces_of_one_price() -> None:
    assert by_price(TOTE, (TOTE, sold("other", 950))) == []


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        (("S", "XL", "M"), [{"smallest"}, {"largest"}, set()]),
        (("3-6M", "2-3Y"), [{"smallest"}, {"largest"}]),
        (("38", "42"), [{"smallest"}, {"largest"}]),
        (("M", "M"), [set(), set()]),
    ],
)
def test_the_largest_and_the_smallest_line_stand_out(
    sizes: tuple[str, ...], told: list[set[str]]
) -> None:
    lines = [line(size) for size in sizes]
    assert [names(by_price_and_size(one, lines)) for one in lines] == told


def test_sizes_of_different_kinds_are_not_compared() -> None:
    shoe, dress = line("41", category="shoes"), line("M")
    assert by_price_and_size(shoe, [shoe, dress]) == []


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("hiyo ya 950", {"tote"}),
        ("the 1,500 one", {"clutch"}),
        ("ile ya 2k", {"kiondo"}),
        ("ya elfu mbili", {"kiondo"}),
        ("nataka 2", set()),
        ("house 951", set()),
    ],
)
def test_a_price_said_tells_what_costs_as_much(text: str, pieces: set[str]) -> None:
    tokens = tokens_as_said(text, TurnContext())
    fitting = priced_at(tokens, (TOTE, KIONDO, CLUTCH), "KES")
    assert {one for costing in fitting.values() for one in costing} == pieces
