"""Resolves "put the grey skirt back": a piece that left the order earlier, as it was. Pure."""

from __future__ import annotations

from dukani.domain.acts import Add, Edit, Split, Substitute, Target, Values
from dukani.domain.known_values import with_described
from dukani.domain.pieces import LeftOut
from dukani.domain.resolver import pieces_meant
from dukani.domain.shades import shades_of
from dukani.domain.sizes import same_size, sizes_for_age
from dukani.domain.view import View
from dukani.domain.waiting import over_values
from dukani.domain.whose import Whose


def wanted_back(edit: Add, view: View) -> Edit | None:
    """The edit that puts back what left, in its colour, size and count unless others are said.

    It takes the place of what stands in its own, unless it is wanted besides. None where the words
    fit nothing that left.
    """
    among = list(dict.fromkeys(went.product_id for went in view.left_out))
    if not edit.back or not among or not edit.target.describes:
        return None
    for piece in pieces_meant(edit.target, view, among=among):
        told = with_described(edit.values, edit.target, piece)
        for went in view.left_out:
            if went.product_id == piece.product_id and _fits(told, went):
                return _put_back(edit, told, went, view)
    return None


def _fits(told: Values, went: LeftOut) -> bool:
    if told.exclude_colour == went.colour or told.exclude_size == went.size:
        return False
    aged = told.age is None or bool(sizes_for_age(told.age, (went.size,), went))
    coloured = told.colour is None or bool(shades_of(told.colour, (went.colour,)))
    return aged and coloured and (told.size is None or same_size(told.size, went.size))


def _put_back(edit: Add, told: Values, went: LeftOut, view: View) -> Edit:
    pin = Target(product_id=went.product_id)
    now = view.line_of_variant(went.replaced_by)
    units = min(told.quantity or went.quantity, went.quantity)
    if now is not None and now.quantity >= units and not edit.another:
        as_it_was = Values(colour=went.colour, size=went.size)
        place = Target(variant_id=now.variant_id)
        if now.quantity == units:
            return Substitute(evidence=edit.evidence, target=place, piece=pin, values=as_it_was)
        if now.product_id == went.product_id:
            part = as_it_was.model_copy(update={"quantity": units})
            return Split(evidence=edit.evidence, target=place, parts=(part,))
    there = view.line_of_variant(went.variant_id) is not None
    as_it_was = Values(colour=went.colour, size=went.size, quantity=went.quantity)
    values = over_values(as_it_was, told.model_copy(update={"age": None}))
    whose = Whose(went.worn_by) if went.worn_by else edit.for_whom
    update = {"target": pin, "values": values, "another": there, "for_whom": whose}
    return edit.model_copy(update=update)
