"""An outbound WhatsApp message, and the interface that every messaging provider implements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from dukani.core.clients.templates import Template
from dukani.core.clients.transport import MAX_MEDIA_BYTES, Media

MAX_ROWS = 10
MAX_ROW_TITLE = 24
MAX_ROW_DESCRIPTION = 72
MAX_BUTTONS = 3
MAX_BUTTON_TITLE = 20
MAX_PRODUCTS = 30
MAX_SECTIONS = 10
MIN_CARDS, MAX_CARDS = 2, 10  # of a carousel
MAX_PRODUCT_HEADER = 60
MAX_PRODUCT_BODY = 1024


class ReplyButton(NamedTuple):
    """One of at most three buttons below a text; its `id` comes back when it is tapped."""

    id: str
    title: str


class LinkButton(NamedTuple):
    """The one button below a text that opens an address, on Meta."""

    title: str
    url: str


class ListRow(NamedTuple):
    """One tappable line of a WhatsApp list; its `id` comes back when it is tapped."""

    id: str
    title: str
    description: str = ""


class ProductSection(NamedTuple):
    """Pieces of a product list under a heading, by their ids in Meta's catalogue."""

    title: str
    retailer_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Products:
    """Pieces of the boutique's Meta catalogue: a single piece, a list of several, or a carousel.

    A list has a header; a carousel has none, and no sections are shown.
    """

    catalog_id: str
    sections: tuple[ProductSection, ...]
    header: str = ""  # of a list
    carousel: bool = False

    @property
    def retailer_ids(self) -> list[str]:
        return [one for section in self.sections for one in section.retailer_ids]

    def __post_init__(self) -> None:
        count = len(self.retailer_ids)
        if not 1 <= count <= MAX_PRODUCTS or len(self.sections) > MAX_SECTIONS:
            raise ValueError(
                f"{count} pieces in {len(self.sections)} sections: 1 to {MAX_PRODUCTS} in at most"
                f" {MAX_SECTIONS}"
            )
        if self.carousel and not MIN_CARDS <= count <= MAX_CARDS:
            raise ValueError(f"{count} cards: {MIN_CARDS} to {MAX_CARDS}")


@dataclass(frozen=True, slots=True)
class OutboundMessage:
    """One message to one customer.

    `to` is a phone in E.164 (`+254…`) or a WhatsApp business-scoped user id. `options` and
    `buttons` become a list message and reply buttons on Meta; Twilio has none in a session, so
    `text` must contain the same choices, and the address of a `link_button`. `reply_to` is the
    provider's id of the message to quote (Meta only). WhatsApp's lists hold no picture: send the
    picture first, on its own. Of a message with a `template` only the template is sent; `text` is
    its rendering for our own chat. A picture with `buttons` or a `link_button` stands above the
    words. `products` show pieces of Meta's catalogue; Twilio shows `text` alone.
    """

    to: str
    text: str = ""
    media_url: str | None = None
    options: tuple[ListRow, ...] = ()
    list_button: str = "Options"
    buttons: tuple[ReplyButton, ...] = ()
    link_button: LinkButton | None = None
    reply_to: str | None = None
    callback_data: str | None = None
    template: Template | None = None
    products: Products | None = None
    document_name: str | None = None  # the media is a document, under this name
    marketing: bool = False  # a template that the provider charges as marketing

    def __post_init__(self) -> None:
        if self.document_name and not self.media_url:
            raise ValueError("a document has the address of its file")
        if self.options and self.media_url:
            raise ValueError("a list message carries no picture: send two messages")
        if self.buttons and self.options:
            raise ValueError("buttons and a list stand in one message each: send two messages")
        if (self.buttons or self.link_button) and not self.text:
            raise ValueError("buttons stand below words, with a picture or without")
        if self.link_button and (self.buttons or self.options or self.template):
            raise ValueError("a message has a link to open, or choices to reply with")
        if self.template and (self.options or self.buttons or self.media_url or self.products):
            raise ValueError("a template holds its own picture and buttons")
        if self.products and (self.options or self.buttons or self.media_url):
            raise ValueError("a product message holds neither pictures nor buttons of ours")
        if not self.text and not self.media_url and not self.template:
            raise ValueError("a message needs text or a picture")


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider accepted the message; its statuses tell of the delivery later.

    `held`: Meta holds it back until it knows the template's quality, and sends or drops it then.
    `refused_first`: the code with which the endpoint for offers refused it before.
    """

    provider_id: str
    held: bool = False
    refused_first: str | None = None


class Messenger(Protocol):
    """Sends messages from a boutique's number, and fetches the files customers send to it."""

    async def send(self, message: OutboundMessage) -> Sent:
        """Send one message, once.

        Raises ProviderUnavailable (not sent, try later), ProviderRefused (`send_errors` maps its
        `code` to an action) or ProviderUnclear (may have been sent: wait for a status).
        """
        ...

    async def taken_since(
        self, message: OutboundMessage, since: datetime, until: datetime | None = None
    ) -> list[Sent]:
        """The provider's own records that may be this very message, taken from `since` to `until`.

        Newest first. Asked before a message with an unknown result is sent again. Empty for a
        provider that cannot be asked.
        """
        ...

    async def fetch_media(self, reference: str, *, max_bytes: int = MAX_MEDIA_BYTES) -> Media:
        """The file a customer sent; `reference` is Twilio's address or Meta's media id."""
        ...
