"""Prices as people write them, and those that could be two prices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.core.money import CURRENCIES
from dukani.tools.piece_lists.prices import MOST_MINOR, read_price, write_price
from dukani.tools.piece_lists.why import Refused, worded


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("3500", 350_000),
        ("3500.00", 350_000),
        ("3,500", 350_000),  # thousands
        ("3 500", 350_000),  # a blank
        ("3\u00a0500", 350_000),  # one that does not break
        ("KSh 3,500/=", 350_000),
        ("Ksh.3500/-", 350_000),
        ("kes3,500.50", 350_050),
        ("3500 bob", 350_000),
        ("sh 3500", 350_000),
        ("3.5k", 350_000),
        ("3,5K", 350_000),  # before a k it can be nothing else
        ("12k", 1_200_000),
        ("1.500,00", 150_000),  # as in Europe: both marks say which is which
        ("1,500.00", 150_000),
        ("1.234.567", 123_456_700),
    ],
)
def test_a_price_is_read_as_it_was_meant(written: str, minor: int) -> None:
    assert read_price(written, currency="KES") == minor


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1.500", "price_unclear"),  # 1500, or 1.50
        ("3,50", "price_unclear"),
        ("3.5E+03", "rounded"),
        ("USD 35", "price_currency"),
        ("TSh 35000", "price_currency"),
        ("€35", "price_currency"),
        ("0", "price_range"),
        ("-3500", "no_price"),
        ("3,50,000", "no_price"),
        ("about 3500", "no_price"),
        ("call me", "no_price"),
        ("3500-4000", "no_price"),
        ("99999999999999", "price_range"),
    ],
)
def test_a_price_that_is_not_one_is_refused_by_its_value(written: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_price(written, currency="KES")

    why = refused.value.why
    assert why.code == code
    for language in ("en", "sw"):
        assert written in worded(why.as_json(), language)  # type: ignore[arg-type]


def test_a_currency_without_cents_takes_none() -> None:
    assert read_price("USh 45,000", currency="UGX") == 45_000
    with pytest.raises(Refused):
        read_price("45000.50", currency="UGX")


@given(minor=st.integers(1, MOST_MINOR), currency=st.sampled_from(CURRENCIES))
def test_what_is_written_is_read_back(minor: int, currency: str) -> None:
    assert read_price(write_price(minor, currency=currency), currency=currency) == minor
