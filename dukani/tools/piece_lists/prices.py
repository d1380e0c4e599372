"""Reads prices as people write them: `KSh 3,500/=`, `3.5k`, `1.500,00`.

A price that can be read in two ways is refused, never guessed: a shop would sell at the other.
"""

from __future__ import annotations

import re
from decimal import Decimal

from dukani.core.money import minor_per_unit
from dukani.tools.piece_lists.why import refuse

MOST_MINOR = 10**12
# What stands for the shop's money, by the currency it names. `sh` and `/=` are any shilling's.
_SIGNS = {
    "KES": ("kes", "ksh", "kshs", "bob"),
    "TZS": ("tzs", "tsh", "tshs"),
    "UGX": ("ugx", "ush", "ushs", "shs"),
    "RWF": ("rwf", "frw", "rf"),
    "USD": ("usd", "us$", "$"),
}
_OTHERS = ("eur", "€", "gbp", "£", "zar", "inr", "₹", "aed", "cny", "¥")
_ANY_SHILLING = ("sh", "shs", "shilingi", "shillings", "shilling")
_SHILLINGS = ("KES", "TZS", "UGX")

_WORDS = re.compile(
    r"^(?P<before>[^\d\s.,+-]+)?[.\s]*(?P<number>[\d.,' ]*\d)\s*(?P<k>[kK])?\s*(?:/[=-]|/)?\s*"
    r"(?P<after>[^\d\s.,/=+-]+)?[.\s]*(?:/[=-])?$"
)
_NOTHING = re.compile(r"^\s*0+(?:[.,]0+)?\s*$")
_EXPONENT = re.compile(r"^[\d.,]+e[+-]?\d+$", re.IGNORECASE)
_PLAIN = re.compile(r"^\d+(?:\.\d{1,2})?$")
_COMMAS = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$")
_POINTS = re.compile(r"^\d{1,3}(?:\.\d{3})+,\d{1,2}$")  # 1.500,00
_MANY_POINTS = re.compile(r"^\d{1,3}(?:\.\d{3}){2,}$")  # 1.500.000
_UNCLEAR = re.compile(r"^(\d{1,3})\.(\d{3})$|^(\d+),(\d{1,2})$")
_THOUSANDS = re.compile(r"^\d{1,6}(?:[.,]\d{1,2})?$")  # before a k


def read_cost(text: str, *, currency: str) -> int:
    """As a price; what was got for nothing costs 0. Raises Refused."""
    return 0 if _NOTHING.match(text) else read_price(text, currency=currency, field="cost")


def read_price(text: str, *, currency: str, field: str = "price") -> int:
    """The price in minor units. Raises Refused."""
    plain = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
    if _EXPONENT.match(plain):
        raise refuse("rounded", field, text)
    found = _WORDS.match(plain)
    if found is None:
        raise refuse("no_price", field, text)
    _check_signs(found, text, currency, field)
    amount = _amount(found["number"].strip(), bool(found["k"]), text, field)
    minor = amount * minor_per_unit(currency)
    if minor != int(minor):
        raise refuse("no_price", field, text)
    if not 0 < minor <= MOST_MINOR:
        raise refuse("price_range", field, text)
    return int(minor)


def write_price(minor: int, *, currency: str) -> str:
    """As `read_price` reads it back: `3500`, or `3500.50`."""
    units, rest = divmod(minor, minor_per_unit(currency))
    return f"{units}.{rest:02d}" if rest else str(units)


def _check_signs(found: re.Match[str], text: str, currency: str, field: str) -> None:
    for said in (found["before"], found["after"]):
        sign = (said or "").lower().rstrip(".")
        if not sign or sign in _SIGNS.get(currency, ()):
            continue
        if sign in _ANY_SHILLING and currency in _SHILLINGS:
            continue
        foreign = any(sign in signs for signs in _SIGNS.values()) or sign in _OTHERS
        raise refuse("price_currency" if foreign else "no_price", field, text, currency)


def _amount(number: str, thousands: bool, text: str, field: str) -> Decimal:
    grouped = re.sub(r"(?<=\d)[ '](?=\d{3}(?:\D|$))", "", number)
    if thousands:
        if not _THOUSANDS.match(grouped):
            raise refuse("no_price", field, text)
        return Decimal(grouped.replace(",", ".")) * 1000
    if unclear := _UNCLEAR.match(grouped):
        raise refuse("price_unclear", field, text, _either_way(unclear))
    if _PLAIN.match(grouped):
        return Decimal(grouped)
    if _COMMAS.match(grouped):
        return Decimal(grouped.replace(",", ""))
    if _POINTS.match(grouped) or _MANY_POINTS.match(grouped):
        return Decimal(grouped.replace(".", "").replace(",", "."))
    raise refuse("no_price", field, text)


def _either_way(unclear: re.Match[str]) -> str:
    whole, thousandths, units, cents = unclear.groups()
    if whole:
        return f"{int(whole + thousandths)} / {int(whole)}.{thousandths[:2]}"
    return f"{int(units + cents)} / {int(units)}.{cents}"
