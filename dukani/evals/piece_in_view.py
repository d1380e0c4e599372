"""Makes the focus, and the open question, of the piece that a situation is about. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.store.products import Variant
from dukani.domain.acts import Add, Target, Values
from dukani.domain.pieces import Focus
from dukani.domain.questions import Question
from dukani.tools import pieces


def focus_on(variants: Sequence[Variant]) -> Focus:
    """The piece as focus, with colour and size where only one exists."""
    piece = variants[0]
    colours = pieces.colours_of(pieces.in_stock(variants))
    return Focus(
        product_id=piece.product_id,
        sku=piece.product_sku,
        name=piece.name,
        category=piece.category,
        colour=colours[0] if len(colours) == 1 else None,
        size="ONE" if pieces.sizes_of(variants) == ("ONE",) else None,
    )


def question_about(focus: Focus, variants: Sequence[Variant]) -> Question | None:
    """The open question: the colour, then the size; None if neither is open or none in stock."""
    stocked = pieces.in_stock(variants)
    if focus.colour is None:
        return _question("colour", focus, pieces.colours_of(stocked))
    sizes = pieces.sizes_of(stocked, colour=focus.colour)
    return _question("size", focus, sizes) if focus.size is None and sizes else None


def _question(field: str, focus: Focus, choices: tuple[str, ...]) -> Question:
    known = Values(colour=focus.colour, size=focus.size)
    return Question.model_validate(
        {
            "field": field,
            "completes": Add(target=Target(product_id=focus.product_id), values=known),
            "product_id": focus.product_id,
            "name": focus.name,
            "choices": choices,
        }
    )
