"""Turns "one for each child" into one unit per age the search named, not one per size. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.acts import Add, Edit
from dukani.domain.pieces import Line, SoldPiece
from dukani.domain.resolver import pieces_meant
from dukani.domain.sizes import same_size, sizes_for_age
from dukani.domain.view import View


def ages_fitting(piece: SoldPiece, view: View) -> list[int]:
    """The ages searched for that the piece fits, without those the order already dresses.

    After "the girls take the gown", "the boy the set" is for the boy alone.
    """
    fitting = [age for age in view.ages if sizes_for_age(age, piece.sizes, piece)]
    left = _without_dressed(fitting, view.lines)
    return left or fitting


def _without_dressed(ages: Sequence[int], lines: Sequence[Line]) -> list[int]:
    left = list(ages)
    for line in lines:
        for _ in range(line.quantity):
            dressed = next((age for age in left if sizes_for_age(age, (line.size,), line)), None)
            if dressed is not None:
                left.remove(dressed)
    return left


def one_for_each_age(edits: Sequence[Edit], view: View) -> list[Edit]:
    """The edits, with one unit per age in place of one in every size ("each their own size")."""
    if not view.ages:
        return list(edits)
    kept: list[Edit] = []
    done: list[Add] = []
    for edit in edits:
        if not isinstance(edit, Add) or (every := _every_size(edit, edits, view)) is None:
            kept.append(edit)
        elif _unsized(edit) not in done:
            done.append(_unsized(edit))
            kept += _one_per_age(edit, every, view)
    return kept


def _unsized(edit: Add) -> Add:
    return edit.model_copy(
        update={"values": edit.values.model_copy(update={"size": None}), "evidence": None}
    )


def _every_size(edit: Add, edits: Sequence[Edit], view: View) -> SoldPiece | None:
    """The piece that these edits want in every size, all else being the same; None: no such."""
    meant = pieces_meant(edit.target, view, values=edit.values) if edit.values.size else []
    if len(meant) != 1 or len(meant[0].sizes) < 2:
        return None
    same = [x for x in edits if isinstance(x, Add) and _unsized(x) == _unsized(edit)]
    sizes = [x.values.size for x in same if x.values.size]
    wanted = all(any(same_size(size, one) for size in sizes) for one in meant[0].sizes)
    made_for_some = any(sizes_for_age(age, meant[0].sizes, meant[0]) for age in view.ages)
    return meant[0] if wanted and made_for_some else None


def _one_per_age(edit: Add, piece: SoldPiece, view: View) -> list[Edit]:
    """One add for each age; two ages that wear the same sizes make one add."""
    told: dict[tuple[str, ...], int] = {}
    for age in ages_fitting(piece, view):
        told.setdefault(sizes_for_age(age, piece.sizes, piece), age)
    return [
        edit.model_copy(
            update={"values": edit.values.model_copy(update={"size": None, "age": age})}
        )
        for age in told.values()
    ]
