"""Defines the tasks of a turn that are not dialogue acts: events, and work nodes leave each other.

Payment results, timers and staff messages come from the conversation's events; the others are
left by one node for another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dukani.agent.facts import Fact
from dukani.domain.acts import Search
from dukani.domain.cards import CardNumber
from dukani.domain.order_news import NewsKind


@dataclass(frozen=True, slots=True)
class Look:
    """Analyse a photo; the words beside the photo (`said`) narrow the search.

    `key` is the attachment's. When there are several photos, each has a `number`, from 1. The
    customer did not send an advertisement's picture, so no reply speaks of it.
    """

    key: str = ""
    said: Search = field(default_factory=Search)
    number: int | None = None
    of_advert: bool = False


@dataclass(frozen=True, slots=True)
class Find:
    """Find pieces like a photo, narrowed by the words beside the photo (`said`).

    `photo` is the photo's analysis; the fact `seen` is told before the results.
    """

    said: Search
    photo: Mapping[str, Any]
    seen: Fact | None = None


@dataclass(frozen=True, slots=True)
class ShowPieces:
    """Show the pieces of the catalogue card or advertisement the customer came from."""

    product_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PayerCard:
    """Phone numbers of shared contact cards, as the cards spell them."""

    numbers: tuple[CardNumber, ...]


@dataclass(frozen=True, slots=True)
class Unheard:
    """A message of a kind that cannot be understood, such as a voice note."""

    message_kind: str


@dataclass(frozen=True, slots=True)
class PaymentResult:
    """M-Pesa's answer to one payment; `amount_minor` is in minor units."""

    payment_id: str
    code: str
    text: str = ""
    amount_minor: int | None = None
    receipt: str | None = None
    unread: bool = False  # M-Pesa said "paid" without a readable amount


@dataclass(frozen=True, slots=True)
class StaffMessage:
    """A person of the boutique wrote; `by_note`: as a reply to a note, without seeing the chat."""

    by_note: bool = False


@dataclass(frozen=True, slots=True)
class HandBack:
    """Give the conversation back to the assistant.

    `asked`: the customer asked for that; `late`: the people of the shop were silent for hours.
    """

    asked: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class PassOn:
    """Forward the customer's words to the owner, who answers by notes."""

    words: str


@dataclass(frozen=True, slots=True)
class RemindOfWayBack:
    """Tell a customer whom nobody answers how to return to the assistant."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """The customer was asked whether a person shall answer, and goes on with the assistant."""


@dataclass(frozen=True, slots=True)
class ReservationTimer:
    """An order's stock reservation may have expired."""

    order_id: str


@dataclass(frozen=True, slots=True)
class OrderNews:
    """A person of the shop did something with the order, which its customer is to know.

    `subject_id` is the dispatch or the refund.
    """

    order_id: str
    news: NewsKind
    subject_id: str | None = None


@dataclass(frozen=True, slots=True)
class HandoffTimer:
    """Check whether a person still answers the conversation."""


@dataclass(frozen=True, slots=True)
class ShowTotal:
    """Show the order with its total, or ask for what the order lacks."""


@dataclass(frozen=True, slots=True)
class AskForMoney:
    """Request payment of an order whose total the customer has agreed to."""

    order_id: str


Happening = (
    Look
    | Find
    | ShowPieces
    | PayerCard
    | Unheard
    | PaymentResult
    | StaffMessage
    | HandBack
    | PassOn
    | RemindOfWayBack
    | GoOn
    | ReservationTimer
    | OrderNews
    | HandoffTimer
    | ShowTotal
    | AskForMoney
)


def happening(kind: str, payload: Mapping[str, Any]) -> Happening:
    """The task of a conversation event that is not a message."""
    match kind:
        case "payment_result":
            known = PaymentResult.__slots__
            return PaymentResult(
                **{k: v for k, v in payload.items() if k in known and v is not None}
            )
        case "staff_message":
            return StaffMessage(by_note=bool(payload.get("by_note")))
        case "hand_back":
            return HandBack()
        case "order_news":
            return OrderNews(str(payload["order_id"]), payload["news"], payload.get("subject_id"))
        case "fulfilment":  # as older versions wrote it
            return OrderNews(str(payload["order_id"]), payload["to"])
        case _:
            over = payload.get("timer") == "hold_over"
            return ReservationTimer(str(payload["order_id"])) if over else HandoffTimer()
