"""Tells what so many of a piece would come to, with or without what is ordered."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import SumTold
from dukani.domain.acts import AskPrice
from dukani.domain.pieces import Line, Option


def sum_supposed(act: AskPrice, asked: Sequence[Option], lines: Sequence[Line]) -> SumTold | None:
    """The sum asked for; None where it is no sum, or of several pieces."""
    if len(asked) != 1 or (act.quantity is None and not act.besides):
        return None
    (piece,) = asked
    quantity = act.quantity or 1
    sum_minor = quantity * _unit_price_minor(piece, lines)
    ordered_minor = sum(line.quantity * line.unit_price_minor for line in lines)
    together = sum_minor + ordered_minor if act.besides and lines else None
    return SumTold(
        name=piece.name, quantity=quantity, sum_minor=sum_minor, with_order_minor=together
    )


def _unit_price_minor(piece: Option, lines: Sequence[Line]) -> int:
    """The price of the piece as ordered, else as listed: a variant may have one of its own."""
    own = {line.unit_price_minor for line in lines if line.product_id == piece.product_id}
    return own.pop() if len(own) == 1 else piece.price_minor
