"""Resolves changes back to a line's former values, and changes of "the other one". Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.domain.acts import Set, Split, Target, Values
from dukani.domain.pieces import Line
from dukani.domain.resolver import lines_meant
from dukani.domain.shades import shades_of
from dukani.domain.sizes import same_size
from dukani.domain.view import Swapped, View
from dukani.domain.waiting import over_values


def pinned_to_former(edit: Set, view: View) -> Set | None:
    """The edit pinned to the changed line, where "go back to the red 6-7Y" names its old values."""
    was = view.swapped
    line = view.line_of_variant(was.line) if was else None
    if was is None or line is None or view.focus is not None or view.choosing:
        return None
    if (
        not edit.change
        or not _only_describes(edit.target)
        or not _is_of_that_piece(edit, line, view)
    ):
        return None
    if _names_former_values(edit, was, view) or _says_all_former_values(edit, was, line, view):
        wanted = Target(variant_id=line.variant_id)
        before = Values(colour=edit.target.colour, size=edit.target.size)
        if edit.values.says_nothing:  # "back to the 6-7Y" means the old colour too
            before = Values(colour=was.colour, size=was.size)
        values = over_values(before, edit.values)
        return edit.model_copy(update={"target": wanted, "values": values})
    return None


def _only_describes(target: Target) -> bool:
    pointed = target.line or target.option or target.variant_id or target.product_id
    return not pointed and target.pointed != "other" and target.scope == "one"


def _is_of_that_piece(edit: Set, line: Line, view: View) -> bool:
    plain = edit.target.model_copy(update={"colour": None, "size": None})
    return not plain.describes or bool(lines_meant(plain, replace(view, lines=(line,))))


def _names_former_values(edit: Set, was: Swapped, view: View) -> bool:
    """Whether the target fits the line's former colour and size, and no line of the order."""
    target = edit.target
    if not (target.colour or target.size) or lines_meant(target, view):
        return False
    return _fits(target.colour, target.size, was)


def _says_all_former_values(edit: Set, was: Swapped, line: Line, view: View) -> bool:
    """Whether both former colour and size are said, and no line of the piece has both now."""
    target, values = edit.target, edit.values
    colour, size = values.colour or target.colour, values.size or target.size
    if not colour or not size or not _fits(colour, size, was):
        return False
    only_recoloured = same_size(line.size, was.size)
    if target.colour and (values.colour or only_recoloured) and lines_meant(target, view):
        return False  # "the white one red", "the white one in 58": a line by its present colour
    if target.size and lines_meant(target, view):
        return False
    there = [x for x in view.lines if x.product_id == line.product_id]
    return not any(shades_of(colour, (x.colour,)) and same_size(size, x.size) for x in there)


def _fits(colour: str | None, size: str | None, was: Swapped) -> bool:
    colour_fits = not colour or bool(shades_of(colour, (was.colour,)))
    return colour_fits and (not size or same_size(size, was.size))


def line_of_the_other(target: Target, view: View) -> Line | None:
    """The line of several units that "the other one" takes a unit of, if it is the only line."""
    if target.pointed != "other" or target.scope != "one" or target.line is not None:
        return None
    like = target.model_copy(update={"pointed": None})
    lines = lines_meant(like, view) if like.describes else list(view.lines)
    return lines[0] if len(lines) == 1 and lines[0].quantity > 1 else None


def other_told_apart(edit: Set, view: View) -> Split | None:
    """A split of one unit off a line of several: "the other one should be pink"."""
    line, values = line_of_the_other(edit.target, view), edit.values
    if line is None or values.quantity not in (None, 1):
        return None
    if values.model_copy(update={"quantity": None}).says_nothing:
        return None
    part = values.model_copy(update={"quantity": 1})
    pin = Target(variant_id=line.variant_id)
    return Split(evidence=edit.evidence, target=pin, parts=(part,))


def lines_if_already_so(edit: Set, lines: Sequence[Line], view: View) -> list[Line] | None:
    """The lines of the colour said, where one of them already has the size said: ambiguous."""
    target, size = edit.target, edit.values.size
    if len(lines) != 1 or not target.colour or target.size or not size or edit.values.colour:
        return None
    like = [line for line in lines_meant(target, view) if line.product_id == lines[0].product_id]
    others = [line for line in like if line not in lines]
    return like if any(same_size(size, line.size) for line in others) else None
