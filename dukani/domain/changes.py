"""What became of each part of a message: done, kept as it was, or refused and why."""

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
    """One part of what was asked for: done, or not and why."""

    what: Literal["added", "changed", "removed", "kept", "refused"]
    line: Line | None = None  # as it is now; of a removal, as it was
    before: Line | None = None  # of a change: as it was
    reason: Refusal | None = None
    name: str = ""  # of a refusal: the piece, else the customer's words for it
    colour: str | None = None  # of a refusal: as wanted
    size: str | None = None
    wanted: int = 1
    left: int = 0
    choices: tuple[str, ...] = ()  # colours or sizes there are instead
    nearest: str | None = None  # of no_such_colour: the shade nearest to it, offered next


class Offer(Frozen):
    """A colour that is not there, and the nearest one, to be taken by a yes only."""

    name: str
    wanted: str
    nearest: str
    size: str | None = None
    price_minor: int
