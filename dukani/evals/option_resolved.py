"""Tells the place in the list shown of a piece that an act calls by its name or by its kind.

"I'll take the beaded ones" names the second piece of the list as well as "2" does. What the file
expects is never looked at.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain import acts as a
from dukani.domain.naming import spells
from dukani.evals.kind_resolved import Piece


def option_resolved(act: a.Act, shown: Sequence[Piece] = ()) -> int | None:
    """The number, from 1, of the one piece shown that the act's target names; None: none or more.

    A target that tells a line or another's place is left as it is.
    """
    told = getattr(act, "target", None)
    if not isinstance(told, a.Target) or told.line is not None:
        return None
    called = [at for at, piece in enumerate(shown, 1) if _is_called(piece, told)]
    return called[0] if len(called) == 1 else None


def _is_called(piece: Piece, told: a.Target) -> bool:
    """Whether the target names the piece, or its kind where it has no name: "the kanzu"."""
    if told.name is not None:
        return spells(told.name, piece.name)
    return told.category is not None and told.category == piece.category
