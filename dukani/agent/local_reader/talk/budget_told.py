"""Hears no wish to pay in what is said of a budget: "lisizidi elfu nne maana sina zaidi"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

PAYING = ("~pay", "~order", "~send", "@order", "@cart", "@prompt")


def without_paying_a_budget(message: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts without a Checkout that only says of a budget that it is all she has.

    "Show me dresses under 4k, thats all i have"; not "… under 4k, nitumie STK".
    """
    looks = any(isinstance(act, a.Search) for act in acts)
    if not looks or not message.slots.budget or message.tagged(*PAYING):
        return list(acts)
    return [act for act in acts if not isinstance(act, a.Checkout)]
