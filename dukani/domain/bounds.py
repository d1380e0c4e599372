"""Limits the quantity of a variant by stock and by order size, and asks for an alternative."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dukani.core.store.products import Variant
from dukani.domain.acts import Add, Substitute
from dukani.domain.changes import Change
from dukani.domain.questions import Question
from dukani.domain.telling import below_zero, out_of_stock, too_many

MOST_OF_ONE = 50  # units of one variant in an order; a person handles wholesale


def refusal_of(
    variant: Variant, siblings: Sequence[Variant], *, asked: int, together: int
) -> Change | None:
    """The refusal of `together` units in all, of which `asked` were said now; None: allowed."""
    if asked < 1:
        return below_zero(variant.name, asked)
    if together > MOST_OF_ONE:
        return too_many(variant, wanted=together, most=min(variant.available, MOST_OF_ONE))
    if together > variant.available:
        sizes, colours = _elsewhere(variant, siblings)
        return out_of_stock(variant, wanted=together, choices=sizes or colours)
    return None


def asked_instead(
    variant: Variant, siblings: Sequence[Variant], edit: Add | Substitute
) -> Question | None:
    """The question for fewer units, another size or another colour, where stock is short."""
    sizes, colours = _elsewhere(variant, siblings)
    missing: Literal["quantity", "size", "colour"]
    choices: tuple[str, ...]
    gone: dict[str, None] = {}
    if variant.available > 0:
        missing, choices = "quantity", ()  # `quantity` stays in the edit, for another colour
    elif sizes:
        missing, choices, gone = "size", sizes, {"size": None}
    elif colours:
        missing, choices, gone = "colour", colours, {"colour": None}
    else:
        return None
    known = {"colour": variant.colour, "size": variant.size, "age": None}
    values = edit.values.model_copy(update=known | gone)
    return Question(
        field=missing,
        completes=edit.model_copy(update={"values": values}),
        product_id=variant.product_id,
        name=variant.name,
        choices=choices,
        not_had=variant.size if missing == "size" else None,
        refused=missing != "quantity",
    )


def _elsewhere(
    variant: Variant, siblings: Sequence[Variant]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sizes in stock in the variant's colour, and the colours in stock in its size."""
    there = [other for other in siblings if other.available > 0]
    sizes = [other.size for other in there if other.colour == variant.colour]
    colours = [other.colour for other in there if other.size == variant.size]
    return tuple(dict.fromkeys(sizes)), tuple(dict.fromkeys(colours))
