"""Small shops for one table of tests, told as a shelf: name → kind, colours, sizes."""

from __future__ import annotations

from collections.abc import Mapping

from dukani.domain.pieces import Assortment, SoldPiece

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
