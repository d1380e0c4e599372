"""Never the same words twice running: a reply that would be is worded differently. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from dukani.agent.facts import (
    AskConfirmation,
    AskVariant,
    CartShown,
    Fact,
    OrderStatus,
    PersonOffered,
    Reply,
    Voice,
)
from dukani.agent.wording import word

# Shown again because something came between: it is what she is to say yes to.
_SHOWN_AGAIN = (AskConfirmation, CartShown, OrderStatus)
_MONEY_OR_SILENCE = ("opted_out", "handed_off", "payment_received")


def marks_of(replies: Iterable[Reply]) -> list[str]:
    """What is remembered of replies: enough to know the same words again, and not the words."""
    return [sha256(reply.text.encode()).hexdigest()[:16] for reply in replies]


def worded_anew(
    facts: Sequence[Fact], voice: Voice, *, last: Sequence[str], asked_to_repeat: bool
) -> list[Reply]:
    """The replies to the facts; with the choices as a list or a person's help where the last
    thing she was told would be told again."""
    replies = word(facts, voice)
    if asked_to_repeat or not _says_the_same(replies, last) or _may_be_the_same(facts):
        return replies
    listed = word([_listed(fact) for fact in facts], voice)
    if not _says_the_same(listed, last):
        return listed
    return word([*facts, PersonOffered()], voice)


def asked_to_repeat(understanding: dict[str, Any] | None) -> bool:
    """Whether the customer asked for the same again."""
    return any(act.get("kind") == "repeat" for act in (understanding or {}).get("acts", ()))


def _says_the_same(replies: Sequence[Reply], last: Sequence[str]) -> bool:
    return any(mark in last for mark in marks_of(replies))


def _may_be_the_same(facts: Sequence[Fact]) -> bool:
    return any(isinstance(f, _SHOWN_AGAIN) or f.kind in _MONEY_OR_SILENCE for f in facts)


def _listed(fact: Fact) -> Fact:
    return fact.model_copy(update={"listed": True}) if isinstance(fact, AskVariant) else fact
