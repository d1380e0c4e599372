"""Parses the non-text content of a message: a catalogue order, a product inquiry, an ad referral.

The input is the message's payload as the provider wrote it. None of it is trusted: an id that is
no piece of the shop is ignored, and a price is compared with the shop's and never used. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

MOST_ITEMS = 30  # lines of a catalogue order; as many as WhatsApp's own carts hold
MOST_PIECES = 999_999  # of a line; `domain/bounds.py` holds the limit of an order
MOST_PRICE = 10**12  # a higher price is garbage
_MOST_CHARACTERS = 1000

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OrderedItem:
    """A line of a catalogue order. `price` is the sender's claim, in whole currency units."""

    retailer_id: str
    quantity: int
    price: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueOrder:
    """A cart sent from a WhatsApp catalogue.

    `left_out` counts the lines beyond `MOST_ITEMS`; `none_of` has the ids of lines of quantity 0.
    """

    items: tuple[OrderedItem, ...]
    left_out: int = 0
    none_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Advert:
    """The advertisement or post a customer came from."""

    headline: str = ""
    body: str = ""
    source_url: str = ""
    image_url: str = ""


def catalogue_order(payload: Payload) -> CatalogueOrder | None:
    """The lines of a native order; the same piece named twice is one line."""
    order = payload.get("order")
    raw = order.get("product_items") if isinstance(order, Mapping) else None
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        return None
    items: dict[str, OrderedItem] = {}
    for entry in raw[:MOST_ITEMS]:
        item = _item(entry)
        if item is not None:
            before = items.get(item.retailer_id)
            items[item.retailer_id] = _together(before, item) if before else item
    return CatalogueOrder(
        items=tuple(item for item in items.values() if item.quantity),
        left_out=max(0, len(raw) - MOST_ITEMS),
        none_of=tuple(item.retailer_id for item in items.values() if not item.quantity),
    )


def referred_product(payload: Payload) -> str | None:
    """The shop's own id of the catalogue piece the message asks about."""
    product = payload.get("product")
    return _text(product, "retailer_id") or None if isinstance(product, Mapping) else None


def advert(payload: Payload) -> Advert | None:
    """The advertisement, as Meta or as Twilio names its parts."""
    referral = payload.get("referral")
    if not isinstance(referral, Mapping):
        return None
    return Advert(
        headline=_first(referral, "headline", "ReferralHeadline"),
        body=_first(referral, "body", "ReferralBody"),
        source_url=_first(referral, "source_url", "ReferralSourceUrl"),
        image_url=_first(
            referral, "image_url", "thumbnail_url", "ReferralMediaUrl", "ReferralMediaUrl0"
        ),
    )


def _item(entry: object) -> OrderedItem | None:
    """One line of the order; None when the entry has no id."""
    if not isinstance(entry, Mapping):
        return None
    retailer_id = _id(entry.get("product_retailer_id"))
    if not retailer_id:
        return None
    return OrderedItem(
        retailer_id=retailer_id,
        quantity=_quantity(entry.get("quantity", 1)),
        price=_price(entry.get("item_price")),
        currency=_text(entry, "currency").upper(),
    )


def _id(value: object) -> str:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value).strip()[:_MOST_CHARACTERS] if is_number or isinstance(value, str) else ""


def _together(before: OrderedItem, item: OrderedItem) -> OrderedItem:
    quantity = min(before.quantity + item.quantity, MOST_PIECES)
    return OrderedItem(item.retailer_id, quantity, item.price, item.currency)


def _quantity(value: object) -> int:
    """The quantity; one where it cannot be read, because the piece itself is wanted."""
    number = _decimal(value)
    if number is None or number < 0:
        return 1
    if number > MOST_PIECES:
        return MOST_PIECES
    return int(number) if number == int(number) else 1


def _price(value: object) -> Decimal | None:
    number = _decimal(value)
    return number if number is not None and 0 <= number < MOST_PRICE else None


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value).strip()[:40])
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _first(values: Payload, *fields: str) -> str:
    return next((text for field in fields if (text := _text(values, field))), "")


def _text(values: Payload, field: str) -> str:
    value = values.get(field)
    return value.strip()[:_MOST_CHARACTERS] if isinstance(value, str) else ""
