"""Resolves a substitution: which line goes, and which piece takes its place."""

from __future__ import annotations

from dukani.domain.acts import Add, Substitute, Target, Values
from dukani.domain.known_values import with_described
from dukani.domain.pieces import Line, SoldPiece
from dukani.domain.pinning import are_meant, ask_which, ask_which_line, pin_of
from dukani.domain.questions import Question
from dukani.domain.resolved import NotFound, Resolution
from dukani.domain.resolver import lines_meant, pieces_meant
from dukani.domain.taking_out import wish_meant
from dukani.domain.view import View
from dukani.domain.waiting import over_values


def resolve_substitute(edit: Substitute, view: View, found: Resolution) -> None:
    """Pins both sides of a substitution, or asks for the side that is ambiguous."""
    wish = wish_meant(edit.target, view, found)
    if wish is not None and not _is_what_comes(wish, edit, view):
        found.drop(wish)
        before = wish.completes.values if isinstance(wish.completes, Add) else Values()
        _add_instead(edit, before, view, found)
        return
    lines = [] if _is_of_what_went(edit, view) else _lines_that_go(edit, view)
    if not lines and (not view.lines or _is_of_what_went(edit, view)):
        _add_instead(edit, Values(), view, found)
    elif not lines:
        found.unknown.append(NotFound(edit, of_order=True))
    elif not are_meant(edit.target, lines):
        found.ask(ask_which_line(edit, lines))
    else:
        for line in lines:
            _put_in_place(edit, line, view, found)


def _is_what_comes(wish: Question, edit: Substitute, view: View) -> bool:
    """Whether the wish is for the new piece: shown the linen dress, "the beige L instead"."""
    if not edit.target.says_nothing or not view.lines or wish.product_id is None:
        return False
    coming = pieces_meant(edit.piece, view, values=edit.values)
    return [piece.product_id for piece in coming] == [wish.product_id]


def _is_of_what_went(edit: Substitute, view: View) -> bool:
    """Whether "it" went with the last change: "take the rust one out", then "a watch instead"."""
    return view.only_taken_out and edit.target in (Target(), Target(pointed="it"))


def _lines_that_go(edit: Substitute, view: View) -> list[Line]:
    lines = lines_meant(edit.target, view)
    pointed = edit.target.describes or edit.target.line is not None or edit.target.variant_id
    return list(view.lines) if not lines and not pointed and len(view.lines) == 1 else lines


def _put_in_place(edit: Substitute, line: Line, view: View, found: Resolution) -> None:
    pinned = edit.model_copy(update={"target": pin_of(line)})
    pieces = _pieces_that_come(edit, line, view)
    if not pieces:
        found.unknown.append(NotFound(edit, of_order=False))
    elif len(pieces) > 1:
        found.ask(ask_which(pinned, pieces))
    else:
        values = with_described(edit.values, edit.piece, pieces[0])
        values = _as_spoken_of(values, pieces[0], view)
        piece = Target(product_id=pieces[0].product_id)
        found.pinned.append(pinned.model_copy(update={"piece": piece, "values": values}))


def _as_spoken_of(values: Values, piece: SoldPiece, view: View) -> Values:
    """With colour and size of the piece spoken of: "the white one in 39?", "that one instead"."""
    focus = view.focus
    if focus is None or focus.product_id != piece.product_id:
        return values
    known: dict[str, object] = {}
    if values.colour is None and focus.colour != values.exclude_colour:
        known["colour"] = focus.colour
    if values.size is None and values.age is None and focus.size != values.exclude_size:
        known["size"] = focus.size
    return values.model_copy(update=known)


def _pieces_that_come(edit: Substitute, line: Line, view: View) -> list[SoldPiece]:
    """The candidates for the new piece: the same one if only values are said ("the red one")."""
    piece = edit.piece
    if others := _another_shown(edit, line, view):
        return others
    if looked_at := _looked_at(edit, line, view):
        return looked_at
    only_values = piece.name is None and piece.category is None and piece.pattern is None
    if only_values and (piece.describes or piece.says_nothing):
        same = pieces_meant(piece, view, among=[line.product_id])
        if same and (piece.describes or not edit.values.says_nothing):
            return same
    return pieces_meant(piece, view, values=edit.values)


def _looked_at(edit: Substitute, line: Line, view: View) -> list[SoldPiece]:
    """The piece in focus, where it fits what comes and no line is named: "the black L instead"."""
    focus = view.focus
    if focus is None or focus.product_id == line.product_id or not edit.target.says_nothing:
        return []
    if edit.piece.says_nothing:
        return []
    return pieces_meant(edit.piece, view, values=edit.values, among=[focus.product_id])


def _another_shown(edit: Substitute, line: Line, view: View) -> list[SoldPiece]:
    """The one other piece of a list to choose from that "that one, black" can mean."""
    piece = edit.piece
    bare = piece.name is None and piece.category is None and piece.pattern is None
    if piece.pointed != "it" or not bare or not view.choosing:
        return []
    shown = [o.product_id for o in view.newest if o.product_id != line.product_id]
    others = pieces_meant(piece, view, values=edit.values, among=shown) if shown else []
    return others if len(others) == 1 else []


def _add_instead(edit: Substitute, before: Values, view: View, found: Resolution) -> None:
    """Adds the new piece where no line goes, in the size and quantity wished for before."""
    pieces = pieces_meant(edit.piece, view, values=edit.values)
    held = Values(quantity=before.quantity)
    if len(pieces) == 1 and before.size in pieces[0].sizes and edit.values.age is None:
        held = Values(quantity=before.quantity, size=before.size)
    wanted = Add(evidence=edit.evidence, target=edit.piece, values=over_values(held, edit.values))
    if not pieces:
        found.unknown.append(NotFound(wanted, of_order=False))
    elif len(pieces) > 1:
        found.ask(ask_which(wanted, pieces))
    else:
        values = with_described(wanted.values, edit.piece, pieces[0])
        pin = Target(product_id=pieces[0].product_id)
        found.pinned.append(wanted.model_copy(update={"target": pin, "values": values}))
