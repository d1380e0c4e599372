"""Tells what the assistant said last, as far as the context tells."""

from __future__ import annotations

from dataclasses import dataclass

from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line
from dukani.domain.sizes import ONE_SIZE

_BY_STEP = {
    "awaiting_delivery_address": "address",
    "awaiting_confirmation": "total",
    "payment_failed": "failed",
    "payment_initiated": "placed",
    "order_completed": "paid",
}
QUESTIONS = ("colour", "size", "which", "which_line")


@dataclass(frozen=True, slots=True)
class Said:
    """What the assistant said last: of which piece, in which colour and size."""

    kind: str
    piece: str | None = None
    colour: str | None = None
    size: str | None = None


def said_last(context: TurnContext) -> Said:
    """What the assistant said last, as far as the context tells."""
    focus = context.focus.product_id if context.focus else None
    last = next((line for line in context.cart if line.number == context.last_line), None)
    between = context.question not in QUESTIONS and context.step not in _BY_STEP
    if last and between and focus in (None, last.product_id) and not _asks_another(last, context):
        return Said("changed", last.product_id)
    if context.step in _BY_STEP:
        return Said(_BY_STEP[context.step], focus)
    if context.question in QUESTIONS or focus:
        size = None if context.spoken_size == ONE_SIZE else context.spoken_size
        return Said("answered", focus, context.spoken_colour, size)
    if context.step == "products_found":
        return Said("shown")
    return Said("cart" if context.cart else "greeting")


def _asks_another(line: Line, context: TurnContext) -> bool:
    """Whether the piece of the line was spoken of in another colour or size since it changed."""
    if context.focus is None:
        return False
    coloured = context.spoken_colour not in (None, line.colour)
    return coloured or context.spoken_size not in (None, line.size)
