"""Reads an unnamed piece put where another goes as a change: "toa belt ya brown, weka ya black".

So too where another variant of what is ordered was offered: "ok change it to the blue XL".
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

VALUES = ("colour", "size")
ALSO = frozenset(("pia", "too", "also", "another", "nyingine", "ingine", "tena", "more"))


def changed_in_place(message: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts, where the other one is a belt too, in the size of the first."""
    changed: list[a.Act] = []
    for act in acts:
        if (to_be := _change(message, changed[-1] if changed else None, act)) is not None:
            changed[-1] = to_be
        elif (wanted := _one_of_them(changed[-1] if changed else None, act)) is not None:
            changed.append(wanted)
        else:
            changed.append(_of_the_line(message, act))
    return changed


def _of_the_line(message: Message, act: a.Act) -> a.Act:
    """The change of the one line of the piece just offered: "ok change it to the blue XL"."""
    context = message.context
    if context.question != "take_it" or context.focus is None or not message.tagged("~change"):
        return act
    if not isinstance(act, a.Set) or not act.change or not act.target.says_nothing:
        return act
    lines = [line for line in context.cart if line.product_id == context.focus.product_id]
    if len(lines) != 1:
        return act
    return act.model_copy(update={"target": a.Target(line=lines[0].number)})


def _change(message: Message, gone: a.Act | None, act: a.Act) -> a.Set | None:
    """The change that both acts together are, if they are one."""
    if not isinstance(gone, a.Remove) or not isinstance(act, a.Add | a.Set):
        return None
    if isinstance(act, a.Set) and (act.change or message.context.focus is not None):
        return None  # the values are of the piece looked at
    told = {name for name, value in act.values if value is not None}
    one_more = message.says_any(ALSO) or not told or told - set(VALUES)
    if one_more or not _is_unnamed(act) or not (_is_one_line(gone) or _is_value(gone, told)):
        return None
    return a.Set(target=gone.target, values=act.values, change=True)


def _one_of_them(gone: a.Act | None, act: a.Act) -> a.Add | None:
    """The piece of the kind of which several went: "lose both kilembas and get a red one"."""
    if not isinstance(gone, a.Remove) or not isinstance(act, a.Add):
        return None
    went = gone.target
    several = went.scope != "one" and went.but is None and (went.name or went.category)
    told = {name for name, value in act.values if value is not None}
    if not several or not _is_unnamed(act) or not told or act.target.pointed:
        return None
    kind = a.Target(name=went.name, category=went.category)
    return act.model_copy(update={"target": kind})


def _is_unnamed(act: a.Add | a.Set) -> bool:
    return act.target.says_nothing or act.target == a.Target(colour=act.values.colour)


def _is_value(gone: a.Remove, told: set[str]) -> bool:
    """Whether a value of a line goes for another of its kind: "toa ya 32, niwekee 34"."""
    target = gone.target
    named = {slot for slot in VALUES if getattr(target, slot)}
    others = target.name or target.category or target.option or target.line or target.but
    return named == told and not others and target.scope == "one" and gone.quantity is None


def _is_one_line(gone: a.Remove) -> bool:
    named = gone.target.name is not None or gone.target.category is not None
    return named and gone.target.scope == "one" and gone.quantity is None and not gone.target.but
