"""Words replies so that the assistant never repeats its last reply word for word. Pure."""

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

# Repeated on purpose: the customer must see what a yes would agree to.
_SHOWN_AGAIN = (AskConfirmation, CartShown, OrderStatus)
_MONEY_OR_SILENCE = ("opted_out", "handed_off", "payment_received")


def fingerprints_of(replies: Iterable[Reply]) -> list[str]:
    """Hashes of the replies, so that the state can recognise a text without holding it."""
    return [sha256(reply.text.encode()).hexdigest()[:16] for reply in replies]


def word_without_repeating(
    facts: Sequence[Fact], voice: Voice, *, last: Sequence[str], asked_to_repeat: bool
) -> list[Reply]:
    """The facts as replies; if they would repeat the last reply, in other words.

    Other words are the choices as a list, else the offer of a person. `last` are fingerprints.
    """
    replies = word(facts, voice)
    if asked_to_repeat or not _says_the_same(replies, last) or _may_be_the_same(facts):
        return replies
    listed = word([_listed(fact) for fact in facts], voice)
    if not _says_the_same(listed, last):
        return listed
    return word([*facts, PersonOffered()], voice)


def asked_to_repeat(understanding: dict[str, Any] | None) -> bool:
    """Whether the customer asked to hear the last reply again."""
    return any(act.get("kind") == "repeat" for act in (understanding or {}).get("acts", ()))


def _says_the_same(replies: Sequence[Reply], last: Sequence[str]) -> bool:
    return any(mark in last for mark in fingerprints_of(replies))


def _may_be_the_same(facts: Sequence[Fact]) -> bool:
    return any(isinstance(f, _SHOWN_AGAIN) or f.kind in _MONEY_OR_SILENCE for f in facts)


def _listed(fact: Fact) -> Fact:
    return fact.model_copy(update={"listed": True}) if isinstance(fact, AskVariant) else fact
