"""Carries what one clause says over to another: "white and navy. All L", "and the same in black".

Also the piece that a question told of: "which is the cheapest? Give me that one in black".
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.edits.as_before import SAME_SLOTS, says_same
from dukani.agent.local_reader.edits.words import ALL, BOTH
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.tidying import spread_over
from dukani.domain import acts as a

VARIANT = ("colour", "size")


def over_clauses(parts: Sequence[Message], said: list[list[a.Act]]) -> list[list[a.Act]]:
    """The acts of each clause, with what they share with others."""
    of_all = [part.says_any(ALL | BOTH) for part in parts]
    for at in range(1, len(parts)):
        taken = _as_asked(said[at - 1], _of_asked(said[at - 1], said[at]))
        said[at] = _same_as_before(parts[at], taken, said[:at])
    return spread_over(said, of_all)


def _of_asked(before: Sequence[a.Act], acts: list[a.Act]) -> list[a.Act]:
    """The picks of "that one", of the piece whose price the clause before asked."""
    asked = [act.target for act in before if isinstance(act, a.AskPrice) and act.target.option]
    if len(asked) != 1 or len(before) != 1:
        return acts
    return [
        act.model_copy(update={"target": asked[0]})
        if isinstance(act, a.Add) and _names_none(act) and not act.another
        else act
        for act in acts
    ]


def _as_asked(before: Sequence[a.Act], acts: list[a.Act]) -> list[a.Act]:
    """The pick in the colour and size just asked about: "is navy there in XL? ok weka mbili"."""
    asked = before[0] if len(before) == 1 else None
    if not isinstance(asked, a.AskStock) or len(acts) != 1:
        return acts
    act = acts[0]
    if not isinstance(act, a.Add | a.Set) or act.values.colour or act.values.size:
        return acts
    if act.values.age is not None or act.target not in (a.Target(), a.Target(pointed="it")):
        return acts
    told = {slot: getattr(asked.values, slot) for slot in VARIANT}
    values = act.values.model_copy(update=told)
    which = asked.target if asked.target.describes or asked.target.option else act.target
    return [act.model_copy(update={"values": values, "target": which})]


def _names_none(act: a.Add) -> bool:
    """Whether the pick names no piece but by the colour it is wanted in, or points at it."""
    return act.target in (
        a.Target(),
        a.Target(pointed="it"),
        a.Target(colour=act.values.colour),
        a.Target(colour=act.values.colour, pointed="it"),
    )


def _same_as_before(
    clause: Message, acts: list[a.Act], earlier: Sequence[Sequence[a.Act]]
) -> list[a.Act]:
    """The Adds of "the same in white", with the size or colour of the piece told of before."""
    values = [act.values for part in earlier for act in part if isinstance(act, a.Add | a.Set)]
    if not values or not says_same(clause):
        return acts
    asked = [slot for slot, words in SAME_SLOTS.items() if clause.says_any(words)] or VARIANT
    return [_with_values(act, values[-1], asked) if isinstance(act, a.Add) else act for act in acts]


def _with_values(act: a.Add, before: a.Values, slots: Sequence[str]) -> a.Add:
    told = act.values
    missing = {slot: getattr(before, slot) for slot in slots if getattr(told, slot) is None}
    if told.age is not None:
        missing.pop("size", None)
    return act.model_copy(update={"values": told.model_copy(update=missing)})
