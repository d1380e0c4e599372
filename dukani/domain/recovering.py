"""What becomes of a cart that is taken up again: what can still be had, and what changed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dukani.core.store.left_pieces import LeftPiece
from dukani.domain.changes import Change
from dukani.domain.pieces import Frozen, Line

# Ids of the buttons below a message that offers to take something up again.
TAKE_UP, NOT_NOW = "recover:yes", "recover:no"


class PriceMove(Frozen):
    """A piece whose price is another one than when she put it in."""

    name: str
    was_minor: int
    now_minor: int


@dataclass(frozen=True, slots=True)
class TakenUp:
    """`lines`: what the cart has now. `refused`: what it cannot have, or not as many of."""

    lines: tuple[Line, ...]
    refused: tuple[Change, ...] = ()
    prices: tuple[PriceMove, ...] = ()


def taken_up(left: Sequence[LeftPiece], now: Sequence[Line]) -> TakenUp:
    """The cart as it was left, with what she has put into the cart since behind it.

    Of a piece that is in both the greater number counts, so that taking it up twice adds nothing.
    """
    had = {line.variant_id: line.quantity for line in now}
    wanted = [(piece, max(piece.quantity, had.get(piece.variant_id, 0))) for piece in left]
    lines = [_line(piece, min(count, _to_be_had(piece))) for piece, count in wanted]
    known = {piece.variant_id for piece in left}
    lines += [line for line in now if line.variant_id not in known]
    there = [line for line in lines if line.quantity > 0]
    return TakenUp(
        lines=tuple(
            line.model_copy(update={"number": number}) for number, line in enumerate(there, 1)
        ),
        refused=tuple(
            _refused(piece, count) for piece, count in wanted if count > _to_be_had(piece)
        ),
        prices=tuple(dict.fromkeys(move for piece in left if (move := _price_move(piece)))),
    )


def _to_be_had(piece: LeftPiece) -> int:
    return max(piece.available, 0) if piece.on_sale else 0


def _price_move(piece: LeftPiece) -> PriceMove | None:
    if piece.was_minor in (None, piece.price_minor) or not _to_be_had(piece):
        return None
    assert piece.was_minor is not None  # asked above
    return PriceMove(name=piece.name, was_minor=piece.was_minor, now_minor=piece.price_minor)


def _refused(piece: LeftPiece, wanted: int) -> Change:
    return Change(
        what="refused",
        reason="out_of_stock",
        name=piece.name,
        colour=piece.colour,
        size=piece.size,
        wanted=wanted,
        left=_to_be_had(piece),
    )


def _line(piece: LeftPiece, quantity: int) -> Line:
    return Line(
        number=1,
        name=piece.name,
        colour=piece.colour,
        size=piece.size,
        quantity=quantity,
        unit_price_minor=piece.price_minor,
        variant_id=piece.variant_id,
        product_id=piece.product_id,
        sku=piece.sku,
        category=piece.category,
        worn_by=piece.worn_by,
        for_several=piece.for_several,
    )
