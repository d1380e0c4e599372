"""Reads the swap of a line for the cheapest piece shown: "I'll take the cheaper one instead"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.pieces import values, whole
from dukani.agent.local_reader.edits.words import INSTEAD
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line, Option

ANOTHER_LOOK = ("show", "have", "budget")
HEADS = ("name", "category", "option", "pattern")


def cheaper_instead(clause: Message) -> list[a.Act]:
    """A Substitute of the line of a list by that list's cheapest piece; else nothing."""
    if not clause.has("cheaper", "cheapest") or not clause.says_any(INSTEAD) or clause.asks:
        return []
    if clause.has(*ANOTHER_LOOK) or any(clause.slots.wanted(slot) for slot in HEADS):
        return []
    for shown in (clause.context.options, *clause.context.earlier):
        if swapped := _swapped(clause.context.cart, shown):
            line, piece = swapped
            gone, wanted = a.Target(line=line.number), a.Target(name=piece.name)
            return [a.Substitute(target=gone, piece=wanted, values=values(whole(clause)))]
    return []


def _swapped(cart: tuple[Line, ...], shown: tuple[Option, ...]) -> tuple[Line, Option] | None:
    """The one line of a list and a cheaper piece of it; None where either is not plain."""
    priced = [option for option in shown if option.price_minor]
    ordered = [line for line in cart if line.product_id in {option.product_id for option in priced}]
    if len(ordered) != 1:
        return None
    lowest = min(option.price_minor for option in priced)
    cheapest = [option for option in priced if option.price_minor == lowest]
    if len(cheapest) != 1 or cheapest[0].product_id == ordered[0].product_id:
        return None
    return ordered[0], cheapest[0]
