"""Adds a piece of its own for somebody: "my bro wants the same but in 52".

The line in the order stays as it is; the new one has its colour and size but for what is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.edits.words import SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.wearers_found import WearerSaid
from dukani.domain import acts as a


def one_more_for(acts: Sequence[a.Act], said: Sequence[WearerSaid], rest: Message) -> list[a.Act]:
    """The acts with a piece of its own for somebody: "my bro wants the same but in 52"."""
    cart = rest.context.cart
    relations = {one.act.relation for one in said}
    theirs = any(line.worn_by and line.worn_by.relation in relations for line in cart)
    if not cart or theirs or rest.tagged("~change") or rest.says_any(SET_TO):
        return list(acts)
    return [_one_more(act, rest) if isinstance(act, a.Set) else act for act in acts]


def _one_more(act: a.Set, rest: Message) -> a.Act:
    """Another of the line that the Set names, in its colour and size but for what is said."""
    if act.target.says_nothing:
        return act if act.change else a.Add(values=act.values, another=True)
    lines = rest.lines_said()
    kept = lines[0] if len(lines) == 1 else None
    told = act.values.colour or act.values.size
    if kept is None or told is None:
        return act
    values = {"colour": act.values.colour or kept.colour, "size": act.values.size or kept.size}
    return a.Add(target=act.target, values=act.values.model_copy(update=values), another=True)
