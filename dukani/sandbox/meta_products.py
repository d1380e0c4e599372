"""The product messages of Meta's stand-in: what a card shows is what the catalogue has of it."""

from __future__ import annotations

from typing import Any

from dukani.core.clients.messenger import (
    MAX_CARDS,
    MAX_PRODUCT_BODY,
    MAX_PRODUCT_HEADER,
    MAX_PRODUCTS,
    MAX_ROW_TITLE,
    MAX_SECTIONS,
    MIN_CARDS,
)
from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.catalogue_book import CatalogueBook
from dukani.sandbox.meta_refusals import Refused, part, required
from dukani.sandbox.models import Card, ChatMessage

FORMS = ("product", "product_list", "carousel")


def read_products(message: ChatMessage, interactive: dict[str, Any]) -> ChatMessage:
    """A single product, a list or a carousel, with the ids of its items. Raises Refused."""
    form = interactive["type"]
    action = part(interactive, "action")
    body = part(interactive, "body").get("text") or ""
    message.kind, message.form = "products", form
    message.text = body if form == "product" and not body else _body(body)
    if form == "carousel":
        if "header" in interactive or "footer" in interactive:
            raise Refused("131009", "interactive: a carousel has no header and no footer")
        return _carousel(message, action)
    message.catalogue = required("action.catalog_id", action.get("catalog_id"), 64)
    if form == "product":
        message.cards = [_card(action.get("product_retailer_id"))]
        return message
    header = part(interactive, "header").get("text")
    message.header = required("header.text", header, MAX_PRODUCT_HEADER)
    return _list(message, action)


def _body(text: str) -> str:
    return required("body.text", text, MAX_PRODUCT_BODY)


def _list(message: ChatMessage, action: dict[str, Any]) -> ChatMessage:
    sections = action.get("sections") or []
    if not 1 <= len(sections) <= MAX_SECTIONS:
        raise Refused("131009", f"{len(sections)} sections: 1 to {MAX_SECTIONS}")
    for section in sections:
        title = str(section.get("title") or "")
        if len(sections) > 1 or title:
            required("section.title", title, MAX_ROW_TITLE)
        for item in section.get("product_items") or []:
            message.cards.append(_card(item.get("product_retailer_id"), title))
    if not 1 <= len(message.cards) <= MAX_PRODUCTS:
        raise Refused("131009", f"{len(message.cards)} products: 1 to {MAX_PRODUCTS}")
    return message


def _carousel(message: ChatMessage, action: dict[str, Any]) -> ChatMessage:
    cards = action.get("cards") or []
    if not MIN_CARDS <= len(cards) <= MAX_CARDS:
        raise Refused("131009", f"{len(cards)} cards: {MIN_CARDS} to {MAX_CARDS}")
    if [card.get("card_index") for card in cards] != list(range(len(cards))):
        raise Refused("131009", "card_index: 0, 1, …, each once")
    catalogues = {str(part(card, "action").get("catalog_id") or "") for card in cards}
    if len(catalogues) != 1 or any(card.get("type") != "product" for card in cards):
        raise Refused("131009", "cards: products of one catalogue")
    message.catalogue = required("action.catalog_id", catalogues.pop(), 64)
    message.cards = [_card(part(card, "action").get("product_retailer_id")) for card in cards]
    return message


def _card(retailer_id: object, section: str = "") -> Card:
    return Card(retailer_id=required("product_retailer_id", retailer_id, 100), section=section)


def fill_cards(book: CatalogueBook, account: SandboxAccount, message: ChatMessage) -> None:
    """Give each card what the catalogue has of its item. Raises Refused for one it cannot show."""
    if message.kind != "products":
        return
    if book.shown_by(account) != message.catalogue:
        raise Refused("131009", "action.catalog_id: not the catalogue connected to this number")
    for card in message.cards:
        item = book.find(message.catalogue, card.retailer_id)
        if item is None or item.review != "APPROVED":
            raise Refused("131009", f"Products not found in FB Catalog: {card.retailer_id}")
        amount, _, currency = str(item.data.get("price")).partition(" ")
        card.title = str(item.data.get("title") or "")
        card.price, card.currency = float(amount), currency
        looks = (item.data.get("color"), item.data.get("size"))
        card.detail = " · ".join(str(one) for one in looks if one)
        card.picture = item.data.get("image_link")
