"""Prices asked of pieces shown beside those ordered."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, Option, SoldPiece
from dukani.domain.steps import Step
from tests.unit.reader.shelves import sold_from
from tests.unit.reader.written import written

SOLD = sold_from(
    {
        "Beaded Clutch": ("bag", ("black", "gold"), ("ONE",)),
        "Cork Wedge Sandals": ("sandals", ("black", "tan"), ("37", "38")),
        "Greek Strap Sandals": ("sandals", ("black", "brown"), ("37", "38")),
    }
)


def shown(number: int, piece: SoldPiece) -> Option:
    return Option(
        number=number, product_id=piece.product_id, sku=piece.sku, name=piece.name,
        category=piece.category, colours=piece.colours, sizes=piece.sizes,
        price_minor=piece.price_minor or 0,
    )  # fmt: skip


def ordered(number: int, piece: SoldPiece) -> Line:
    return Line(
        number=number, sku=piece.sku, product_id=piece.product_id,
        variant_id=f"{piece.sku}-{piece.colours[0]}", name=piece.name, category=piece.category,
        colour=piece.colours[0], size=piece.sizes[0], quantity=1, unit_price_minor=100_00,
    )  # fmt: skip


@pytest.mark.parametrize("step", ["cart_updated", "awaiting_delivery_address"])
@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("zile sandals zingine ni how much?", "ask_price(option 3)"),
        ("kwanza, hizo sandals zingine za strap bei gani?", "ask_price(option 3)"),
        ("how much are the other sandals", "ask_price(option 3)"),
        ("how much are the wedge sandals", "ask_price(name wedge sandals, sandals)"),
    ],
)
def test_the_other_piece_of_a_kind_is_the_one_not_ordered(text: str, acts: str, step: Step) -> None:
    options = tuple(shown(number, piece) for number, piece in enumerate(SOLD.pieces, start=1))
    cart = (ordered(1, SOLD.pieces[1]), ordered(2, SOLD.pieces[0]))
    context = TurnContext(step=step, sold=SOLD, options=options, cart=cart, last_line=2)

    assert written(understand(text, context).acts) == acts
