"""Resolves edits of one message that describe one piece in several values.

"The fleece ones, 2 red and 2 blue": both are of the piece that comes in red and in blue, though the
red alone could be of two pieces.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.acts import Add, Edit, Target
from dukani.domain.resolver import pieces_meant
from dukani.domain.view import View


def pinned_to_the_same(edits: Sequence[Edit], view: View) -> list[Edit]:
    """The edits, with adds described alike pinned to the one piece that fits all their values."""
    return [
        edit.model_copy(update={"target": piece})
        if isinstance(edit, Add) and (piece := _only_piece_for(edit, edits, view))
        else edit
        for edit in edits
    ]


def _only_piece_for(edit: Add, edits: Sequence[Edit], view: View) -> Target | None:
    alike = [one for one in edits if isinstance(one, Add) and one.target == edit.target]
    target = edit.target
    if len(alike) < 2 or not target.describes or target.category or target.scope != "one":
        return None  # "a red dress M and a blue dress L" may be two dresses
    meant = [pieces_meant(target, view, values=one.values) for one in alike]
    common = set.intersection(*({piece.product_id for piece in pieces} for pieces in meant))
    unclear = any(len(pieces) > 1 for pieces in meant)
    return Target(product_id=common.pop()) if unclear and len(common) == 1 else None
