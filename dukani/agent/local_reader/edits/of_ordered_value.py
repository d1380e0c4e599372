"""Takes a size or colour for the line it is of, where only the count is new: "just one in L"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.words import ONLY
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.naming import names
from dukani.domain.pieces import Line

VALUES = ("size", "colour")


def of_ordered_value(clause: Message, act: a.Act) -> a.Act:
    """The act, its size or colour moved to the target where one of several lines is in it.

    "Just one shirt in L" beside a shirt in XL: two in L are one too many.
    """
    if not isinstance(act, a.Set | a.Split) or not clause.says_any(ONLY):
        return act
    told, values = act.target, _new_values(act)
    count = values.quantity
    said = {slot: value for slot in VALUES if (value := getattr(values, slot))}
    if not said or not count or told.size or told.colour or told.line or told.scope != "one":
        return act
    lines = [line for line in clause.context.cart if _fits(line, told)]
    meant = [line for line in lines if all(getattr(line, k) == v for k, v in said.items())]
    if len(lines) < 2 or len(meant) != 1 or meant[0].quantity == count:
        return act
    told = a.Target(line=meant[0].number)
    return a.Set(target=told, values=a.Values(quantity=count), change=True)


def _new_values(act: a.Set | a.Split) -> a.Values:
    """The values of the one part that is to change; none where there are several."""
    if isinstance(act, a.Set):
        return act.values if act.change else a.Values()
    return act.parts[0] if len(act.parts) == 1 else a.Values()


def _fits(line: Line, told: a.Target) -> bool:
    named = told.name is None or names(told.name, line.name)
    return named and told.category in (None, line.category)
