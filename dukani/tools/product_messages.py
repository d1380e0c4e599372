"""Queues product messages: pieces of Meta's catalogue as a card, a list or a carousel.

Where the boutique's catalogue cannot show them, the same pieces go as a numbered picture with text,
and the result says why. An option's number stays usable either way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dukani.agent.facts import Option, Reply
from dukani.core.clients.messenger import MAX_PRODUCT_BODY, MAX_PRODUCT_HEADER
from dukani.core.database import Connection
from dukani.core.store import catalogue_items, messages, meta_catalogues, products
from dukani.core.store.conversations import Conversation
from dukani.core.store.messages import Message
from dukani.core.store.products import Variant
from dukani.domain.acts import Language
from dukani.tools import messaging

Form = Literal["product", "product_list", "carousel"]
SentAs = Literal["product", "product_list", "carousel", "picture"]
WhyPicture = Literal[
    "not_on_meta", "no_catalogue", "catalogue_refused", "other_number", "not_in_catalogue"
]


@dataclass(frozen=True, slots=True)
class Section:
    """Pieces under a heading. Each option is a piece in the colour in which it is meant."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What Meta may show of some pieces: an item's id for each, or why it cannot show them."""

    catalog_id: str = ""
    items: tuple[tuple[str, str], ...] = ()  # (product id, retailer id)
    why_not: WhyPicture | None = None
    missing: tuple[str, ...] = ()  # ids of the products that are not in the catalogue

    def item_of(self, option: Option) -> str:
        return dict(self.items)[option.product_id]


@dataclass(frozen=True, slots=True)
class Shown:
    """The queued messages, and the form that the customer gets."""

    messages: list[Message]
    sent_as: SentAs
    why_picture: WhyPicture | None = None


async def shelf_for(
    conn: Connection, conversation: Conversation, options: Sequence[Option]
) -> Shelf:
    """Whether all these pieces can be shown as products of Meta's catalogue in this chat."""
    if conversation.provider != "meta":
        return Shelf(why_not="not_on_meta")
    catalogue = await meta_catalogues.of_boutique(conn)
    if catalogue is None:
        return Shelf(why_not="no_catalogue")
    if catalogue.state != "connected":
        return Shelf(why_not="catalogue_refused")
    if await meta_catalogues.is_shown_elsewhere(conn):
        return Shelf(why_not="other_number")
    ids = [option.product_id for option in options]
    approved = await catalogue_items.approved(conn, ids)
    missing = tuple(one for one in dict.fromkeys(ids) if one not in approved)
    if missing:
        return Shelf(why_not="not_in_catalogue", missing=missing)
    variants = await products.variants(conn, product_ids=ids)
    items = tuple(
        (one.product_id, _item(one, approved[one.product_id], variants)) for one in options
    )
    return Shelf(catalog_id=catalogue.catalog_id, items=items)


def _item(option: Option, approved: Sequence[str], variants: Sequence[Variant]) -> str:
    """The item in the option's colour, else any: WhatsApp offers a piece's others beside it."""
    wanted = option.colour or next(iter(option.colours), None)
    in_colour = {variant.id for variant in variants if variant.colour == wanted}
    return next((one for one in approved if one in in_colour), approved[0])


async def queue_products(
    conn: Connection,
    conversation: Conversation,
    shelf: Shelf,
    *,
    form: Form,
    text: str,
    sections: Sequence[Section],
    header: str = "",
    claim: bool = False,
    reference: str | None = None,
) -> Message:
    """Queues one product message; the caller delivers. `shelf` must have the pieces of `sections`.

    The message keeps the options, so that the customer can answer it with their numbers.
    """
    options = [option for section in sections for option in section.options]
    told = {
        "catalog_id": shelf.catalog_id,
        "header": header,
        "carousel": form == "carousel",
        "sections": [
            {"title": one.title, "retailer_ids": [shelf.item_of(option) for option in one.options]}
            for one in sections
        ],
    }
    return await messages.queue_outbound(
        conn,
        conversation_id=conversation.id,
        channel=conversation.channel,
        provider=conversation.provider,
        kind="products",
        body=text,
        payload={
            "products": told,
            "options": [option.model_dump(mode="json") for option in options],
        },
        take=claim,
        reference=reference,
    )


async def reply_as_products(
    conn: Connection,
    conversation: Conversation,
    reply: Reply,
    *,
    header: str,
    title: str,
    claim: bool = False,
    reference: str | None = None,
) -> Message | None:
    """Queues a reply's options as products of the catalogue, below the reply's own numbered words.

    None where Meta cannot show all of them, or the words are too long: then the reply goes as
    always. The caller delivers.
    """
    if not reply.options or conversation.provider != "meta" or len(reply.text) > MAX_PRODUCT_BODY:
        return None
    shelf = await shelf_for(conn, conversation, reply.options)
    if shelf.why_not is not None:
        return None
    return await queue_products(
        conn,
        conversation,
        shelf,
        form="product" if len(reply.options) == 1 else "product_list",
        text=reply.text,
        sections=[Section(title, reply.options)],
        header=header[:MAX_PRODUCT_HEADER],
        claim=claim,
        reference=reference,
    )


async def show(
    conn: Connection,
    conversation: Conversation,
    *,
    form: Form,
    text: str,
    sections: Sequence[Section],
    in_words: str,
    header: str = "",
    language: Language,
    reference: str,
) -> Shown:
    """Queues the pieces as products of Meta's catalogue, else as a picture below `in_words`."""
    options = tuple(option for section in sections for option in section.options)
    shelf = await shelf_for(conn, conversation, options)
    if shelf.why_not is None and len(text) <= MAX_PRODUCT_BODY:
        queued = await queue_products(
            conn, conversation, shelf,
            form=form, text=text, sections=sections, header=header, reference=reference,
        )  # fmt: skip
        return Shown([queued], form)
    said = Reply(text=in_words, options=options)
    sent = await messaging.queue_reply(
        conn, conversation, said, language=language, reference=reference
    )
    return Shown(sent, "picture", shelf.why_not)
