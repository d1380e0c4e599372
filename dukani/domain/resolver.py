"""Resolves a target (a reference in the customer's words) to candidate lines and pieces. Pure.

With one candidate the reference is resolved; with several the caller asks which; with none the
caller says so. A piece whose name merely resembles the name said is never a candidate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
from dukani.domain.naming import coverage, spells
from dukani.domain.ordered_lines import lines_meant
from dukani.domain.pieces import SoldPiece
from dukani.domain.sizes import size_said, sizes_for_age
from dukani.domain.view import View

__all__ = ["lines_meant", "pieces_meant"]


def pieces_meant(
    target: Target, view: View, *, values: Values | None = None, among: Sequence[str] = ()
) -> list[SoldPiece]:
    """The candidate pieces, from the most salient group of the view that has any.

    `among` restricts them to the product ids a question offered. The wanted `values` choose among
    several candidates, and never rule out the only one.
    """
    if target.product_id is not None:
        return _within(_known([target.product_id], view), among)
    if target.line is not None or target.variant_id is not None:
        lines = lines_meant(target, view)
        return _within(_known((line.product_id for line in lines), view), among)
    if target.option is not None:
        return _within(_known(_ids_of_option(target.option, view, among), view), among)
    if not target.describes:
        return _undescribed(target, view, values, among)
    return _described(target, view, values, among)


def _within(pieces: list[SoldPiece], among: Sequence[str]) -> list[SoldPiece]:
    return [piece for piece in pieces if not among or piece.product_id in among]


def _ids_of_option(number: int, view: View, among: Sequence[str]) -> Sequence[str]:
    """The product id with that number in the newest list, else in the question's choices."""
    option = view.option(number)
    if option is not None or view.lists:
        return (option.product_id,) if option else ()
    return among[number - 1 : number] if number > 0 else ()


def _undescribed(
    target: Target, view: View, values: Values | None, among: Sequence[str]
) -> list[SoldPiece]:
    if target.pointed == "other":
        return _within(_other_options(view), among)
    if not among:
        return _by_focus_or_last_line(view, values)
    if view.focus is not None and view.focus.product_id in among:
        return _known([view.focus.product_id], view)  # of the pieces offered, the one asked about
    offered = _known(among, view)
    return sold_in(values, offered) or offered


def _described(
    target: Target, view: View, values: Values | None, among: Sequence[str]
) -> list[SoldPiece]:
    groups = [tuple(among)] if among else list(view.by_salience())
    exactly = _called_exactly(target, view, among)
    if exactly:
        return exactly
    named = naming(target.name, view)
    if values is not None and values.age is not None and not among:
        groups = _with_sizes_for(values.age, target, groups, view)
    for fits_colour in (_comes_in, _named_so):
        for group in groups:
            pieces = [p for p in _known(group, view) if _piece_fits(target, p, named)]
            fitting = [piece for piece in pieces if fits_colour(target.colour, piece)]
            if target.pointed == "other":
                fitting = [p for p in fitting if p.product_id != _product_discussed_last(view)]
            if fitting:
                return _preferred(truly_of_kind(target.category, fitting), target, values)
    return []


def _with_sizes_for(
    age: int, target: Target, groups: Sequence[tuple[str, ...]], view: View
) -> list[tuple[str, ...]]:
    """The groups with the pieces alone that come in a size for the child; all where none does.

    "And a suit for my son of 6", beside a man's suit in the order.
    """
    named = naming(target.name, view)
    fitting = [
        tuple(
            piece.product_id
            for piece in _known(group, view)
            if _piece_fits(target, piece, named) and sizes_for_age(age, piece.sizes, piece)
        )
        for group in groups
    ]
    return fitting if any(fitting) else list(groups)


def _called_exactly(target: Target, view: View, among: Sequence[str]) -> list[SoldPiece]:
    """The one piece whose whole name was said; it beats nearer pieces that share some words."""
    if target.name is None:
        return []
    said = target.name
    sold = _known(among, view) if among else view.pieces
    whole = [p for p in sold if spells(said, p.name) and coverage(said, p.name) == 1.0]
    return whole if len(whole) == 1 else []


def _known(product_ids: Iterable[str], view: View) -> list[SoldPiece]:
    return [p for id_ in dict.fromkeys(product_ids) if (p := view.piece(id_)) is not None]


def _by_focus_or_last_line(view: View, values: Values | None) -> list[SoldPiece]:
    """The candidates for an empty target: the focus, the list to choose from, the last line."""
    if view.focus is not None:
        return _known([view.focus.product_id], view)
    newest = _known((o.product_id for o in view.newest), view)
    if view.choosing and newest:
        return sold_in(values, newest) or newest
    last = view.line_of_variant(view.last_variant_id)
    if last is not None:
        return _known([last.product_id], view)
    if view.last_product_id is not None:
        return _known([view.last_product_id], view)
    ordered = _known((line.product_id for line in view.lines or view.bought), view)
    return sold_in(values, ordered) or ordered or newest


def _product_discussed_last(view: View) -> str | None:
    return view.focus.product_id if view.focus else view.last_product_id


def _other_options(view: View) -> list[SoldPiece]:
    """The options other than the piece spoken of last."""
    shown = _known((o.product_id for o in view.newest), view)
    return [piece for piece in shown if piece.product_id != _product_discussed_last(view)]


def _piece_fits(target: Target, piece: SoldPiece, named: Naming) -> bool:
    """Whether the piece fits the target in all but the colour."""
    return (
        named(piece.name)
        and is_of_kind(target.category, piece.category, piece.name)
        and has_pattern(target.pattern, piece.pattern, piece.name)
        and (target.size is None or size_said(target.size, piece.sizes) is not None)
    )


def _comes_in(colour: str | None, piece: SoldPiece) -> bool:
    return has_colour(colour, piece.colours)


def _named_so(colour: str | None, piece: SoldPiece) -> bool:
    return is_named_so(colour, piece.name)


def _preferred(fitting: list[SoldPiece], target: Target, values: Values | None) -> list[SoldPiece]:
    """The pieces sold in the wanted colour and size, else all. A shorter name is no reason."""
    wanted = values or Values()
    wanted = wanted.model_copy(
        update={
            "colour": wanted.colour or target.colour,
            "size": wanted.size or target.size,
        }
    )
    return sold_in(wanted, fitting) or fitting
