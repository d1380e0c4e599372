"""The sandbox's data: chat messages, M-Pesa prompts, SMS and files."""

from __future__ import annotations

import time
from typing import Literal

from pydantic import BaseModel, Field

Author = Literal["shopper", "boutique", "owner"]
# The boutique sends `list` and `buttons`; the contact's choices are `tap` and `pressed`.
Kind = Literal[
    "text", "image", "list", "tap", "buttons", "products",
    "pressed", "button", "location", "audio", "order",
    "reaction", "contacts", "sticker", "document", "edit", "revoke", "unsupported",
]  # fmt: skip
Status = Literal["sending", "sent", "delivered", "read", "failed"]


class Row(BaseModel):
    """One line of a list message."""

    id: str
    title: str
    description: str = ""


class OrderItem(BaseModel):
    """A line of a cart sent from a WhatsApp catalogue."""

    product_retailer_id: str
    quantity: int = 1
    item_price: float = 0
    currency: str = "KES"


class Card(BaseModel):
    """A piece that a product message shows, as the catalogue has it."""

    retailer_id: str
    section: str = ""
    title: str = ""
    detail: str = ""  # colour and size
    price: float = 0  # in whole units
    currency: str = ""
    picture: str | None = None  # its address


class Advert(BaseModel):
    """The advertisement a contact came from."""

    headline: str = ""
    body: str = ""
    source_url: str = "https://fb.me/advert"
    media: str | None = Field(default=None, description="Its picture: id of a file here.")


class ChatMessage(BaseModel):
    """A message between a boutique and a contact (a phone in E.164, or a user id)."""

    id: str
    account: str
    contact: str
    author: Author
    kind: Kind = "text"
    text: str = ""
    media: str | None = None
    more_media: list[str] = Field(default_factory=list)  # Twilio: further files of a message
    filename: str = ""  # of a document
    phones: list[str] = Field(default_factory=list)  # of a contact card
    product: str | None = None  # the catalogue piece asked about
    advert: Advert | None = None
    rows: list[Row] = Field(default_factory=list)
    button: str = ""
    row_id: str | None = None
    form: str = ""  # of a product message: product, product_list or carousel
    header: str = ""
    catalogue: str = ""
    cards: list[Card] = Field(default_factory=list)
    items: list[OrderItem] = Field(default_factory=list)
    latitude: float | None = None
    longitude: float | None = None
    client_id: str | None = None  # the phone's own id, which makes a repeated send idempotent
    reply_to: str | None = None
    about: str | None = None  # id of the message that an `edit` or a `revoke` changes
    group: str | None = None  # Meta's id of the group, for a group's message
    at: float = Field(default_factory=time.time)
    status: Status = "sending"
    error: str | None = None
    callback: str | None = None  # Twilio's StatusCallback or Meta's opaque data


class Push(BaseModel):
    """An M-Pesa prompt and its result."""

    checkout_request_id: str
    merchant_request_id: str
    account: str
    business: str
    shortcode: str
    phone: str  # digits, as M-Pesa writes them
    amount: int  # whole shillings
    reference: str
    description: str
    callback_url: str
    at: float = Field(default_factory=time.time)
    result_code: str | None = None
    result_desc: str = ""
    receipt: str | None = None

    @property
    def waiting(self) -> bool:
        """Whether the prompt is still open."""
        return self.result_code is None


class TillPayment(BaseModel):
    """Money that came to a shop without a prompt (below zero: that it sent back), in cents."""

    receipt: str
    account: str
    phone: str = ""  # digits; none: M-Pesa hides them all
    name: str = ""
    cents: int
    at: float = Field(default_factory=time.time)


class Sms(BaseModel):
    """A text message between a phone and a sender: M-PESA, or a shop's number, code or name."""

    id: str
    phone: str
    text: str
    sender: str = "M-PESA"
    account: str = ""  # the shop's key; M-PESA has none
    mine: bool = False  # written on the phone
    at: float = Field(default_factory=time.time)
    status: Status = "delivered"
    error: str | None = None
    callback: str | None = None  # Twilio's StatusCallback
    segments: int = 1


class StoredMedia(BaseModel):
    """A file in a chat."""

    id: str
    content_type: str
    content: bytes
