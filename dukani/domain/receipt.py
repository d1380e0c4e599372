"""What a receipt says: pure facts, before words and layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dukani.domain.acts import Language

Paper = Literal["a4", "80mm"]
PaidWith = Literal["mpesa", "cash", "credit", "other"]


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    name: str
    colour: str
    size: str
    quantity: int
    unit_price_minor: int

    @property
    def total_minor(self) -> int:
        return self.quantity * self.unit_price_minor


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money is in minor units of `currency`; `at` is shown in the boutique's `timezone`."""

    shop: str
    shop_address: str
    shop_phone: str
    number: str
    at: datetime
    timezone: str
    language: Language
    currency: str
    lines: tuple[ReceiptLine, ...]
    delivery_minor: int | None  # None: nothing is delivered
    delivery_to_confirm: bool  # the fee is agreed with the shop, and not in the total
    total_minor: int
    paid_with: PaidWith
    reference: str
    payer_phone: str  # masked
    customer: str
    refunded_minor: int = 0  # of the total, given back since
    kra_pin: str = ""
    etims_number: str = ""  # of the invoice that the shop issued with KRA's own app
