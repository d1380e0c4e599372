"""The piece a situation speaks of, with the question about it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.store.products import Variant
from dukani.domain.acts import Add, Target, Values
from dukani.domain.pieces import Focus
from dukani.domain.questions import Question
from dukani.tools import pieces


def focus_on(variants: Sequence[Variant]) -> Focus:
    """The piece, with its colour and size where it comes in one only."""
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
    """The colour is asked before the size; None when nothing is open, or nothing in stock."""
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
