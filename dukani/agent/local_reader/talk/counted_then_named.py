"""Reads which of a kind is meant by what follows its count: "two sports bras, the padded one".

The piece named behind is no further one; the count is of it.
"""

from __future__ import annotations

from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import definite
from dukani.domain import acts as a


def counted_then_named(message: Message, acts: list[a.Act]) -> list[a.Act]:
    """The acts with the count of a kind put on the piece of it that is named behind."""
    picks = [act for act in acts if isinstance(act, a.Add)]
    if len(picks) < 2 or not _only_counts(picks[0]):
        return acts
    counted, named = picks[0], picks[1:]
    if not all(_is_of_it(counted, act) for act in named) or not _points_behind(message):
        return acts
    count = counted.values.quantity
    if len(named) not in (1, count):
        return acts
    each = count if len(named) == 1 else 1
    other = [act for act in acts if not isinstance(act, a.Add)]
    return [*other, *(_counted(act, each, counted) for act in named)]


def _only_counts(act: a.Add) -> bool:
    """Whether only a kind and how many of it are told: "two sports bras"."""
    told = act.values == a.Values(quantity=act.values.quantity)
    kind = act.target.category is not None and act.target.colour is None
    return told and kind and (act.values.quantity or 0) > 1 and act.target.scope == "one"


def _is_of_it(counted: a.Add, act: a.Add) -> bool:
    """Whether one of the kind is named by a word of its own, and no count is told of it."""
    named = act.target.name is not None and act.target.name != counted.target.name
    kind = act.target.category in (None, counted.target.category)
    valued = act.values.colour or act.values.size
    return named and kind and bool(valued) and act.values.quantity is None


def _points_behind(message: Message) -> bool:
    """Whether a pause and then "the" or "ile" lead to the piece: ", the padded one in white"."""
    names = [find for find in message.slots.finds if find.slot == "name"]
    counts = [find for find in message.slots.finds if find.slot == "quantity"]
    later = [find for find in names if counts and find.start > counts[0].end]
    led = next((find for find in later if definite(message, find)), None)
    return led is not None and any(token.pause for token in message.tokens[: led.start])


def _counted(act: a.Add, count: int | None, of: a.Add) -> a.Add:
    """The pick in so many, and of the kind that was counted."""
    values = act.values.model_copy(update={"quantity": count})
    which = act.target.model_copy(update={"category": of.target.category})
    told = {"values": values, "target": which, "another": act.another or of.another}
    return act.model_copy(update=told)
