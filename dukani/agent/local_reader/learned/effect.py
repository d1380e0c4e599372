"""Tells what comes of operations: the lines an order would have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dukani.agent.local_reader.learned.operations import (
    Alter,
    AlterSome,
    Amount,
    Beside,
    Operation,
    PutIn,
    Replace,
    TakeOut,
    piece_sold,
)
from dukani.domain.acts import Values
from dukani.domain.context import TurnContext
from dukani.domain.pieces import SoldPiece
from dukani.domain.sizes import sizes_for_age

# Product id, colour, size → units. What is put in and must yet be asked for is UNSAID.
UNSAID = "?"
Lines = Mapping[tuple[str, str, str], int]


def effect_of(done: Sequence[Operation], context: TurnContext) -> Lines:
    """The lines after these operations, all on the order as it is. Raises NotReadable."""
    held = {
        line.number: (line.product_id, line.colour, line.size, line.quantity)
        for line in context.cart
    }
    put = Counter[tuple[str, str, str]]()
    for one in done:
        match one:
            case PutIn(piece, wanted):
                _put(put, piece, wanted, wanted.quantity or 1)
            case TakeOut(line):
                held.pop(line.number, None)
            case Replace(line, piece, wanted):
                held.pop(line.number, None)
                _put(put, piece, wanted, wanted.quantity or line.quantity)
            case Beside(what):
                if what == "clear":
                    held.clear()
            case _ if one.line.number in held:
                _change(held, put, one, context)
    lines = Counter(put)
    for product, colour, size, quantity in held.values():
        lines[product, colour, size] += quantity
    return {line: quantity for line, quantity in lines.items() if quantity > 0}


def covers(one: Lines, other: Lines) -> bool:
    """Whether both are the same but for what only the other leaves unsaid."""
    own, others = Counter(one), Counter(other)
    own, others = own - others, others - own
    for line, quantity in others.items():
        meant = next((told for told in own if own[told] >= quantity and _fills(told, line)), None)
        if meant is None:
            return False
        own[meant] -= quantity
    return not +own


def _fills(told: tuple[str, str, str], line: tuple[str, str, str]) -> bool:
    same = (one in (UNSAID, two) for one, two in zip(line, told, strict=True))
    return UNSAID in line and all(same)


def _change(
    held: dict[int, tuple[str, str, str, int]],
    put: Counter[tuple[str, str, str]],
    one: Amount | Alter | AlterSome,
    context: TurnContext,
) -> None:
    number = one.line.number
    product, colour, size, quantity = held[number]
    match one:
        case Amount(_, to, by):
            quantity = to if to is not None else quantity + (by or 0)
        case Alter(_, wanted):
            piece = piece_sold(product, context)
            colour, size = wanted.colour or colour, _size(piece, wanted) or size
            quantity = quantity if wanted.quantity is None else wanted.quantity
        case AlterSome(_, wanted):
            piece = piece_sold(product, context)
            some = min(wanted.quantity or 1, quantity)
            put[product, wanted.colour or colour, _size(piece, wanted) or size] += some
            quantity -= some
    held[number] = (product, colour, size, quantity)


def _put(
    put: Counter[tuple[str, str, str]], piece: SoldPiece, wanted: Values, quantity: int
) -> None:
    colour = wanted.colour or (piece.colours[0] if len(piece.colours) == 1 else UNSAID)
    size = _size(piece, wanted) or (piece.sizes[0] if len(piece.sizes) == 1 else UNSAID)
    put[piece.product_id, colour, size] += quantity


def _size(piece: SoldPiece, wanted: Values) -> str | None:
    if wanted.size is not None or wanted.age is None:
        return wanted.size
    fitting = sizes_for_age(wanted.age, piece.sizes, piece)
    return fitting[0] if fitting else None
