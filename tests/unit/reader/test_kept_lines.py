"""Which lines stay where only some are kept: by the word said, by size, and by several words."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.agent.local_reader.learned.effect import effect_of
from dukani.agent.local_reader.learned.of_acts import read_of
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Assortment, Line, SoldPiece


def sold(sku: str, name: str, category: str, colours: str, sizes: str) -> SoldPiece:
    return SoldPiece(
        product_id=sku, sku=sku, name=name, category=category, colours=tuple(colours.split(", ")),
        sizes=tuple(sizes.split(", ")), price_minor=100_000,
    )  # fmt: skip


JEANS = sold("jeans", "Y2K Baggy Jeans", "trousers", "blue, black", "32, 34")
PANTS = sold("pants", "Parachute Pants", "trousers", "black", "M, L")
CAP = sold("cap", "NY Baseball Cap", "hat", "black, beige", "ONE")
SHOES = sold("shoes", "Doll Shoes (Flats)", "shoes", "black", "37, 39")
PIECES = (JEANS, PANTS, CAP, SHOES)


def line(number: int, piece: SoldPiece, colour: str, size: str) -> Line:
    return Line(
        number=number, name=piece.name, colour=colour, size=size, quantity=1,
        unit_price_minor=piece.price_minor, variant_id=f"{piece.sku}-{colour}-{size}",
        product_id=piece.product_id, sku=piece.sku, category=piece.category,
    )  # fmt: skip


ORDER = TurnContext(
    step="cart_updated",
    cart=(
        line(1, JEANS, "blue", "34"),
        line(2, CAP, "black", "ONE"),
        line(3, CAP, "beige", "ONE"),
        line(4, PANTS, "black", "L"),
        line(5, SHOES, "black", "37"),
        line(6, SHOES, "black", "39"),
    ),
    sold=Assortment(
        pieces=PIECES,
        names=tuple(piece.name for piece in PIECES),
        categories=("trousers", "hat", "shoes"),
        colours=("blue", "black", "beige"),
        sizes=("32", "34", "M", "L", "37", "39"),
    ),
)


@pytest.mark.parametrize(
    ("text", "stay"),
    [
        ("keep only the jeans", {1}),
        ("nibakishie jeans pekee", {1}),
        ("keep only the jeans and the black cap", {1, 2}),
        ("bakisha jeans na cap nyeusi tu", {1, 2}),
        ("bakisha jeans na viatu vya namba 39 tu", {1, 6}),
        ("keep only the parachute pants, we will get the shoes in April", {4}),
    ],
)
def test_only_what_is_called_stays(text: str, stay: set[int]) -> None:
    acts = understand(text, ORDER).acts
    lines = effect_of(read_of(acts, ORDER).operations(), ORDER)
    assert {one.number for one in ORDER.cart if lines.get(told(one))} == stay


def told(one: Line) -> tuple[str, str, str]:
    return one.product_id, one.colour, one.size
