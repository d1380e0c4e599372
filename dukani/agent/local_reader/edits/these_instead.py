"""Reads what alone is wanted of a kind that is refused: "heels hapana, zile za silver 38 tu".

The gold heels ordered become the silver ones: silver tells no line, as none is silver.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.edits.words import ONLY
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line

REFUSING = ("hapana", "no", "sitaki", "not", "sio", "zii", "nope", "dont")


def these_instead(message: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts, with the colour of a change moved from the line to what it becomes.

    So too of two removals, of which only the first is of a line: "za black sitaki, za nude tu".
    """
    if not message.says_any(ONLY):
        return list(acts)
    if len(acts) == 2 and all(isinstance(act, a.Remove) for act in acts):
        return _both_in_one(message, acts) or list(acts)
    return [_moved(message, act) if message.says(*REFUSING) else act for act in acts]


def _of_kind(message: Message, category: str | None) -> Line | None:
    """The one line of the kind; None: there is none, or several."""
    lines = [line for line in message.context.cart if line.category == category]
    return lines[0] if len(lines) == 1 else None


def _moved(message: Message, act: a.Act) -> a.Act:
    if not isinstance(act, a.Set) or not act.change:
        return act
    told, values = act.target, act.values
    line = _of_kind(message, told.category)
    if line is None or told.colour in (None, line.colour) or values.colour is not None:
        return act
    return a.Set(
        target=a.Target(line=line.number),
        values=values.model_copy(update={"colour": told.colour}),
        change=True,
    )


def _both_in_one(message: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    refused, wanted = (act.target for act in acts if isinstance(act, a.Remove))
    line = _of_kind(message, refused.category)
    if line is None or wanted.category != refused.category or refused.colour != line.colour:
        return []
    if wanted.colour in (None, line.colour):
        return []
    values = a.Values(colour=wanted.colour, size=wanted.size)
    return [a.Set(target=a.Target(line=line.number), values=values, change=True)]
