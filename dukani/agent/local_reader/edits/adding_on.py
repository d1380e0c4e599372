"""Tells where another change or piece begins: "just one, and add a grey M", "all L but …"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.words import INSTEAD, JOINERS, ONLY, SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain.steps import CHOOSING

BUT = frozenset(("but", "lakini", "ila"))
AND = frozenset(("and", "na", "plus"))
FURTHER = frozenset(("another", "nyingine", "ingine"))
POINTING = frozenset(("the", "ile", "hiyo", "zile", "hizo"))
VALUES = ("colour", "size", "quantity")
ENOUGH = word_set("edits", "enough")
ON = AND | {"also", "pia"}


def adds_another(message: Message, start: int, joint: int | None, at: int) -> bool:
    """Whether a colour or size is added to a count that is set: "just one, and add a grey M"."""
    finds = message.slots.finds
    added = any(find.slot in ("colour", "size") and find.start > at for find in finds)
    if joint is None or not added:
        return False
    before = {find.slot for find in finds if start <= find.start < joint}
    behind = {token.text for token in message.tokens[at + 1 : at + 3]}
    slots = {find.slot for find in finds if find.start > at}
    if (behind & FURTHER or {"colour", "size"} <= slots) and before & {"colour", "size"}:
        return True  # "make the cream one 38 and add another black 39"
    return before == {"quantity"} and message.clause(start, joint).says_any(SET_TO | ONLY)


def adds_so_many(message: Message, start: int, at: int) -> bool:
    """Whether so many of the line just changed are added: "make it black and add 2"."""
    context = message.context
    finds = [find for find in message.slots.finds if find.start >= start and not find.denied]
    set_to = {find.slot for find in finds if find.end <= at}
    added = {find.slot for find in finds if find.start > at}
    told = bool(set_to & {"colour", "size"}) and "quantity" not in set_to
    return bool(context.cart) and context.step not in CHOOSING and told and added == {"quantity"}


def contrasted(message: Message) -> list[int]:
    """Where a change goes on with one of another kind.

    "Zote L lakini polo iwe navy", "grey 12 instead and another teal 10".
    """
    if not message.context.cart:
        return []
    return [at for at in range(1, len(message.tokens) - 1) if _goes_on_otherwise(message, at)]


def _goes_on_otherwise(message: Message, at: int) -> bool:
    tokens, finds = message.tokens, message.slots.finds
    before = {find.slot for find in finds if find.end <= at}
    behind = {find.slot for find in finds if find.start > at}
    if tokens[at].text in BUT:
        first = at + 1 + (tokens[at + 1].text in POINTING)
        named = any(f.start == first and f.slot in ("name", "category") for f in finds)
        return bool(before & set(VALUES)) and named and bool(behind & set(VALUES))
    further = tokens[at].text in AND and tokens[at + 1].text in FURTHER
    changed = any(token.text in INSTEAD | SET_TO for token in tokens[:at])
    valued = bool(behind & {"colour", "size"}) and bool(before & {"colour", "size"})
    return further and changed and valued and "quantity" not in before


def by_and_to(message: Message) -> list[int]:
    """Where another piece is brought to a count: "reduce the socks by one | and tees to one"."""
    tokens = message.tokens
    counts = [find.start for find in message.slots.finds if find.slot == "quantity"]
    by = [at for at in counts if at and tokens[at - 1].text == "by"]
    to = [at for at in counts if at and tokens[at - 1].text == "to"]
    if len(by) != 1 or len(to) != 1 or by[0] > to[0]:
        return []
    joints = [at for at in range(by[0] + 1, to[0]) if tokens[at].text in JOINERS]
    first = joints[0] if joints else to[0]
    named = any(first < find.start < to[0] for find in message.slots.finds)
    return joints[:1] if named else []


def counted_first(message: Message) -> list[int]:
    """Where another kind follows the count of the piece asked about: "one pair, and nude 38 too".

    The count answers the question then; the values are of the piece behind it.
    """
    tokens, finds = message.tokens, message.slots.finds
    if not finds or message.context.focus is None or message.context.question != "take_it":
        return []
    joints = range(finds[0].end, len(tokens) - 1)
    end = next((at for at in joints if tokens[at].text in JOINERS), None)
    if end is None:
        return []
    counts = [find.slot for find in finds if find.start < end]
    values = {find.slot for find in finds if find.start > end}
    return [end] if counts == ["quantity"] and values & {"colour", "size"} else []


def enough_first(message: Message) -> list[int]:
    """Where another piece follows a count that is enough: "2 is enough, plus leggings in XL".

    The count is of the piece before; nothing is named yet.
    """
    tokens, finds = message.tokens, message.slots.finds
    if not (message.context.cart or message.context.focus) or not finds:
        return []
    joints = [at for at in range(finds[0].end, len(tokens) - 1) if tokens[at].text in ON]
    if finds[0].slot != "quantity" or not joints:
        return []
    at = joints[0]
    before = [find.slot for find in finds if find.start < at]
    limited = any(token.text in ENOUGH | ONLY for token in tokens[:at])
    named = any(find.slot in ("name", "category") for find in finds if find.start > at)
    return [at] if before == ["quantity"] and limited and named else []
