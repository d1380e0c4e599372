"""Parses Daraja's callback with the result of an M-Pesa prompt.

Fields come as numbers, strings or not at all, and failures have no metadata: only the ids and the
result code are required, all other fields may be `None`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Any

from dukani.core.errors import UnreadableWebhook
from dukani.core.money import from_hundredths

MAX_ID = 120  # four times Daraja's length; bounded, as it is part of an indexed lock of a job
# The other fields are bounded as well, for rows, jobs and notes; the receipt is indexed.
MAX_CODE = 40
MAX_TEXT = 500
MAX_RECEIPT = 40  # M-Pesa's have ten characters; a longer value is dropped


@dataclass(frozen=True, slots=True)
class StkCallback:
    """A prompt's result; the phone in E.164, unless masked.

    The amount is in hundredths of a unit, whatever the currency: M-Pesa does not name it.
    """

    checkout_request_id: str
    merchant_request_id: str
    result_code: str
    result_desc: str
    amount_hundredths: int | None = None
    receipt: str | None = None
    phone: str | None = None

    def amount_minor(self, currency: str) -> int | None:
        """The amount paid, in minor units of the order's currency; None: not told, or not whole."""
        told = self.amount_hundredths
        return None if told is None else from_hundredths(told, currency)


def parse_stk_callback(raw: bytes) -> StkCallback:
    """The result in a callback's body. Raises UnreadableWebhook."""
    try:
        callback = json.loads(raw)["Body"]["stkCallback"]
        code = _text(callback.get("ResultCode"))
        checkout = _text(callback.get("CheckoutRequestID"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableWebhook("not an STK callback") from error
    if code is None or checkout is None:
        raise UnreadableWebhook("an STK callback without CheckoutRequestID or ResultCode")
    if len(checkout) > MAX_ID:
        raise UnreadableWebhook(f"a CheckoutRequestID of {len(checkout)} characters")
    items = _items(callback)
    return StkCallback(
        checkout_request_id=checkout,
        merchant_request_id=(_text(callback.get("MerchantRequestID")) or "")[:MAX_ID],
        result_code=code[:MAX_CODE],
        result_desc=(_text(callback.get("ResultDesc")) or "")[:MAX_TEXT],
        amount_hundredths=_hundredths(items.get("Amount")),
        receipt=_receipt(items.get("MpesaReceiptNumber")),
        phone=_phone(items.get("PhoneNumber")),
    )


def _items(callback: dict[str, Any]) -> dict[str, Any]:
    metadata = callback.get("CallbackMetadata")
    items = metadata.get("Item") if isinstance(metadata, dict) else None
    if not isinstance(items, list):
        return {}
    return {
        item["Name"]: item.get("Value")
        for item in items
        if isinstance(item, dict) and isinstance(item.get("Name"), str)
    }


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, bool | dict | list):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a code of 1032.0 is 1032
    return str(value).strip() or None


def _receipt(value: Any) -> str | None:
    text = _text(value)
    return text if text is not None and len(text) <= MAX_RECEIPT else None


def _hundredths(value: Any) -> int | None:
    text = _text(value)
    if text is None:
        return None
    try:
        cents = Decimal(text.replace(",", "")) * 100
    except DecimalException:  # no number, or an exponent beyond all limits
        return None
    # Fractions of a cent, negative and absurdly large values are no paid amounts.
    if not cents.is_finite() or not 0 <= cents < 10**14 or cents != cents.to_integral_value():
        return None
    return int(cents)


def _phone(value: Any) -> str | None:
    text = _text(value)
    if text is None:
        return None
    digits = text.removeprefix("+").removesuffix(".0")
    return f"+{digits}" if digits.isascii() and digits.isdigit() and len(digits) == 12 else None
