"""Tells operations as dialogue acts, each with its line or piece named as the customer sees it."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.learned.operations import (
    Alter,
    AlterSome,
    Amount,
    Beside,
    Operation,
    PutIn,
    Replace,
    TakeOut,
)
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, SoldPiece


def edits_of(done: Sequence[Operation], context: TurnContext) -> list[a.Edit]:
    """The edits of these operations; what changes no line gives none, and an undo neither."""
    edits = (_edit(one, context) for one in done)
    return [edit for edit in edits if edit is not None]


def _edit(one: Operation, context: TurnContext) -> a.Edit | None:
    match one:
        case PutIn(piece, wanted):
            return a.Add(target=_piece(piece, context), values=wanted, another=True)
        case TakeOut(line):
            return a.Remove(target=_line(line))
        case Amount(line, to=int(to)):
            return a.Set(target=_line(line), values=a.Values(quantity=to), change=True)
        case Amount(line, by=by):
            return a.ChangeQuantity(target=_line(line), by=by)
        case Alter(line, wanted):
            return a.Set(target=_line(line), values=wanted, change=True)
        case AlterSome(line, wanted):
            return a.Split(target=_line(line), parts=(wanted,))
        case Replace(line, piece, wanted):
            new = _piece(piece, context)
            return a.Substitute(target=_line(line), piece=new, values=wanted)
        case Beside("clear"):
            return a.Clear()
    return None


def _line(line: Line) -> a.Target:
    return a.Target(line=line.number)


def _piece(piece: SoldPiece, context: TurnContext) -> a.Target:
    shown = (o.number for o in context.options if o.product_id == piece.product_id)
    number = next(shown, None)
    return a.Target(option=number) if number else a.Target(name=piece.name.lower())
