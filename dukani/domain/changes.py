"""Defines the outcome of each edit of the order: done, kept as it was, or refused with a reason."""

from __future__ import annotations

from typing import Literal

from dukani.domain.pieces import Frozen, Line

Refusal = Literal[
    "out_of_stock",  # in that colour and size; `left` > 0: fewer are left than wanted
    "no_such_colour",  # it never comes in that colour; `choices` are those it has
    "no_such_size",  # it never comes in that size; `choices` are those it has
    "too_many",  # more than anyone may order at once
    "below_zero",  # a quantity below nothing
    "not_found",  # no piece is called that, or none like it is sold: `name` are the words
    "not_in_order",  # no line of the order is like that: `name` are the words
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
    choices: tuple[str, ...] = ()  # colours or sizes there are instead
    nearest: str | None = None  # of no_such_colour: the nearest shade, offered next


class Offer(Frozen):
    """A nearest shade offered for a colour the piece lacks; only a yes takes it."""

    name: str
    wanted: str
    nearest: str
    size: str | None = None
    price_minor: int
