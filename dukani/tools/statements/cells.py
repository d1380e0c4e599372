"""Reads what stands in the cells of a statement: times and sums, as exports write them."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

_TIMES = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M",
    "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M",
    "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M",
    "%d-%m-%Y %I:%M:%S %p", "%d-%m-%Y %I:%M %p",
    "%d/%m/%Y %I:%M:%S %p", "%d/%m/%Y %I:%M %p",
    "%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %I:%M %p",
    "%d-%b-%Y %H:%M:%S", "%d %b %Y %H:%M:%S",
)  # fmt: skip
_LARGEST = Decimal(10) ** 12


def time_of(text: str, zone: ZoneInfo) -> datetime | None:
    """The time in the boutique's zone, days before months; None for what is no time."""
    plain = re.sub(r"\s+", " ", text.replace("T", " ").strip()).split(".")[0]
    for form in _TIMES:
        try:
            return datetime.strptime(plain.upper(), form).replace(tzinfo=zone)
        except ValueError:
            continue
    return None


def minor_of(text: str, *, per_unit: int) -> int | None:
    """A sum in minor units, negative as written; 0 for an empty cell; None for what is no sum."""
    plain = re.sub(r"(?i)^(ksh|kes)\.?|[\s\u00a0']", "", text.strip())
    if plain in ("", "-"):
        return 0
    negative = plain.startswith(("-", "(", "−"))
    plain = plain.strip("-−()+")
    if re.fullmatch(r"\d{1,3}(\.\d{3})*,\d{2}|\d+,\d{1,2}", plain, re.ASCII):  # 1.234,50
        plain = plain.replace(".", "").replace(",", ".")
    elif not re.fullmatch(r"\d+(\.\d+)?|\d{1,3}(,\d{2,3})+(\.\d+)?", plain, re.ASCII):
        return None
    try:
        minor = Decimal(plain.replace(",", "")) * per_unit
    except InvalidOperation:
        return None
    if minor != minor.to_integral_value() or minor >= _LARGEST:
        return None
    return -int(minor) if negative else int(minor)
