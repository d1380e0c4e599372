"""Prices as Meta's catalogue takes and shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dukani.core.money import minor_per_unit

_NUMBER = re.compile(r"\d[\d.,' \u00a0\u202f]*")
_NEGATIVE = re.compile(r"^\s*\(.*\)\s*$|[-\u2212\u2013]\s*\D{0,5}\d|\d\s*[-\u2212](?!\d)")
_DECIMALS = re.compile(r"[.,](\d{1,2})$")


@dataclass(frozen=True, slots=True)
class ReadPrice:
    amount_minor: int
    currency: str  # ISO 4217


def sent_price(amount_minor: int, currency: str) -> str:
    """`4500.00 KES`; a currency without minor units has no decimals: `15000 UGX`."""
    per_unit = minor_per_unit(currency)
    if per_unit == 1:
        return f"{amount_minor} {currency}"
    units, rest = divmod(amount_minor, per_unit)
    return f"{units}.{rest:02d} {currency}"


def read_price(text: str, currency: str) -> ReadPrice | None:
    """The price that Meta shows as `KES4,500.00`, `4.500,00 KES` or `UGX 15,000`.

    A last separator with one or two digits behind it begins the decimals, any other groups
    thousands. A sign before the number or its currency makes it negative, as parentheses do, so
    that whoever reads it can refuse it. None: there is no number in it, or nobody says of which
    currency.
    """
    found = _NUMBER.search(text)
    if found is None or not currency:
        return None
    written = re.sub(r"[' \u00a0\u202f]", "", found.group()).rstrip(".,")
    decimals = _DECIMALS.search(written)
    whole = written[: decimals.start()] if decimals else written
    units = int(re.sub(r"\D", "", whole) or "0")
    per_unit = minor_per_unit(currency)
    rest = int(decimals.group(1).ljust(2, "0")) if decimals else 0
    amount_minor = units * per_unit + rest * per_unit // 100
    return ReadPrice(-amount_minor if _NEGATIVE.search(text) else amount_minor, currency)
