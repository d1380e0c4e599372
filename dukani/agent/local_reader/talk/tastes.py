"""Leaves out how a customer likes to wear things: "grey XL, I like it baggy"."""

from __future__ import annotations

from dukani.agent.local_reader.parsing.message import Message

LIKING = {("i", "like"), ("i", "love"), ("i", "prefer"), ("i", "wear"), ("we", "like")}
IT = frozenset(("it", "them", "mine", "my", "things", "clothes", "nguo"))
NAPENDA = frozenset(("napenda", "napendanga", "napendaga", "tunapenda", "anapenda"))
AS = frozenset(("ikiwa", "zikiwa", "ikikaa", "zikikaa", "ikae", "zikae", "ikinikaa"))
WISHED = ("colour", "size", "quantity", "category")


def without_taste(message: Message) -> Message:
    """The message without such words at its end or before a pause, where a wish stands beside."""
    tokens = message.tokens
    for start in range(len(tokens)):
        begins = not start or bool(tokens[start - 1].pause)
        if not begins or not _tells_taste(message, start):
            continue
        ends = (at + 1 for at in range(start, len(tokens)) if tokens[at].pause)
        end = next(ends, len(tokens))
        others = [f for f in message.slots.finds if not start <= f.start < end]
        if others and not _wishes(message, start, end):
            return message.without(start, end)
    return message


def _tells_taste(message: Message, at: int) -> bool:
    said = [token.text for token in message.tokens[at : at + 3]]
    english = len(said) > 2 and tuple(said[:2]) in LIKING and said[2] in IT
    return english or (len(said) > 1 and said[0] in NAPENDA and said[1] in AS)


def _wishes(message: Message, start: int, end: int) -> bool:
    """Whether a value is told by more than a word for how it sits: "i like it in black"."""
    return any(
        find.slot in WISHED and message.tokens[find.start].kind not in ("size_word",)
        for find in message.slots.finds
        if start <= find.start < end
    )
