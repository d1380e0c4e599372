"""Resolves a "remove" to lines of the order, or to a wish that is still open."""

from __future__ import annotations

from dukani.domain.acts import Add, Remove, Target, Values
from dukani.domain.answers import fits_values
from dukani.domain.going_back import line_of_the_other
from dukani.domain.naming import names
from dukani.domain.pinning import pin_lines, pin_of
from dukani.domain.questions import Question
from dukani.domain.resolved import NotFound, Resolution
from dukani.domain.resolver import lines_meant, pieces_meant
from dukani.domain.view import View


def resolve_remove(edit: Remove, view: View, found: Resolution) -> None:
    if edit.target.scope == "all" and not edit.target.describes:
        _remove_all(edit, view, found)
        return
    wish = wish_meant(edit.target, view, found)
    if wish is not None:
        found.drop(wish)
    else:
        _remove_lines(edit, view, found)


def _remove_all(edit: Remove, view: View, found: Resolution) -> None:
    """Removes all lines and open wishes, except those in `target.but`."""
    but = edit.target.but
    kept_wish = wish_meant(but, view, found) if but else None
    if but is not None and kept_wish is None and not lines_meant(but, view):
        found.unknown.append(NotFound(edit, of_order=True))  # nothing to keep: touch nothing
        return
    wishes = [] if edit.target.pointed == "other" else _wishes(found)
    dropped = [wish for wish in wishes if wish is not kept_wish]
    for wish in dropped:
        found.drop(wish)
    lines = lines_meant(edit.target, view)
    if lines:
        pin_lines(edit, lines, found)
    elif not dropped:
        found.unknown.append(NotFound(edit, of_order=True))


def _remove_lines(edit: Remove, view: View, found: Resolution) -> None:
    several = line_of_the_other(edit.target, view)
    if several is not None and edit.quantity is None:
        one = {"target": pin_of(several), "quantity": 1}
        found.pinned.append(edit.model_copy(update=one))
        return
    lines = lines_meant(edit.target, view)
    nothing_kept = edit.target.but is not None and not lines_meant(edit.target.but, view)
    if nothing_kept or not lines:
        found.unknown.append(NotFound(edit, of_order=True))
    else:
        pin_lines(edit, lines, found)
        _drop_wishes_for(edit, view, found)


def _drop_wishes_for(edit: Remove, view: View, found: Resolution) -> None:
    """Drops the wishes for more of the piece too: "forget the cap completely"."""
    target = edit.target
    if edit.quantity is not None or target.scope != "one" or target.colour or target.size:
        return
    for wish in _wishes(found):
        if _is_meant(target, wish, view):
            found.close(wish)


def _wishes(found: Resolution) -> list[Question]:
    """The open questions about wanted pieces, newest first."""
    return [q for q in reversed(found.open) if isinstance(q.completes, Add)]


def wish_meant(target: Target, view: View, found: Resolution) -> Question | None:
    """The open question about the target's piece; for an empty target the one asked last."""
    wishes = _wishes(found)
    if target.says_nothing:
        return wishes[0] if wishes and found.open and wishes[0] is found.open[-1] else None
    pointed = target.line is not None or target.option is not None or target.variant_id is not None
    if pointed or target.scope != "one" or (target.describes and lines_meant(target, view)):
        return None
    return next((wish for wish in wishes if _is_meant(target, wish, view)), None)


def _is_meant(target: Target, wish: Question, view: View) -> bool:
    assert isinstance(wish.completes, Add)  # `_wishes` returns no others
    values: Values = wish.completes.values
    if not target.describes or not fits_values(target, values):
        return False
    if target.name and names(target.name, wish.name):
        return True
    among = [wish.product_id] if wish.product_id else list(wish.choices)
    known = [id_ for id_ in among if view.piece(id_) is not None]
    return bool(known) and bool(pieces_meant(target, view, among=known))
