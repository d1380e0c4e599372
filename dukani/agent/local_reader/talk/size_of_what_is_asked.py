"""Takes a size told behind a question for that of what is asked: "grey skirts? I'm a 12".

It is looked for in that size; nothing is put in, and no line is altered.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain import acts as a

ASKING = (a.Search, a.AskStock, a.AskPrice)


def asked_in_the_size_told(acts: Sequence[a.Act], told: Sequence[a.Act]) -> list[a.Act]:
    """The acts without an edit to the size told, which the questions have instead."""
    size = next((act.size for act in told if isinstance(act, a.TellSize) and act.size), None)
    asked = [act for act in acts if isinstance(act, ASKING)]
    others = [act for act in acts if act not in asked]
    if size is None or not asked or not others or not all(_only_sets(x, size) for x in others):
        return list(acts)
    return [_in_size(act, size) for act in asked]


def _only_sets(act: a.Act, size: str) -> bool:
    """Whether nothing is set but that size, and what the question beside it says of the piece."""
    if not isinstance(act, a.Set) or act.values.size != size:
        return False
    return act.values.quantity is None and act.target.scope == "one"


def _in_size(act: a.Act, size: str) -> a.Act:
    if isinstance(act, a.Search) and act.size is None:
        return act.model_copy(update={"size": size})
    if isinstance(act, a.AskStock) and act.values.size is None:
        return act.model_copy(update={"values": act.values.model_copy(update={"size": size})})
    return act
