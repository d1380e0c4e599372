"""Tells what so many of a piece would come to, with or without what is ordered."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import SumTold, SumWithoutTold
from dukani.domain.acts import AskPrice
from dukani.domain.pieces import Line, Option
from dukani.domain.resolver import lines_meant
from dukani.domain.view import View


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


def sum_without(act: AskPrice, view: View) -> SumWithoutTold | None:
    """What is ordered less the line meant; None where that is not one line of several."""
    meant = lines_meant(act.target, view)
    if len(meant) != 1 or len(view.lines) < 2:
        return None
    (left_out,) = meant
    rest = [line for line in view.lines if line.variant_id != left_out.variant_id]
    sum_minor = sum(line.quantity * line.unit_price_minor for line in rest)
    return SumWithoutTold(name=left_out.name, sum_minor=sum_minor)


def _unit_price_minor(piece: Option, lines: Sequence[Line]) -> int:
    """The price of the piece as ordered, else as listed: a variant may have one of its own."""
    own = {line.unit_price_minor for line in lines if line.product_id == piece.product_id}
    return own.pop() if len(own) == 1 else piece.price_minor
