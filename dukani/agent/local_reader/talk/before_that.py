"""Strips "before that" and "kabla ya hapo": a time, and no piece: "wait, before that remove it"."""

from __future__ import annotations

from dukani.agent.local_reader.parsing.message import Message

PHRASES = (
    ("before", "that"), ("before", "this"), ("before", "i", "pay"), ("before", "we", "pay"),
    ("before", "paying"), ("kabla", "ya", "hapo"), ("kabla", "ya", "hiyo"), ("kabla", "ya", "hilo"),
    ("kabla", "ya", "kulipa"), ("kabla", "sijalipa"), ("before", "sijalipa"),
)  # fmt: skip
EDITING = ("~remove", "~change", "~add", "~put", "~take", "~reduce", "~give")


def without_before_that(message: Message) -> Message:
    """The message without the time, where more than that is said."""
    if not message.says("before", "kabla"):
        return message
    texts = tuple(token.text for token in message.tokens)
    for phrase in PHRASES:
        for at in range(len(texts) - len(phrase) + 1):
            if texts[at : at + len(phrase)] != phrase:
                continue
            named = any(find.start == at + len(phrase) for find in message.slots.finds)
            if not named:
                rest = message.without(at, at + len(phrase))
                return rest if rest.tagged(*EDITING) or rest.slots.finds else message
    return message
