"""Money: an integer of minor units with its currency."""

from __future__ import annotations

# Kenyan, Ugandan, Tanzanian and Rwandan prices are shown without cents; the shilling of Uganda
# and the Rwandan franc have none (ISO 4217 exponent 0).
_EXPONENT = {"KES": 2, "TZS": 2, "UGX": 0, "RWF": 0, "USD": 2}

CURRENCIES = tuple(_EXPONENT)  # those we know the minor units of


def minor_per_unit(currency: str) -> int:
    """How many minor units one unit of `currency` (ISO 4217) has."""
    return int(10 ** _EXPONENT.get(currency, 2))


def to_minor(units: int, currency: str) -> int:
    """Whole units, as a customer says them, in minor units."""
    return units * minor_per_unit(currency)


def whole_units(amount_minor: int, currency: str) -> int:
    """Minor units in whole units, rounded up: M-Pesa takes whole shillings only."""
    per_unit = minor_per_unit(currency)
    return -(-amount_minor // per_unit)


def from_hundredths(hundredths: int, currency: str) -> int | None:
    """Hundredths of a unit, as M-Pesa tells amounts, in minor units; None: less than one is left.

    Ten thousand of them are KES 100.00, and 100 shillings of Uganda, which has no cents.
    """
    amount, rest = divmod(hundredths * minor_per_unit(currency), 100)
    return None if rest else amount


def format_money(amount_minor: int, currency: str) -> str:
    """The amount as a price tag shows it: `KES 4,500`, with cents only if there are any."""
    units, cents = divmod(abs(amount_minor), minor_per_unit(currency))
    sign = "-" if amount_minor < 0 else ""
    fraction = f".{cents:02d}" if cents else ""
    return f"{currency} {sign}{units:,}{fraction}"
