"""A number that says what a pack holds points to the piece whose name has it."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Option
from tests.unit.reader.written import written


def _socks(number: int, name: str) -> Option:
    return Option(
        number=number,
        product_id=f"SK-{number}",
        sku=f"SK-{number}",
        name=name,
        category="socks",
        colours=("black", "white"),
        sizes=("ONE",),
        price_minor=60000,
    )


SHOWN = TurnContext(
    step="products_found",
    options=(_socks(1, "Ankle Socks (Single Pair)"), _socks(2, "Sports Socks - Pack of 3 Pairs")),
)


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("zile pack ya 3 pairs, black, pack moja", "add(option 2; black, x1)"),
        ("ile ya 3 pairs nyeusi", "add(option 2; black)"),
        ("the 3 pack in black", "add(option 2; black)"),
        ("ya 2", "add(option 2;)"),
        ("ankle socks 3 pairs black", "add(name ankle socks; black, x3)"),
    ],
)
def test_what_a_pack_holds_is_no_count(text: str, acts: str) -> None:
    assert written(understand(text, SHOWN).acts) == acts
