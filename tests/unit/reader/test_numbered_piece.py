"""A piece told by its number in the list is meant, also in a colour it does not come in."""

from __future__ import annotations

import asyncio

import pytest

from dukani.agent.local_reader import LocalReader
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Option
from tests.unit.reader.shelves import sold_from

SOLD = sold_from(
    {
        "Kids Raincoat": ("raincoat", ("yellow", "red"), ("36", "38", "40")),
        "Wool Poncho": ("poncho", ("grey", "black"), ("36", "38", "40")),
    }
)
SHOWN = TurnContext(
    step="products_found",
    sold=SOLD,
    options=tuple(
        Option(number=number, **piece.model_dump(include=set(Option.model_fields)))
        for number, piece in enumerate(SOLD.pieces, start=1)
    ),
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the first one in black, 40", 1),
        ("ya kwanza black size 40", 1),
        ("the second one in black, 40", 2),
    ],
)
def test_a_numbered_piece_is_no_other_for_its_colour(text: str, number: int) -> None:
    # when a colour is wished that only one of the two comes in
    understood = asyncio.run(LocalReader().read(text, SHOWN))

    # then the numbered piece is put in or told not to come in it, and never the other one
    assert [act.target.option for act in understood.acts if isinstance(act, a.Add)] == [number]
