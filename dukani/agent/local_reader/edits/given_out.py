"""Reads the sizes or colours that a line's units are given out to: of three, "shorts S, M na L".

As many are told as are ordered, and the line's own is one of them: none is put in besides.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.edits.words import ALL, ANOTHER
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.steps import CHOOSING


def given_out(message: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts, with the Adds of one kind as a Split of its only line.

    And with an Add of all that are ordered of it as a Set: "all pyjamas in blue".
    """
    if of_all := _of_all_lines(message, acts):
        return [of_all]
    adds = [act for act in acts if isinstance(act, a.Add)]
    context = message.context
    if len(adds) < 2 or len(adds) != len(acts) or len({act.target for act in adds}) != 1:
        return list(acts)
    if context.step in CHOOSING or context.question or context.options or message.asks:
        return list(acts)
    if message.tagged("~add") or message.says_any(ANOTHER) or any(act.another for act in adds):
        return list(acts)
    heads = [find for find in message.slots.finds if find.slot in ("name", "category")]
    lines = message.only(heads).lines_said() if heads else []
    counts = [act.values.quantity or 1 for act in adds]
    if len(lines) != 1 or lines[0].quantity != sum(counts):
        return list(acts)
    [line] = lines
    for slot in ("size", "colour"):
        told = [getattr(act.values, slot) for act in adds]
        if None not in told and len(set(told)) == len(told) and getattr(line, slot) in told:
            return [_split(line.number, adds, slot, getattr(line, slot))]
    return list(acts)


def _of_all_lines(message: Message, acts: Sequence[a.Act]) -> a.Set | None:
    """The change of all lines of a kind that is said of all of it, and of nothing else."""
    [add] = acts if len(acts) == 1 else [None]
    context = message.context
    if not isinstance(add, a.Add) or add.another or message.asks or message.tagged("~add", "~want"):
        return None
    if context.step in CHOOSING or context.question or context.options or add.values.quantity:
        return None
    heads = [find for find in message.slots.finds if find.slot in ("name", "category")]
    beside = {t.text for f in heads for t in message.tokens[max(0, f.start - 1) : f.end + 1]}
    if not heads or not beside & ALL or len(message.only(heads).lines_said()) < 2:
        return None
    told = add.target.model_copy(update={"scope": "all", "pointed": None, "colour": None})
    return a.Set(target=told, values=add.values, change=True)


def _split(number: int, adds: Sequence[a.Add], slot: str, own: str) -> a.Split:
    parts = tuple(
        act.values.model_copy(update={"quantity": act.values.quantity or 1})
        for act in adds
        if getattr(act.values, slot) != own
    )
    return a.Split(target=a.Target(line=number), parts=parts)
