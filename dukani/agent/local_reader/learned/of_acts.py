"""Tells a mind's acts as operations, so that what comes of them can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dukani.agent.local_reader.learned.operations import (
    Alter,
    AlterSome,
    Amount,
    Beside,
    NotReadable,
    Operation,
    PutIn,
    Replace,
    TakeOut,
    piece_sold,
)
from dukani.agent.local_reader.learned.said_last import said_last
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Focus, Line, SoldPiece
from dukani.domain.questions import Question
from dukani.domain.resolution import NotFound, Resolution, resolve
from dukani.domain.shades import shades_of
from dukani.domain.sizes import same_size
from dukani.domain.steps import CHOOSING
from dukani.domain.view import View


@dataclass(frozen=True, slots=True)
class Read:
    """The acts of a message as they resolve here."""

    acts: tuple[a.Act, ...]
    done: tuple[Operation, ...] = ()
    asked: tuple[Question, ...] = ()  # questions about edits that are not clear
    missing: bool = False  # an edit is of what the order or the shop has not
    not_in_order: bool = False  # a line is named by a colour or size that none has
    missed: bool = False  # a line is named that is not in the order
    wished: tuple[PutIn, ...] = ()  # what is put in once its colour or size is said

    def operations(self) -> tuple[Operation, ...]:
        """What is done, or will be. Raises NotReadable where it is asked which one is meant."""
        if self.missing or any(asked.field in ("which", "which_line") for asked in self.asked):
            raise NotReadable("it is asked")
        return (*self.done, *self.wished)


def read_of(acts: Sequence[a.Act], context: TurnContext) -> Read:
    """The operations and questions that come of the acts' edits."""
    edits = [act for act in acts if isinstance(act, a.EDITS)]
    if not edits:
        return Read(tuple(acts))
    resolution = _resolved(edits, context)
    done: list[Operation] = []
    missing = False
    for edit in resolution.pinned:
        try:
            done += _operations(edit, context)
        except NotReadable:
            missing = True
    targets = [_target(one) for one in resolution.unknown if one.of_order]
    not_in_order = any(target.colour or target.size for target in targets)
    asked = tuple(resolution.asked)
    wished: tuple[PutIn, ...] = ()
    try:
        wished = tuple(_wished(asked, context))
    except NotReadable:
        missing = True  # it is sold no more
    return Read(tuple(acts), tuple(done), asked, missing, not_in_order, bool(targets), wished)


def _wished(asked: Sequence[Question], context: TurnContext) -> Iterator[PutIn]:
    """The pieces of which a colour or size is asked. Raises NotReadable."""
    for question in asked:
        if isinstance(question.completes, a.Add) and question.product_id:
            yield PutIn(piece_sold(question.product_id, context), question.completes.values)


def _target(unknown: NotFound) -> a.Target:
    return a.Target() if isinstance(unknown.edit, a.Clear | a.Undo) else unknown.edit.target


def _resolved(edits: Sequence[a.Edit], context: TurnContext) -> Resolution:
    said, focus = said_last(context), context.focus
    last = next((x.variant_id for x in context.cart if x.number == context.last_line), None)
    view = View(
        lines=context.cart,
        lists=(context.options, *context.earlier) if context.options else context.earlier,
        focus=Focus(
            product_id=focus.product_id,
            name=focus.name,
            category=focus.category,
            colour=context.spoken_colour,
            size=context.spoken_size,
        )
        if focus
        else None,
        last_variant_id=last,
        choosing=context.step in CHOOSING,
        listed=said.kind == "shown",
        pieces=context.sold.pieces,
    )
    return resolve(edits, view, _questions(context))


def _questions(context: TurnContext) -> tuple[Question, ...]:
    """The question asked last, of a wished piece."""
    focus = context.focus
    if focus is None or context.question not in ("colour", "size"):
        return ()
    values = a.Values(colour=context.spoken_colour, size=context.spoken_size)
    waiting = a.Add(target=a.Target(product_id=focus.product_id), values=values)
    asked = Question(
        field=context.question,
        completes=waiting,
        product_id=focus.product_id,
        name=focus.name,
        choices=context.choices,
    )
    return (asked,)


def _operations(edit: a.Edit, context: TurnContext) -> list[Operation]:
    match edit:
        case a.Clear():
            return [Beside("clear")]
        case a.Undo():
            return [Beside("undo")]
        case a.Add():
            piece = piece_sold(edit.target.product_id, context)
            return [PutIn(piece, _wanted(edit.values, piece))]
    line = _line(edit.target.variant_id, context)
    match edit:
        case a.Set():
            return [_of_set(line, _wanted(edit.values, piece_sold(line.product_id, context)))]
        case a.Remove():
            some = edit.quantity is not None and edit.quantity < line.quantity
            return [Amount(line, by=-(edit.quantity or 0)) if some else TakeOut(line)]
        case a.ChangeQuantity():
            if edit.times is not None:
                return [Amount(line, to=line.quantity * edit.times)]
            return [Amount(line, by=edit.by or 0)]
        case a.Substitute():
            piece = piece_sold(edit.piece.product_id, context)
            return [Replace(line, piece, _wanted(edit.values, piece))]
        case a.Split():
            piece = piece_sold(line.product_id, context)
            parts = (_wanted(part, piece, quantity=part.quantity or 1) for part in edit.parts)
            return [AlterSome(line, part) for part in parts]
    raise NotReadable(edit.kind)


def _of_set(line: Line, wanted: a.Values) -> Operation:
    only_counts = wanted.colour is None and wanted.size is None and wanted.age is None
    return Amount(line, to=wanted.quantity) if only_counts else Alter(line, wanted)


def _line(variant_id: str | None, context: TurnContext) -> Line:
    for line in context.cart:
        if line.variant_id == variant_id:
            return line
    raise NotReadable(str(variant_id))


def _wanted(values: a.Values, piece: SoldPiece, quantity: int | None = None) -> a.Values:
    """The values as the piece has them. Raises NotReadable where it lacks one."""
    colour = size = None
    if values.colour is not None:
        shades = shades_of(values.colour, piece.colours)
        if not shades:
            raise NotReadable(values.colour)
        colour = shades[0]
    if values.size is not None:
        size = next((one for one in piece.sizes if same_size(values.size, one)), None)
        if size is None:
            raise NotReadable(values.size)
    many = values.quantity if quantity is None else quantity
    return a.Values(colour=colour, size=size, age=values.age, quantity=many)
