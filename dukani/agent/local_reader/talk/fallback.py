"""Leaves out what is wanted only if the first is not there: "nipe grey, ukikosa nipe beige"."""

from __future__ import annotations

from dukani.agent.local_reader.parsing.message import Message

LACKING = frozenset(("ukikosa", "mkikosa", "ikikosa", "ikikosekana", "zikikosekana", "otherwise"))
IF = frozenset(("if", "kama", "ama", "mkiwa", "ukiwa", "ikiwa", "kukiwa"))
NOT_THERE = frozenset(
    ("haipo", "hazipo", "hakuna", "haiko", "hamna", "sivyo", "not", "unavailable")
)
OUT = frozenset(("out", "sold out", "finished", "over", "gone", "imeisha", "zimeisha", "limeisha"))
NEAR = 4
LEAVE = frozenset(("leave", "acha", "wacha", "iache", "forget", "skip"))
VALUES = frozenset(("colour", "size", "name", "category", "option"))


def without_fallback(message: Message) -> Message:
    """The message up to the fallback, where a wish stands on both sides of it."""
    at = next((i for i in range(1, len(message.tokens)) if _falls_back(message, i)), None)
    if at is None:
        return message
    before = {find.slot for find in message.slots.finds if find.start < at and not find.denied}
    after = {find.slot for find in message.slots.finds if find.start > at}
    left = not after and any(token.text in LEAVE for token in message.tokens[at:])
    if not before & VALUES or not (after & VALUES or left) or message.asks:
        return message
    return message.clause(0, at)


def _falls_back(message: Message, at: int) -> bool:
    text = message.tokens[at].text
    if text in LACKING:
        return True
    behind = {token.text for token in message.tokens[at + 1 : at + 1 + NEAR]}
    return text in IF and bool(behind & (NOT_THERE | OUT))
