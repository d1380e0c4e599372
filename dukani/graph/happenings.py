"""What happens in a conversation besides a customer's words, and what a turn still owes her."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dukani.agent.facts import Fact
from dukani.domain.acts import Search
from dukani.domain.cards import CardNumber


@dataclass(frozen=True, slots=True)
class Look:
    """A photo is to be looked at; what was said beside it narrows what it shows.

    `key` is the attachment's. Of several photos each has its `number`, from 1. An advertisement's
    picture is nothing the customer sent: nothing is said of it.
    """

    key: str = ""
    said: Search = field(default_factory=Search)
    number: int | None = None
    of_advert: bool = False


@dataclass(frozen=True, slots=True)
class Find:
    """Pieces like a photo are to be found: `photo` is its analysis; `seen` is told first."""

    said: Search
    photo: Mapping[str, Any]
    seen: Fact | None = None


@dataclass(frozen=True, slots=True)
class ShowPieces:
    """These pieces are to be shown: what the customer came for."""

    product_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PayerCard:
    """A contact card was shared, or several: their numbers, as written there."""

    numbers: tuple[CardNumber, ...]


@dataclass(frozen=True, slots=True)
class Unheard:
    """A message of a kind that cannot be taken in."""

    message_kind: str


@dataclass(frozen=True, slots=True)
class PaymentResult:
    payment_id: str
    code: str
    text: str = ""
    amount_minor: int | None = None
    receipt: str | None = None
    unread: bool = False  # "paid", without an amount that can be read


@dataclass(frozen=True, slots=True)
class StaffMessage:
    """A person of the boutique wrote; `by_note`: in reply to a note, without the chat in view."""

    by_note: bool = False


@dataclass(frozen=True, slots=True)
class HandBack:
    """The conversation is the assistant's again; `asked`: the customer called for it."""

    asked: bool = False


@dataclass(frozen=True, slots=True)
class PassOn:
    """The customer wrote while the owner answers by notes: she is to read it."""

    words: str


@dataclass(frozen=True, slots=True)
class HoldOver:
    """The time for which an order holds its pieces is over."""

    order_id: str


@dataclass(frozen=True, slots=True)
class HandoffOver:
    """Time to look whether people still answer."""


@dataclass(frozen=True, slots=True)
class ShowTotal:
    """The order is to be shown (again), or what it lacks asked for."""


@dataclass(frozen=True, slots=True)
class AskForMoney:
    """The customer said yes to what she was shown: the prompt may leave."""

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
    | HoldOver
    | HandoffOver
    | ShowTotal
    | AskForMoney
)


def happening(kind: str, payload: Mapping[str, Any]) -> Happening:
    """An event of the conversation that is not a message, as the turn takes it."""
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
        case _:
            over = payload.get("timer") == "hold_over"
            return HoldOver(str(payload["order_id"])) if over else HandoffOver()
