"""What is still open of a piece, its colour or its size, and the question for it."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts import AskVariant, SizeAdvised
from dukani.core.store.products import Variant
from dukani.graph.context import Context
from dukani.graph.state import Focus, State, rest
from dukani.tools import pieces, sizing

Gap = Literal["colour", "size"]


def settled(focus: Focus, variants: list[Variant]) -> Focus:
    """The piece with what can only be one thing filled in."""
    colours = pieces.colours_of(variants)
    colour = pieces.matching_colour(focus["colour"], colours) if focus["colour"] else None
    if colour is None and focus["colour"] is None:
        stocked = [v for v in pieces.in_stock(variants) if focus["size"] in (None, v.size)]
        choices = pieces.colours_of(stocked)
        colour = choices[0] if len(choices) == 1 else None
    return {**focus, "colour": colour or focus["colour"], "size": _size(focus, variants)}


def _size(focus: Focus, variants: list[Variant]) -> str | None:
    """Her size as the piece counts; a lone digit is no size of a piece sized S, M, L."""
    sizes, said = pieces.sizes_of(variants), focus["size"]
    if sizes == ("ONE",):
        return "ONE"
    lettered = not any(size.isdigit() for size in sizes)
    return None if said is not None and said.isdigit() and len(said) == 1 and lettered else said


def missing(focus: Focus, variants: list[Variant]) -> Gap | None:
    """What has to be known before it can be bought; a wrong colour or size is not missing."""
    if focus["colour"] is None:
        known_size = focus["size"] in (None, *pieces.sizes_of(pieces.in_stock(variants)))
        return "colour" if known_size else None
    in_colour = [v for v in pieces.in_stock(variants) if v.colour == focus["colour"]]
    return "size" if focus["size"] is None and in_colour else None


async def ask_for(
    state: State, context: Context, focus: Focus, gap: Gap, variants: list[Variant]
) -> State:
    stocked = pieces.in_stock(variants)
    facts = state.get("facts", [])
    if gap == "colour":
        fitting = [v for v in stocked if focus["size"] in (None, v.size)]
        choices = pieces.colours_of(fitting)
    else:
        choices = pieces.sizes_of(stocked, colour=focus["colour"])
        advice = await _advice(context, focus, choices)
        facts = [*facts, advice.model_dump(mode="json")] if advice else facts
    ask = AskVariant(
        name=focus["name"],
        missing=gap,
        choices=choices,
        colour=focus["colour"],
        size=focus["size"],
        price_minor=_price(variants, focus),
    )
    return {
        "acts": [],
        "later": rest(state),
        "focus": focus,
        "question": gap,
        "step": "size_recommended",
        "facts": [*facts, ask.model_dump(mode="json")],
    }


async def _advice(context: Context, focus: Focus, choices: tuple[str, ...]) -> SizeAdvised | None:
    advice = await sizing.size_of(
        context.conn, customer_id=context.customer.id, category=focus["category"]
    )
    if advice is None:
        return None
    return SizeAdvised(
        size=advice.size,
        confidence=advice.confidence,
        orders=advice.orders,
        category=advice.category,
        in_stock=advice.size in choices,
    )


def _price(variants: list[Variant], focus: Focus) -> int:
    fitting = [v for v in variants if focus["colour"] in (None, v.colour)] or variants
    return min(v.price_minor for v in fitting)
