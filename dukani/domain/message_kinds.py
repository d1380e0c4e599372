"""Decides what is done with each kind of message: one table, for the webhooks and for a turn.

A kind's name is the provider's own, with its subtype behind a dot (`interactive.list_reply`,
`system.user_changed_number`, `unsupported.poll`). A subtype that is not in the table is treated as
its type, and a type that is not in it as `OTHER`, whatever the providers invent.

Sources: Meta "Webhooks reference: messages" (each kind's page and the changelog, August 2026) and
Twilio "Webhook request" (`MessageType`), read 2026-11.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, NamedTuple

# The values of `messages.kind`.
MessageKind = Literal[
    "text", "image", "audio", "video", "document", "sticker", "location", "list_reply", "button",
    "order", "product", "contacts", "unsupported", "lost", "deleted",
]  # fmt: skip


class Decision(StrEnum):
    """The handling of a message."""

    WORDS = "words"  # read as words
    LOOK = "look"  # looked at, its caption read
    PIECES = "pieces"  # names pieces of the catalogue
    PLACE = "place"  # a pin on the map
    NUMBER = "number"  # a card that may hold the payer's number
    EXCUSE = "excuse"  # answered that it cannot be opened, each time
    EXCUSE_ONCE = "excuse_once"  # answered that it cannot be opened, the first time only
    SEND_AGAIN = "send_again"  # WhatsApp lost the content: the customer is asked to send it again
    SILENCE = "silence"  # stored without an answer
    CORRECTION = "correction"  # the words replace those of an earlier message
    DELETION = "deletion"  # an earlier message is ignored from now on; no answer
    IDENTITY = "identity"  # the customer's number or user id changed
    KEPT = "kept"  # stored for the shop only: no private answer, no edit of a cart
    SHOWN = "shown"  # shown to the owner, as nobody can be answered


class Kind(NamedTuple):
    """A row of the table. `kept_as` is the stored message's kind; None: no message is stored."""

    decision: Decision
    kept_as: MessageKind | None


OTHER = Kind(Decision.EXCUSE_ONCE, "unsupported")
GROUP = "group"  # any message of a group
NAMELESS = "nameless"  # any message without a sender id

_ROWS: dict[str, Kind] = {
    # Words.
    "text": Kind(Decision.WORDS, "text"),
    "button": Kind(Decision.WORDS, "button"),  # of a template
    "interactive.button_reply": Kind(Decision.WORDS, "button"),
    "interactive.list_reply": Kind(Decision.WORDS, "list_reply"),
    "interactive.nfm_reply": Kind(Decision.WORDS, "text"),  # a filled form
    # Pictures. `document.photo` is a document that holds one.
    "image": Kind(Decision.LOOK, "image"),
    "document.photo": Kind(Decision.LOOK, "image"),
    # Pieces, places and phone numbers.
    "order": Kind(Decision.PIECES, "order"),
    "interactive.product": Kind(Decision.PIECES, "product"),
    "location": Kind(Decision.PLACE, "location"),
    "contacts": Kind(Decision.NUMBER, "contacts"),
    # Media we cannot open: say so each time, or the customer waits for an answer.
    "audio": Kind(Decision.EXCUSE, "audio"),
    "voice": Kind(Decision.EXCUSE, "audio"),
    "video": Kind(Decision.EXCUSE, "video"),
    "document": Kind(Decision.EXCUSE, "document"),
    # Messages WhatsApp does not show us, often from a business's own bot.
    "unsupported": Kind(Decision.EXCUSE_ONCE, "unsupported"),
    "unknown": Kind(Decision.EXCUSE_ONCE, "unsupported"),
    # An ordinary message that WhatsApp could not hand over, as the first after an advertisement.
    "unsupported.lost": Kind(Decision.SEND_AGAIN, "lost"),
    "unsupported.media_placeholder": Kind(Decision.SEND_AGAIN, "lost"),
    "interactive": Kind(Decision.EXCUSE_ONCE, "unsupported"),
    # Gestures: a clerk says nothing to them either.
    "sticker": Kind(Decision.SILENCE, "sticker"),
    "reaction": Kind(Decision.SILENCE, None),
    "interactive.call_permission_reply": Kind(Decision.SILENCE, None),
    "poll_update": Kind(Decision.SILENCE, None),
    "pin": Kind(Decision.SILENCE, None),
    "unsupported.reaction": Kind(Decision.SILENCE, None),
    "unsupported.poll_update": Kind(Decision.SILENCE, None),
    "unsupported.pin": Kind(Decision.SILENCE, None),
    "unsupported.sticker": Kind(Decision.SILENCE, None),
    # Notices that nobody wrote.
    "request_welcome": Kind(Decision.SILENCE, None),
    "ephemeral": Kind(Decision.SILENCE, None),  # disappearing messages, switched on or off
    "system": Kind(Decision.SILENCE, None),
    "system.customer_changed_number": Kind(Decision.IDENTITY, None),  # as Meta called it before
    "system.user_changed_number": Kind(Decision.IDENTITY, None),
    "system.user_changed_user_id": Kind(Decision.IDENTITY, None),
    "system.customer_identity_changed": Kind(Decision.SILENCE, None),  # a new security code
    # Corrections and deletions of an earlier message.
    "edit": Kind(Decision.CORRECTION, "text"),
    "revoke": Kind(Decision.DELETION, "deleted"),
    "unsupported.edit": Kind(Decision.SILENCE, None),  # corrected, and not shown how
    "unsupported.revoke": Kind(Decision.SILENCE, None),
    # Any kind: written in a group, or by a sender who cannot be answered.
    GROUP: Kind(Decision.KEPT, None),
    NAMELESS: Kind(Decision.SHOWN, None),
}
KINDS: Mapping[str, Kind] = MappingProxyType(_ROWS)


def kind_of(name: str) -> Kind:
    """The table's row for a provider's kind, else for its type (the part before the dot)."""
    return KINDS.get(name) or KINDS.get(name.partition(".")[0]) or OTHER


def decision_on(kept_as: str) -> Decision:
    """The handling of a stored message of this kind."""
    return _ON_KEPT.get(kept_as, OTHER.decision)


# Rows of one stored kind share a decision, except "edit", which is stored as the kind it corrects.
_ON_KEPT: dict[str, Decision] = {
    kind.kept_as: kind.decision
    for kind in _ROWS.values()
    if kind.kept_as is not None and kind.decision is not Decision.CORRECTION
}
