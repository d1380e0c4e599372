"""Reads the price asked of a piece that is praised first: "that red one is lovely, its price?"."""

from __future__ import annotations

from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import definite
from dukani.domain import acts as a

WISHES = ("~take", "~want", "~give", "~add", "~put", "~buy")


def price_of_what_is_praised(message: Message, acts: list[a.Act]) -> list[a.Act]:
    """The question, of the one shown piece that has the colour or is of the kind pointed at."""
    asked = acts[-1] if _only_looks(message, acts[:-1]) else None
    if not isinstance(asked, a.AskPrice) or asked != a.AskPrice(evidence=asked.evidence):
        return acts
    called = [find for slot in ("colour", "category") for find in message.slots.wanted(slot)]
    told = {find.slot: find.value for find in called}
    if (
        not called
        or len(told) != len(called)
        or not any(definite(message, find) for find in called)
    ):
        return acts
    shown = message.context.options
    fitting = [
        option
        for option in shown
        if told.get("colour") in (None, *option.colours)
        and told.get("category") in (None, option.category)
    ]
    if len(fitting) != 1:
        return acts
    return [asked.model_copy(update={"target": a.Target(**told)})]


def _only_looks(message: Message, before: list[a.Act]) -> bool:
    """Whether nothing is wished beside what comes last: no more than a colour or kind is told."""
    if not before:
        return True
    wished = message.has("want", "add_to_cart", "checkout") or message.tagged(*WISHES)
    picked = before[0]
    if wished or len(before) > 1 or not isinstance(picked, a.Add) or picked.another:
        return False
    return picked.values == a.Values(colour=picked.values.colour) and not picked.target.name
