"""Pieces for the children the list was shown for: one for each, and never every size. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.acts import Add, Edit
from dukani.domain.pieces import Line, SoldPiece
from dukani.domain.resolver import pieces_meant
from dukani.domain.sizes import same_size, sizes_for_age
from dukani.domain.view import View


def ages_fitting(piece: SoldPiece, view: View) -> list[int]:
    """The ages asked for that the piece is made for; of those the order has pieces for, none.

    "The girls take the gown", and then "the boy the set": only the boy is left.
    """
    fitting = [age for age in view.ages if sizes_for_age(age, piece.sizes)]
    left = _without_clothed(fitting, view.lines)
    return left or fitting


def _without_clothed(ages: Sequence[int], lines: Sequence[Line]) -> list[int]:
    left = list(ages)
    for line in lines:
        for _ in range(line.quantity):
            dressed = next((age for age in left if sizes_for_age(age, (line.size,))), None)
            if dressed is not None:
                left.remove(dressed)
    return left


def one_for_each_age(edits: Sequence[Edit], view: View) -> list[Edit]:
    """ "Each her own size", read as one in every size there is: those for the ages asked for."""
    if not view.ages:
        return list(edits)
    kept: list[Edit] = []
    done: list[Add] = []
    for edit in edits:
        if not isinstance(edit, Add) or (every := _every_size(edit, edits, view)) is None:
            kept.append(edit)
        elif _unsized(edit) not in done:
            done.append(_unsized(edit))
            kept += _of_the_ages(edit, every, view)
    return kept


def _unsized(edit: Add) -> Add:
    return edit.model_copy(
        update={"values": edit.values.model_copy(update={"size": None}), "evidence": None}
    )


def _every_size(edit: Add, edits: Sequence[Edit], view: View) -> SoldPiece | None:
    """The piece of which every size is wanted by edits that are otherwise the same."""
    meant = pieces_meant(edit.target, view, values=edit.values) if edit.values.size else []
    if len(meant) != 1 or len(meant[0].sizes) < 2:
        return None
    same = [x for x in edits if isinstance(x, Add) and _unsized(x) == _unsized(edit)]
    sizes = [x.values.size for x in same if x.values.size]
    wanted = all(any(same_size(size, one) for size in sizes) for one in meant[0].sizes)
    made_for_some = any(sizes_for_age(age, meant[0].sizes) for age in view.ages)
    return meant[0] if wanted and made_for_some else None


def _of_the_ages(edit: Add, piece: SoldPiece, view: View) -> list[Edit]:
    """One for each age; two of an age that a size fits both of are one."""
    told: dict[tuple[str, ...], int] = {}
    for age in ages_fitting(piece, view):
        told.setdefault(sizes_for_age(age, piece.sizes), age)
    return [
        edit.model_copy(
            update={"values": edit.values.model_copy(update={"size": None, "age": age})}
        )
        for age in told.values()
    ]
