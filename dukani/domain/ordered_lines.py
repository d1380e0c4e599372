"""Resolves a target (a reference in the customer's words) to candidate lines of the order. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from dukani.domain.acts import Target, Values
from dukani.domain.describing import (
    Naming,
    has_colour,
    has_pattern,
    is_named_so,
    is_of_kind,
    naming,
    sold_in,
    truly_of_kind,
)
from dukani.domain.naming import coverage
from dukani.domain.pieces import Line
from dukani.domain.shades import shades_of
from dukani.domain.sizes import same_size, same_system, sizes_for_age
from dukani.domain.view import View


def lines_meant(target: Target, view: View, *, values: Values | None = None) -> list[Line]:
    """The candidate lines; `values` are the wanted new values, which not every line can take.

    With scope "both" or "all" every line returned is meant, unless "both" finds more than two.
    """
    if target.variant_id is not None:
        line = view.line_of_variant(target.variant_id)
        return [line] if line else []
    if target.line is not None:
        return [line for line in view.lines if line.number == target.line]
    if target.scope != "one":
        return _several_lines(target, view, values)
    if target.describes or target.product_id:
        return _narrowed_by_values(_lines_like(target, view), view, values)
    if target.pointed == "other":
        return _other_lines(view.lines, view)
    if target.option is not None:
        option = view.option(target.option)
        shown = [line for line in view.lines if option and line.product_id == option.product_id]
        return shown or [line for line in view.lines if line.number == target.option]
    return _spoken_of(view, values)


def _several_lines(target: Target, view: View, values: Values | None) -> list[Line]:
    fitting = _lines_like(target, view)
    if target.scope == "both":
        fitting = _both_that_can(fitting, view, values)
    if target.pointed == "other" and not target.describes:
        fitting = _other_lines(fitting, view)
    kept = lines_meant(target.but, view) if target.but else []
    return [line for line in fitting if line not in kept]


def _both_that_can(lines: list[Line], view: View, values: Values | None) -> list[Line]:
    """The two lines, or the line of two units, sold in the values: "both in 30", beside a bag."""
    able = [line for line in lines if _can_become(line, view, values)] if values else lines
    two = len(able) == 2 or [line.quantity for line in able] == [2]
    return able if two else lines


def _other_lines(lines: Iterable[Line], view: View) -> list[Line]:
    return [line for line in lines if line.variant_id != view.last_variant_id]


def _lines_like(target: Target, view: View) -> list[Line]:
    """The lines that fit the target's words; all lines when it has no words."""
    named = naming(target.name, view)
    fits = [line for line in view.lines if _line_fits(target, line, view, named)]
    coloured = [line for line in fits if has_colour(target.colour, (line.colour,))]
    fitting = coloured or [line for line in fits if is_named_so(target.colour, line.name)]
    if target.pointed == "other" and target.describes:
        fitting = _other_lines(fitting, view)
    if target.name is not None:
        said = target.name
        fitting = [x for x in fitting if coverage(said, x.name) == 1.0] or fitting
    return truly_of_kind(target.category, fitting)


def _spoken_of(view: View, values: Values | None) -> list[Line]:
    """The line changed last, if the values suit its piece; else the lines that can take them."""
    last = view.line_of_variant(view.last_variant_id)
    if last is not None and _suits(last, view, values):
        return [last]
    able = [line for line in view.lines if _can_become(line, view, values)]
    if fewer := _only_one_of_several(able, values):
        return fewer
    return able or ([last] if last is not None else list(view.lines))


def _only_one_of_several(lines: list[Line], values: Values | None) -> list[Line]:
    """The only line of several units, where the quantity is to be one ("irudi moja")."""
    if values is None or values != Values(quantity=1):
        return []
    more = [line for line in lines if line.quantity > 1]
    return more if len(more) == 1 else []


def _narrowed_by_values(lines: list[Line], view: View, values: Values | None) -> list[Line]:
    """Of several lines, those that can take the values and do not have them already."""
    if len(lines) < 2:
        return lines
    able = [line for line in lines if _can_become(line, view, values)]
    return [line for line in able if _would_change(line, values)] or able or lines


def _line_fits(target: Target, line: Line, view: View, named: Naming) -> bool:
    """Whether the line fits the target in all but the colour."""
    piece = view.piece(line.product_id)
    return (
        (target.product_id is None or line.product_id == target.product_id)
        and named(line.name)
        and is_of_kind(target.category, line.category, line.name)
        and has_pattern(target.pattern, piece.pattern if piece else "", line.name)
        and (target.size is None or same_size(target.size, line.size))
    )


def _can_become(line: Line, view: View, values: Values | None) -> bool:
    """Whether the line's piece is sold in the wanted values."""
    piece = view.piece(line.product_id)
    return piece is None or bool(sold_in(values, [piece], one_size=False))


def _would_change(line: Line, values: Values | None) -> bool:
    if values is None or (values.colour is None and values.size is None):
        return True
    other_colour = values.colour and not shades_of(values.colour, (line.colour,))
    return bool(other_colour or (values.size and not same_size(values.size, line.size)))


def _suits(line: Line, view: View, values: Values | None) -> bool:
    """Whether the values suit the piece, sold or not: a size does not suit a one-size belt."""
    piece = view.piece(line.product_id)
    if values is None or piece is None or _can_become(line, view, values):
        return True
    sizes_fit = values.size is None or same_system(values.size, piece.sizes)
    ages_fit = values.age is None or bool(sizes_for_age(values.age, piece.sizes))
    colours_fit = len(piece.colours) > 1 or has_colour(values.colour, piece.colours)
    return sizes_fit and ages_fit and colours_fit
