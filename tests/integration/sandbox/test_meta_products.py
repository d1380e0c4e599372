"""The stand-in for Meta shows products as its catalogue has them, and refuses what Meta would."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.core.clients.messenger import OutboundMessage, Products, ProductSection
from dukani.core.clients.meta import message_body
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.catalogue_book import CatalogueBook, SandboxItem, main_catalogue
from dukani.sandbox.meta_products import fill_cards
from dukani.sandbox.meta_refusals import Refused
from dukani.sandbox.meta_requests import read_message
from dukani.sandbox.models import ChatMessage
from tests.integration.sandbox.test_meta_templates import book as templates

OURS = main_catalogue(PWANI)


class Shelf:
    """As much of the sandbox's world as a catalogue needs."""

    def __init__(self) -> None:
        self.catalogue_items: dict[str, SandboxItem] = {}

    def keep_catalogue_item(self, key: str, item: SandboxItem) -> None:
        self.catalogue_items[key] = item


def a_book() -> CatalogueBook:
    """Items A and B that are approved, and C that is not."""
    shelf: Any = Shelf()
    book = CatalogueBook(shelf)
    data = {"title": "Amani", "price": "4500.00 KES", "color": "red", "size": "M"}
    for item_id, review in (("A", "APPROVED"), ("B", "APPROVED"), ("C", "REJECTED")):
        book.keep(SandboxItem.model_validate(
            {"catalogue": OURS, "id": item_id, "data": data, "review": review}
        ))  # fmt: skip
    return book


def sent(products: Products) -> ChatMessage:
    body = message_body(OutboundMessage("+254722000101", "See", products=products))
    message, _ = read_message(PWANI, "wamid.1", body, templates())
    fill_cards(a_book(), PWANI, message)
    return message


def of(*ids: str, catalogue: str = OURS, **values: Any) -> Products:
    return Products(catalogue, (ProductSection("All", ids),), **values)


def test_a_card_shows_what_the_catalogue_has() -> None:
    message = sent(of("A"))

    [card] = message.cards
    assert (message.form, card.title, card.price) == ("product", "Amani", 4500.0)
    assert (card.currency, card.detail) == ("KES", "red · M")


def test_a_carousel_is_cards_without_a_header() -> None:
    message = sent(of("A", "B", carousel=True))

    assert (message.form, [one.retailer_id for one in message.cards]) == ("carousel", ["A", "B"])


@pytest.mark.parametrize(
    ("products", "word"),
    [
        (of("C"), "not found"),  # rejected
        (of("A", "Z", header="New"), "not found"),  # unknown
        (of("A", catalogue="1"), "connected"),  # another catalogue
        (of("A", "B"), "required"),  # a list without a header
    ],
)
def test_what_meta_would_not_show_is_refused(products: Products, word: str) -> None:
    with pytest.raises(Refused) as refused:
        sent(products)

    assert word in str(refused.value)


@pytest.mark.parametrize("count", [1, 11])
def test_a_carousel_has_two_to_ten_cards(count: int) -> None:
    with pytest.raises(ValueError, match="cards"):
        of(*map(str, range(count)), carousel=True)
