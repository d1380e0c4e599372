"""Resolves "put the grey skirt back": a piece that left the order earlier, as it was. Pure."""

from __future__ import annotations

from dukani.domain.acts import Add, Target, Values
from dukani.domain.known_values import with_described
from dukani.domain.resolver import pieces_meant
from dukani.domain.shades import shades_of
from dukani.domain.sizes import same_size
from dukani.domain.view import LeftOut, View
from dukani.domain.waiting import over_values


def wanted_back(edit: Add, view: View) -> Add | None:
    """The add pinned to what left the order, in its colour, size and quantity unless others are
    said; None where the words fit nothing that left."""
    ordered = {(line.product_id, line.colour, line.size) for line in view.lines}
    went = [one for one in view.left_out if (one.product_id, one.colour, one.size) not in ordered]
    among = list(dict.fromkeys(one.product_id for one in went))
    if not edit.back or not among:
        return None
    meant = pieces_meant(edit.target, view, among=among) if edit.target.describes else []
    for piece in meant:
        told = with_described(edit.values, edit.target, piece)
        for one in went:
            if one.product_id == piece.product_id and _fits(told, one):
                as_it_was = Values(colour=one.colour, size=one.size, quantity=one.quantity)
                pin = Target(product_id=piece.product_id)
                values = over_values(as_it_was, told)
                return edit.model_copy(update={"target": pin, "values": values})
    return None


def _fits(told: Values, one: LeftOut) -> bool:
    coloured = told.colour is None or bool(shades_of(told.colour, (one.colour,)))
    return coloured and (told.size is None or same_size(told.size, one.size))
