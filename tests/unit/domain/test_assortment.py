"""What a boutique sells, as rules ask for it: by kind, by name, by cloth."""

from __future__ import annotations

from dukani.domain.pieces import Assortment, SoldPiece


def sold(*pieces: tuple[str, str, str]) -> Assortment:
    """Of (name, category, pattern)."""
    return Assortment(
        pieces=tuple(
            SoldPiece(product_id=name, sku=name, name=name, category=category, pattern=pattern)
            for name, category, pattern in pieces
        )
    )


def test_names_are_found_by_kind_in_the_order_of_the_shop() -> None:
    shop = sold(
        ("Zuri Dress", "dress", "plain"), ("Polo", "shirt", "plain"), ("Amani", "dress", "lace")
    )

    assert shop.names_of_kinds == {"dress": ("Zuri Dress", "Amani"), "shirt": ("Polo",)}
    assert shop.kinds_of_names[0] == ("zuri dress", "dress")
    assert shop.patterns == {"plain", "lace"}


def test_an_assortment_that_was_asked_is_still_the_same_one() -> None:
    asked, other = sold(("Polo", "shirt", "plain")), sold(("Polo", "shirt", "plain"))

    assert asked.patterns == {"plain"}

    assert asked == other
    assert "patterns" not in asked.model_dump()
