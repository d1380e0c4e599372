"""Orders a turn's facts for the reply: answers before questions, nothing said twice."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import (
    AddressNoted,
    AskAddress,
    AskConfirmation,
    AskMissing,
    AskPaymentPhone,
    AskPerson,
    AskReading,
    AskVariant,
    AskWhichLine,
    AskWhichOption,
    AskWhichPayer,
    AssistantExplained,
    CartShown,
    Change,
    ChangeWhat,
    Fact,
    LeftOut,
    NoDiscount,
    OfferNearest,
    OffTopic,
    OrderEdited,
    OrderReopened,
    PayerOffered,
    PaymentFailed,
    PaymentWays,
    ShopAnswer,
    StillOpen,
)

_ANSWERS = (ShopAnswer, PaymentWays, NoDiscount, OffTopic, AssistantExplained)
# Facts that ask a question or lead up to one; they end a reply.
ASKED_BACK = (
    AskAddress,
    AskConfirmation,
    AskMissing,
    AskPaymentPhone,
    AskPerson,
    AskReading,
    AskVariant,
    AskWhichLine,
    AskWhichOption,
    AskWhichPayer,
    ChangeWhat,
    OfferNearest,
    PayerOffered,
    StillOpen,
)

# Failed payments behind which an order that is opened again needs no hint but its own question.
_PAID_BY_A_YES = frozenset(
    {"low_balance", "expired", "push_error", "cancelled", "unreachable", "wrong_pin", "refused"}
)


def arranged(facts: Sequence[Fact]) -> list[Fact]:
    """The facts with answers before questions, without facts that another one covers."""
    covered = [
        AddressNoted(address=fact.address) for fact in facts if isinstance(fact, AskConfirmation)
    ]
    shown = [fact.lines for fact in facts if isinstance(fact, AskConfirmation)]
    covered_carts = [fact for fact in facts if isinstance(fact, CartShown) and fact.lines in shown]
    told = _answers_first([fact for fact in facts if fact not in (*covered, *covered_carts)])
    short = [_shorter(fact, told[:place], told[place + 1 :]) for place, fact in enumerate(told)]
    return [fact for fact in short if not _says_nothing(fact)]


def _says_nothing(fact: Fact) -> bool:
    return isinstance(fact, OrderEdited) and fact.listed and not fact.changes


def _answers_first(facts: list[Fact]) -> list[Fact]:
    """The facts with answers about the shop moved before the first question."""
    asked = next((at for at, fact in enumerate(facts) if isinstance(fact, ASKED_BACK)), None)
    if asked is None:
        return facts
    late = [fact for fact in facts[asked:] if isinstance(fact, _ANSWERS)]
    return [*facts[:asked], *late, *(fact for fact in facts[asked:] if fact not in late)]


def _shorter(fact: Fact, before: Sequence[Fact], after: Sequence[Fact]) -> Fact:
    """The fact without content that the facts around it say."""
    if isinstance(fact, PaymentFailed) and fact.reason in _PAID_BY_A_YES:
        reopened = any(isinstance(other, OrderReopened) for other in after)
        return fact.model_copy(update={"asked_anew": fact.asked_anew or reopened})
    if isinstance(fact, OrderEdited):
        changes = tuple(_without_choices(change, after) for change in _without_gone(fact.changes))
        listed = fact.listed or any(_lists_order(other, fact) for other in after)
        return fact.model_copy(update={"changes": changes, "listed": listed})
    if isinstance(fact, LeftOut):
        ordered = {line.name for other in after for line in getattr(other, "lines", ())}
        return fact.model_copy(update={"beside": fact.beside or fact.name in ordered})
    if isinstance(fact, AskVariant) and before:
        named = isinstance(before[-1], StillOpen) and before[-1].name == fact.name
        return fact.model_copy(update={"named": fact.named or named})
    return fact


def _without_gone(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes without the word that a piece is there already which is taken out with them."""
    gone = {
        change.line.variant_id for change in changes if change.what == "removed" and change.line
    }
    return tuple(
        change
        for change in changes
        if change.what != "kept" or change.line is None or change.line.variant_id not in gone
    )


def _lists_order(fact: Fact, edited: OrderEdited) -> bool:
    if isinstance(fact, AskWhichLine):
        return fact.lines == edited.lines
    return isinstance(fact, AskConfirmation | AskMissing | CartShown | OrderEdited)


def _without_choices(change: Change, after: Sequence[Fact]) -> Change:
    """The change without its choices, if a later question about the piece lists them."""
    asked = any(
        isinstance(fact, AskVariant) and fact.name == change.name and fact.choices for fact in after
    )
    return change.model_copy(update={"choices": ()}) if asked and change.choices else change
