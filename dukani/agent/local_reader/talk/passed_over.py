"""Drops shown pieces that are only passed over: "the jordans are too pricey, I'll do the vans"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.other_of_them import OTHERS
from dukani.agent.local_reader.parsing.message import Message

DEAR = word_set("hesitating", "dear") | {"iko juu"}
HEADS = ("name", "category", "option")
NO = frozenset(("hapana", "sitaki", "no", "not", "sio", "siyo", "zii", "nah", "achana", "wachana"))
BESIDE = frozenset(("hizo", "zile", "hizi", "the", "those", "na", "tu", "za", "ones", "nazo"))


def without_passed_over(message: Message) -> Message:
    """The message without a piece that is too dear, and without "the others no"."""
    if message.asks:
        return message
    at = _behind_too_dear(message)
    message = message.without(0, at) if at else message
    others = None if message.context.cart else _others_refused(message)
    return message.without(*others) if others else message


def _behind_too_dear(message: Message) -> int:
    """The place behind a piece that is too dear, where another is named; 0: there is none.

    A piece of the order may go out for the other: edits/too_dear.py.
    """
    cuts = [at + 1 for at, token in enumerate(message.tokens[:-1]) if token.pause]
    for at in cuts[:1]:
        before = [find for find in message.slots.finds if find.end <= at and find.slot in HEADS]
        behind = [find for find in message.slots.finds if find.start >= at]
        dear = any(token.text in DEAR for token in message.tokens[:at])
        named = any(find.slot in HEADS and not find.denied for find in behind)
        ordered = bool(before) and bool(message.context.cart) and message.only(before).lines_said()
        if dear and before and named and not ordered:
            return at
    return 0


def _others_refused(message: Message) -> tuple[int, int] | None:
    """(start, end) of words that refuse all others: "hizo zingine hapana", "not the others"."""
    tokens = message.tokens
    at = next((i for i, token in enumerate(tokens) if token.text in OTHERS), None)
    if at is None:
        return None
    start, end = at, at + 1
    while start and tokens[start - 1].text in BESIDE | NO and not tokens[start - 1].pause:
        start -= 1
    while end < len(tokens) and tokens[end].text in BESIDE | NO and not tokens[end - 1].pause:
        end += 1
    refused = any(token.text in NO for token in tokens[start:end])
    told = any(not start <= find.start < end for find in message.slots.finds)
    ends = end == len(tokens) or bool(tokens[end - 1].pause)
    return (start, end) if refused and told and ends else None
