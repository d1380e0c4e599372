"""Money never loses or gains a cent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.core.money import (
    CURRENCIES,
    format_money,
    from_hundredths,
    minor_per_unit,
    to_minor,
    whole_units,
)


@pytest.mark.parametrize(
    ("amount_minor", "currency", "shown"),
    [
        (450000, "KES", "KES 4,500"),
        (450050, "KES", "KES 4,500.50"),
        (450005, "KES", "KES 4,500.05"),  # one digit of cents is two on a price tag
        (5, "KES", "KES 0.05"),
        (0, "KES", "KES 0"),
        (-450050, "KES", "KES -4,500.50"),
        (-5, "KES", "KES -0.05"),
        (85000, "UGX", "UGX 85,000"),  # no cents at all
        (12500, "RWF", "RWF 12,500"),
        (100000000, "TZS", "TZS 1,000,000"),
        (12345, "EUR", "EUR 123.45"),  # unknown currencies have two digits
    ],
)
def test_a_price_is_shown_as_on_a_tag(amount_minor: int, currency: str, shown: str) -> None:
    assert format_money(amount_minor, currency) == shown


@pytest.mark.parametrize(
    ("currency", "per_unit"), [("KES", 100), ("TZS", 100), ("USD", 100), ("UGX", 1), ("RWF", 1)]
)
def test_a_currency_has_its_own_number_of_minor_units(currency: str, per_unit: int) -> None:
    assert minor_per_unit(currency) == per_unit


@given(st.integers(0, 10**9), st.sampled_from(CURRENCIES))
def test_whole_units_come_back_as_they_went(units: int, currency: str) -> None:
    assert whole_units(to_minor(units, currency), currency) == units


@given(st.integers(0, 10**12), st.sampled_from(CURRENCIES))
def test_a_prompt_never_asks_less_than_is_owed_nor_a_unit_more(
    amount_minor: int, currency: str
) -> None:
    asked = to_minor(whole_units(amount_minor, currency), currency)
    assert 0 <= asked - amount_minor < minor_per_unit(currency)


@given(st.integers(-(10**12), 10**12), st.sampled_from(CURRENCIES))
def test_what_is_shown_is_the_whole_amount(amount_minor: int, currency: str) -> None:
    _, number = format_money(amount_minor, currency).split(" ")
    units, _, cents = number.replace(",", "").lstrip("-").partition(".")
    shown = int(units) * minor_per_unit(currency) + int(cents or 0)
    assert shown == abs(amount_minor)
    assert number.startswith("-") is (amount_minor < 0)


@pytest.mark.parametrize(
    ("hundredths", "currency", "minor"),
    [
        (450050, "KES", 450050),
        (450000, "UGX", 4500),  # no cents
        (450050, "UGX", None),  # no whole shilling of Uganda
        (0, "RWF", 0),
    ],
)
def test_hundredths_of_a_unit_are_minor_units_of_the_currency(
    hundredths: int, currency: str, minor: int | None
) -> None:
    assert from_hundredths(hundredths, currency) == minor
