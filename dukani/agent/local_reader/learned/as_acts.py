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


def edits_of(
    done: Sequence[Operation], context: TurnContext, *, listed_anew: bool = False
) -> list[a.Edit]:
    """The edits of these operations; what changes no line gives none, and an undo neither.

    `listed_anew`: another list is shown before they are done, so that its numbers mean others.
    """
    answered = _answer(done, context)
    edits = (
        a.Set(values=_said_of(one, done)) if one is answered else _edit(one, context, listed_anew)
        for one in done
    )
    return [edit for edit in edits if edit is not None]


def _answer(done: Sequence[Operation], context: TurnContext) -> Operation | None:
    """What answers the question of the piece spoken of: it completes the edit that waits for it."""
    if context.focus is None or context.question not in ("colour", "size"):
        return None
    wished = (one for one in done if isinstance(one, PutIn))
    focus = context.focus.product_id
    return next((one for one in wished if one.piece.product_id == focus), None)


def _said_of(one: Operation, done: Sequence[Operation]) -> a.Values:
    """The values of a wish; one unit of a single one is what it has where no count is said."""
    assert isinstance(one, PutIn)
    several = sum(isinstance(other, PutIn) for other in done) > 1
    counted = several or one.wanted.quantity not in (None, 1)
    return one.wanted if counted else one.wanted.model_copy(update={"quantity": None})


def _edit(one: Operation, context: TurnContext, listed_anew: bool) -> a.Edit | None:
    match one:
        case PutIn(piece, wanted):
            target = _piece(piece, context, listed_anew)
            return a.Add(target=target, values=wanted, another=True)
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
            new = _piece(piece, context, listed_anew)
            return a.Substitute(target=_line(line), piece=new, values=wanted)
        case Beside("clear"):
            return a.Clear()
    return None


def _line(line: Line) -> a.Target:
    return a.Target(line=line.number)


def _piece(piece: SoldPiece, context: TurnContext, listed_anew: bool) -> a.Target:
    options = () if listed_anew else context.options
    shown = (o.number for o in options if o.product_id == piece.product_id)
    number = next(shown, None)
    return a.Target(option=number) if number else a.Target(name=piece.name.lower())
