"""Forgets the size that pieces were looked for in, once another was taken. Pure.

The pieces of a list keep the size they were looked for in ("bras in 36C"), so that "the second"
need not say it. A piece of it that is put in and then changed to 36B tells that 36C is not the
size: of what is picked next it is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.changes import Change
from dukani.graph.state import State


def without_left_sizes(state: State, changes: Sequence[Change]) -> State:
    """The lists and the search, without the sizes that lines were just changed from."""
    left = {
        change.before.size
        for change in changes
        if change.before and change.line and change.before.size != change.line.size
    }
    if not left:
        return {}
    forgotten: State = {
        "lists": [
            [{**option, "size": None} if option.get("size") in left else option for option in one]
            for one in state.get("lists") or []
        ]
    }
    search = state.get("search")
    if search is not None and search["wish"].get("size") in left:
        forgotten["search"] = {**search, "wish": {**search["wish"], "size": None}}
    return forgotten
