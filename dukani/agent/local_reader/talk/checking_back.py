"""Hears an order only checked: "3 black na 2 white sio?", "so the total is 2,750 right?"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.ops import op_at
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

TAGS = word_set("moods", "asking_back")  # "…, sio?", "… right?"
SUMMING_UP = frozenset(("so", "its", "it", "ni", "basi", "kwahiyo", "kwa_hiyo", "just", "order"))
COMMANDS = ("add", "remove", "set", "fewer", "take", "keep")
OF_ORDER = word_set("moods", "of_the_order")


def checks_the_order(message: Message) -> list[a.Act]:
    """ViewOrder where what is ordered is told and asked back, and nothing is to change."""
    if not message.context.cart or not message.tokens:
        return []
    last = message.tokens[-1]
    if last.text not in TAGS or not ("?" in message.raw or last.asked or message.asks):
        return []
    told = any(f.slot in ("quantity", "category", "name", "colour") for f in message.slots.finds)
    if any(op_at(message, at) in COMMANDS for at in range(len(message.tokens))):
        return []
    if any(not t.tags.isdisjoint(("~want", "~give", "~have")) for t in message.tokens):
        return []
    counted = any(find.slot == "quantity" for find in message.slots.finds)
    summed_up = message.tokens[0].text in SUMMING_UP and bool(message.lines_said())
    ordered = told and (counted or summed_up) and _are_ordered(message)
    return [a.ViewOrder()] if ordered or message.says_any(OF_ORDER) else []


def _are_ordered(message: Message) -> bool:
    """Whether each count that is told is that of a line or of all."""
    lines = message.context.cart
    counts = {line.quantity for line in lines} | {sum(line.quantity for line in lines)}
    return all(f.value in counts for f in message.slots.finds if f.slot == "quantity")
