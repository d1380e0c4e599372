"""Defines the outcome of each edit of the order: done, kept as it was, or refused with a reason."""

from __future__ import annotations

from typing import Literal

from dukani.domain.pieces import Frozen, Line

Refusal = Literal[
    "out_of_stock",  # sold out in that colour and size; `left` > 0: fewer units left than wanted
    "no_such_colour",  # the piece is not made in that colour; `choices` are its colours
    "no_such_size",  # the piece is not made in that size; `choices` are its sizes
    "too_many",  # more units than one order may have
    "below_zero",  # a negative quantity
    "not_found",  # the shop sells no piece of that name or kind; `name` has the customer's words
    "not_in_order",  # no line of the order fits; `name` has the customer's words
    "nothing_to_undo",
]


class Change(Frozen):
    """The outcome of one edit."""

    what: Literal["added", "changed", "removed", "kept", "refused"]
    line: Line | None = None  # the line now; of a removal, the line taken out
    before: Line | None = None  # of a change: the line before it
    reason: Refusal | None = None
    name: str = ""  # of a refusal: the piece's name, else the customer's words for it
    colour: str | None = None  # of a refusal: the colour wanted
    size: str | None = None
    wanted: int = 1
    left: int = 0
    choices: tuple[str, ...] = ()  # colours or sizes in stock instead
    nearest: str | None = None  # of no_such_colour: the nearest shade, offered next


class Offer(Frozen):
    """A nearest shade offered for a colour the piece lacks; only a yes takes it."""

    name: str
    wanted: str
    nearest: str
    size: str | None = None
    price_minor: int
