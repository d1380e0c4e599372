"""Hears, while it is to be paid, that the prompt is wanted once more: "one more time", "ingine"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.only_said import says_only
from dukani.domain import acts as a
from dukani.domain.steps import PAYING

ONCE_MORE = word_set("payments", "once_more") | frozenset(("once", "time", "mara"))
BESIDE = word_set("wants_prompt", "bringing") | frozenset((
    "one", "more", "moja", "it", "you", "u", "can", "could", "naomba", "please", "i", "missed",
    "nimemiss", "the", "that", "hiyo", "hio", "ile", "oops", "timed", "out", "timeout", "lost",
    "imepotea", "ilipotea", "imepita", "ilipita", "imeexpire", "expired", "chance", "nafasi", "to",
))  # fmt: skip
TAGS = ("@prompt", "@stopword", "@thank", "@ok", "~send", "~bring", "~give", "~expire", "~retry")


def another_prompt(message: Message) -> list[a.Act]:
    """PayAgain where nothing else is said; "one more" alone may be a piece."""
    if message.context.step not in PAYING:
        return []
    pieces = any(find.slot != "quantity" for find in message.slots.finds)
    if pieces or not says_only(message, ONCE_MORE | BESIDE, TAGS) or _wants_it_not(message):
        return []
    return [a.PayAgain()] if message.says_any(ONCE_MORE) else []


def _wants_it_not(message: Message) -> bool:
    return message.tagged("@no", "~cancel", "~!want", "~!send")
