"""Small shops for one table of tests, told as a shelf: name → kind, colours, sizes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dukani.agent.local_reader.learned.effect import effect_of
from dukani.agent.local_reader.learned.of_acts import read_of
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Assortment, Line, SoldPiece

Shelf = Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]]


def sold_from(shelf: Shelf) -> Assortment:
    """What such a shop sells; a name is product id and SKU at once."""
    pieces = tuple(
        SoldPiece(
            product_id=name, sku=name, name=name, category=kind, colours=colours, sizes=sizes,
            price_minor=100_00,
        )
        for name, (kind, colours, sizes) in shelf.items()
    )  # fmt: skip
    return Assortment(
        pieces=pieces,
        names=tuple(shelf),
        categories=tuple(dict.fromkeys(piece.category for piece in pieces)),
        colours=tuple(dict.fromkeys(colour for piece in pieces for colour in piece.colours)),
        sizes=tuple(dict.fromkeys(size for piece in pieces for size in piece.sizes)),
    )


def ordered(shelf: Shelf, *told: str) -> tuple[Line, ...]:
    """Lines told like `2 Knit Gloves/black/ONE`."""
    return tuple(_line(shelf, number, one) for number, one in enumerate(told, start=1))


def _line(shelf: Shelf, number: int, told: str) -> Line:
    quantity, _, variant = told.partition(" ")
    name, colour, size = variant.split("/")
    return Line(
        number=number, name=name, colour=colour, size=size, quantity=int(quantity),
        unit_price_minor=100_00, variant_id=variant, product_id=name, sku=name,
        category=shelf[name][0],
    )  # fmt: skip


def lines_after(acts: Sequence[a.Act], context: TurnContext) -> set[str]:
    """The order's lines once the acts are done, told alike."""
    lines = effect_of(read_of(acts, context).operations(), context)
    return {f"{count} {'/'.join(line)}" for line, count in lines.items()}
