"""Recognises definite references (demonstratives, articles): "that blue one", "ile ya lace"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message

DESCRIBED = ("colour", "pattern", "category", "occasion")
ARTICLES = word_set("pointing", "articles")


def something_shown(message: Message) -> bool:
    return bool(message.context.options or message.context.focus)


def definite(message: Message, find: Find | None = None) -> bool:
    """Whether the message or the find is a definite reference: "that blue one", "the dress"."""
    tokens = message.tokens
    if find is None:
        return message.tagged("@this")
    before = tokens[max(0, find.start - 3) : find.start]
    after = tokens[find.end : find.end + 1]  # Swahili points behind the noun: "viatu hivyo"
    near = (token for token in (*_near(before), *after) if token.text != "it")
    return any(token.text in ARTICLES or "@this" in token.tags for token in near)


def _near(before: Sequence[Token]) -> Sequence[Token]:
    """The words before from the last that counts anew: "two of these, one in purple"."""
    anew = (at for at in range(1, len(before)) if before[at - 1].pause)
    return before[max((at for at in anew if before[at].kind == "number"), default=0) :]


def points_at(message: Message) -> bool:
    described = [find for slot in DESCRIBED for find in message.slots.wanted(slot)]
    return any(definite(message, find) for find in described) or _pronoun(message)


def _pronoun(message: Message) -> bool:
    """Whether a colour or cloth stands for a piece: "the blue one", "ya blue"."""
    for find in (f for slot in ("colour", "pattern") for f in message.slots.wanted(slot)):
        after = message.tokens[find.end].text if find.end < len(message.tokens) else ""
        before = message.tokens[find.start - 1].text if find.start else ""
        shade = find.start > 1 and message.tokens[find.start - 2].text in ("rangi", "colour")
        if shade:
            continue
        if after == "one" or (before in ("ya", "la", "cha") and not message.has("have", "show")):
            return True
    return False
