"""Turns contact cards among a turn's messages into an offer of the payer's number."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.store.messages import Message
from dukani.domain.acts import Act, Checkout, Confirm, PayAgain, Remark, SetPayer, Unclear
from dukani.domain.attachments import attachments_of
from dukani.domain.cards import numbers_of
from dukani.graph.context import Context
from dukani.graph.happenings import PayerCard
from dukani.graph.state import Task


def with_cards(context: Context, written: Sequence[Message], acts: Sequence[Act]) -> list[Task]:
    """The acts with a PayerCard task; acts about the card wait for the answer and are dropped."""
    if not any(holds_card(message) for message in written):
        return list(acts)
    shared = [number for message in written for number in numbers_of(message.payload)]
    numbers = (*shared, *numbers_of({}, list(context.cards.values())))
    others = [act for act in acts if not _is_about_the_card(act)]
    return [*others, PayerCard(numbers)]


def _is_about_the_card(act: Act) -> bool:
    """Whether the act may speak of the card: "let him pay", "yes, this number"."""
    if isinstance(act, SetPayer):
        return act.phone is None
    return isinstance(act, Confirm | PayAgain | Checkout | Unclear | Remark)


def holds_card(message: Message) -> bool:
    """Whether the message holds a contact, as a card or as a vCard file."""
    files = attachments_of(message.id, message.kind, message.payload)
    return message.kind == "contacts" or any(file.holds == "card" for file in files)
