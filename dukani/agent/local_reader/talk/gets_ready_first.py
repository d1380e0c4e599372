"""Hears at a total that money or a plan is to come first: "wacha nijipange kwanza"."""

from __future__ import annotations

import re

from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

# "nijipange", "nikope", "nitafute": behind "let me" something she does first
DOING = re.compile(r"(?:ni|tu)(?:jipang|kop|tafut|kusany|jipim)[a-z]*")
ENGLISH = frozenset((
    "organise", "organize", "sort", "gather", "find", "arrange", "raise", "borrow",
))  # fmt: skip
WHAT = frozenset((
    "money", "cash", "funds", "myself", "finances", "pesa", "doo", "doh", "hela", "ganji",
    "mkwanja",
))  # fmt: skip
READY = ("~pay", "~send", "@yes", "@prompt")
LETTING = frozenset((
    "let", "lemme", "need", "have", "wanna", "want", "ill", "wacha", "acha", "ngoja",
))  # fmt: skip


def gets_ready_first(message: Message) -> list[a.Act]:
    """Decline; not where the prompt is wanted, nor where a piece is looked for."""
    if message.context.step != "awaiting_confirmation" or message.slots.finds:
        return []
    if "?" in message.raw or message.tagged(*READY):
        return []
    texts = [token.text for token in message.tokens]
    english = ENGLISH.intersection(texts) and WHAT.intersection(texts)
    gets = {"get", "look"}.intersection(texts) and WHAT.intersection(texts)
    told = any(DOING.fullmatch(word) for word in texts)
    first = bool(english or gets) and bool(LETTING.intersection(texts))
    return [a.Decline()] if told or first else []
