"""Defines the domain events of a boutique, each kind with its payload fields.

The database's triggers tell most kinds as they happen; a test holds their payloads to the classes
here. `core/store/domain_events.py` appends and reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from dukani.core.languages import Language


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def payload(self) -> dict[str, Any]:
        """The stored payload: all fields but the kind, as JSON values."""
        return self.model_dump(mode="json", exclude={"kind"})


class CartChanged(_Event):
    """Subject: the cart. With no pieces, the cart was emptied or given up."""

    kind: Literal["cart_changed"] = "cart_changed"
    version: int
    pieces: int


class CartAbandoned(_Event):
    """Subject: the cart. Nobody has changed it for as long as the boutique says, or ordered it.

    Told once of each version. `of` a window's cart, it has the visitor's number too.
    """

    kind: Literal["cart_abandoned"] = "cart_abandoned"
    pieces: int
    of: Literal["cart", "window_cart"] = "cart"
    version: int = 0  # 0: told before versions were


class _OrderEvent(_Event):
    """Subject: the order."""

    number: str
    total_minor: int
    currency: str


class OrderPlaced(_OrderEvent):
    kind: Literal["order_placed"] = "order_placed"
    replaces_id: str | None  # id of the order that this one replaces


class OrderPaid(_OrderEvent):
    kind: Literal["order_paid"] = "order_paid"


class OrderCancelled(_OrderEvent):
    """The order ended unpaid, or was reopened and a later order has its id as `replaces_id`."""

    kind: Literal["order_cancelled"] = "order_cancelled"


class OrderPartlyDispatched(_OrderEvent):
    """A part went out, the order's first, second, …; the last one is an `OrderDispatched`."""

    kind: Literal["order_partly_dispatched"] = "order_partly_dispatched"
    part: int


class OrderDispatched(_OrderEvent):
    kind: Literal["order_dispatched"] = "order_dispatched"


class OrderDelivered(_OrderEvent):
    kind: Literal["order_delivered"] = "order_delivered"


class OrderReturned(_OrderEvent):
    kind: Literal["order_returned"] = "order_returned"


class OrderRefunded(_OrderEvent):
    """Money went back to the customer, all of it or some."""

    kind: Literal["order_refunded"] = "order_refunded"
    amount_minor: int
    reason: str  # `RefundReason` of the store


class PaymentInReview(_OrderEvent):
    """Subject: the order. A person must review its payment."""

    kind: Literal["payment_in_review"] = "payment_in_review"
    reason: str | None  # `ReviewReason` of the store


class PaymentFailed(_Event):
    """Subject: the order. One payment attempt failed; the order may still be paid."""

    kind: Literal["payment_failed"] = "payment_failed"
    number: str
    attempt: int
    amount_minor: int
    result_code: str | None  # M-Pesa's; None: M-Pesa never answered


class PriceDropped(_Event):
    """Subject: the product."""

    kind: Literal["price_dropped"] = "price_dropped"
    variant_id: str | None  # None: all variants without a price of their own
    was_minor: int
    now_minor: int


class BackInStock(_Event):
    """Subject: the product. A variant that nobody could have can be had again.

    More came in, or an order that held the last ones ended.
    """

    kind: Literal["back_in_stock"] = "back_in_stock"
    variant_id: str
    quantity: int  # to be had


class StockLow(_Event):
    """Subject: the product. A variant is nearly gone; told once until it is refilled."""

    kind: Literal["stock_low"] = "stock_low"
    variant_id: str
    available: int


class PersonWanted(_Event):
    """Subject: the conversation. The assistant handed it to a person."""

    kind: Literal["person_wanted"] = "person_wanted"
    reason: str | None


class ConversationChanged(_Event):
    """Subject: the conversation. Others hold it now, it was read, or a note was written in it."""

    kind: Literal["conversation_changed"] = "conversation_changed"
    what: Literal["holder", "read", "note"]


class MessageIn(_Event):
    """Subject: the message."""

    kind: Literal["message_in"] = "message_in"
    author: Literal["customer", "assistant", "staff", "owner"]
    message_kind: str


class MessageOut(_Event):
    """Subject: the message. The message was queued; its row's status tells whether it arrived."""

    kind: Literal["message_out"] = "message_out"
    author: Literal["customer", "assistant", "staff", "owner"]
    message_kind: str


class CampaignChanged(_Event):
    """Subject: the campaign. It, or any of its recipients, has come further; told once a second."""

    kind: Literal["campaign_changed"] = "campaign_changed"


class TemplateChanged(_Event):
    """Subject: the message template. WhatsApp will not send it, or charges it as something else.

    `category` is the new one; `day`, in the boutique's zone, from when on it will be.
    """

    kind: Literal["template_changed"] = "template_changed"
    name: str
    language: Language
    what: Literal["rejected", "paused", "disabled", "category", "next_category"]
    reason: str | None  # in WhatsApp's words
    category: str
    day: date | None


class AutomationDecided(_Event):
    """Subject: the enrolment, or the rule where nobody was enrolled."""

    kind: Literal["automation_decided"] = "automation_decided"
    rule_id: str
    verdict: Literal["enrolled", "sent", "waits", "skipped", "stopped"]
    reason: str | None  # `Reason` of `domain/automations.py`
    step: int | None


class AutomationTold(_Event):
    """Subject: the send (`automation_sends`). Its message came further, or something came of it."""

    kind: Literal["automation_told"] = "automation_told"
    rule_id: str
    step: int
    channel: Literal["whatsapp", "sms"]
    what: Literal[
        "sent", "delivered", "read", "clicked", "replied", "converted", "opted_out", "failed",
        "cancelled",
    ]  # fmt: skip
    code: str | None = None  # the provider's or ours: why it failed, or was called off


class ViewProduct(_Event):
    """Subject: the product, whose page a person opened in the window, or that she spoke of in the
    chat: told once an hour there."""

    kind: Literal["view_product"] = "view_product"
    sku: str


class AddToCart(_Event):
    """Subject: the product, of which a visitor of the window or a customer put so many more into
    the cart."""

    kind: Literal["add_to_cart"] = "add_to_cart"
    sku: str
    variant_id: str
    quantity: int


class CheckoutStarted(_Event):
    """Subject: the order if the window placed one, else the cart: the window's, which goes on in
    the chat, or the chat's, once its total was shown there.

    `by` whatsapp: in the chat. There it is told once of each version of the cart.
    """

    kind: Literal["checkout_started"] = "checkout_started"
    by: Literal["mpesa", "whatsapp"]
    pieces: int
    total_minor: int
    currency: str


class SupportMessage(_Event):
    """Subject: the product asked about, else the boutique: a visitor went on to the chat.

    The conversation: there a customer asked for a person.
    """

    kind: Literal["support_message"] = "support_message"
    sku: str | None = None


class ConsentChanged(_Event):
    """Subject: the customer, who agreed to something or stopped it."""

    kind: Literal["consent_changed"] = "consent_changed"
    purpose: str  # `Purpose` of the store
    granted: bool
    source: str


DomainEvent = Annotated[
    CartChanged
    | CartAbandoned
    | OrderPlaced
    | OrderPaid
    | OrderCancelled
    | OrderPartlyDispatched
    | OrderDispatched
    | OrderDelivered
    | OrderReturned
    | OrderRefunded
    | PaymentInReview
    | PaymentFailed
    | PriceDropped
    | BackInStock
    | StockLow
    | PersonWanted
    | ConversationChanged
    | MessageIn
    | MessageOut
    | CampaignChanged
    | TemplateChanged
    | AutomationDecided
    | AutomationTold
    | ViewProduct
    | AddToCart
    | CheckoutStarted
    | SupportMessage
    | ConsentChanged,
    Field(discriminator="kind"),
]
_DOMAIN_EVENT: TypeAdapter[DomainEvent] = TypeAdapter(DomainEvent)


def read_event(kind: str, payload: Mapping[str, Any]) -> DomainEvent:
    """The event of a stored kind and payload. Raises pydantic's ValidationError on a misfit."""
    return _DOMAIN_EVENT.validate_python({**payload, "kind": kind})
