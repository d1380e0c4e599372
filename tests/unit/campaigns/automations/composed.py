"""Messages that are composed without a database."""

from __future__ import annotations

from typing import Any

from dukani.campaigns.automations.composing import Card, Lacks, compose
from dukani.campaigns.automations.message_values import Discount, Piece, Values
from dukani.domain.automations import Content

CODE = "aB3dE6gH9jK2"
URL = "https://dukani.co.ke"
LINK = f"{URL}/l/{CODE}"
STOP = f"{URL}/o/{CODE}"


def values(**known: Any) -> Values:
    return Values(**{"shop": "Zuri", "currency": "KES", "language": "en"} | known)


def all_known(**known: Any) -> Values:
    return values(
        **{
            "name": "Amina",
            "product": Piece("1", "Rose dress", 450_000, "zuri/rose.jpg"),
            "price_minor": 450_000,
            "discount": Discount(600_000, 450_000),
            "total_minor": 1_000_000,
        }
        | known
    )


def card(content: Content, known: Values | None = None, **how: Any) -> Card:
    made = composed(content, known, **how)
    assert isinstance(made, Card), made
    return made


def composed(content: Content, known: Values | None = None, **how: Any) -> Card | Lacks:
    known = known or all_known()
    settings = {"language": known.language, "code": CODE, "public_url": URL, "window_open": True}
    return compose(content, known, **settings | how)
