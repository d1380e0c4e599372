"""Keeps values told without a name with the piece that is looked at.

After "crop tops?" the Ribbed Crop Top is looked at, and a tee stands beside it in the list: "white,
3, size M" is of the top.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.learned.operations import Operation, PutIn, product_of
from dukani.domain import acts as a
from dukani.domain.acts import Target
from dukani.domain.context import TurnContext
from dukani.domain.pieces import SoldPiece
from dukani.domain.shades import shades_of
from dukani.domain.sizes import size_said


def leaves_the_piece_looked_at(
    meant: Sequence[Operation], acts: Sequence[a.Act], context: TurnContext
) -> bool:
    """Whether another piece of the list is put in, though the one looked at comes as told."""
    piece = _offered(context)
    edits = [act for act in acts if isinstance(act, a.EDITS)]
    if piece is None or not edits or not all(_tells_values_of(act, piece) for act in edits):
        return False
    others = {option.product_id for option in context.options} - {piece.product_id}
    return any(isinstance(one, PutIn) and product_of(one) in others for one in meant)


def _offered(context: TurnContext) -> SoldPiece | None:
    """The piece in focus that an empty order was offered."""
    if context.focus is None or context.question != "take_it" or context.cart:
        return None
    looked_at = context.focus.product_id
    return next((one for one in context.sold.pieces if one.product_id == looked_at), None)


def _tells_values_of(act: a.Act, piece: SoldPiece) -> bool:
    """Whether values are told and no other piece is named, all such as the piece has."""
    if not isinstance(act, a.Add | a.Set) or act.values.says_nothing:
        return False
    target, values = act.target, act.values
    if target.model_copy(update={"colour": None, "size": None}) != Target():
        return False
    colours = {values.colour, target.colour} - {None}
    sizes = {values.size, target.size} - {None}
    return all(shades_of(str(one), piece.colours) for one in colours) and all(
        size_said(str(one), piece.sizes) is not None for one in sizes
    )
