"""A piece that is not there as she wants it: said, with what is there instead."""

from __future__ import annotations

from dukani.agent.facts import PieceOutOfStock
from dukani.core.store.products import Variant
from dukani.graph.state import Focus, State, said
from dukani.tools import pieces


def sold_out(state: State, focus: Focus, variants: list[Variant], *, wanted: int) -> State:
    """Say so, offer the other sizes and colours, and keep the piece in view."""
    variant = pieces.pick(variants, colour=focus["colour"], size=focus["size"])
    fact = PieceOutOfStock(
        name=focus["name"],
        colour=focus["colour"],
        size=focus["size"],
        other_sizes=pieces.other_sizes(variants, colour=focus["colour"], size=focus["size"]),
        other_colours=pieces.other_colours(variants, colour=focus["colour"], size=focus["size"]),
        wanted=wanted,
        left=max(variant.available, 0) if variant else 0,
    )
    known_colour = focus["colour"] in pieces.colours_of(pieces.in_stock(variants))
    return {
        "acts": [],
        "later": [],
        "focus": {
            **focus,
            "size": focus["size"] if fact.left else None,
            "colour": focus["colour"] if known_colour else None,
            "quantity": None if fact.left else focus["quantity"],
            "asked_size": focus["size"],
        },
        "question": "quantity" if fact.left else "size" if known_colour else "colour",
        "step": "size_recommended",
        "facts": said(state, fact),
    }
