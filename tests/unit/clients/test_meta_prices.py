"""Prices to Meta's catalogue and back."""

from __future__ import annotations

import pytest

from dukani.core.clients.meta_prices import ReadPrice, read_price, sent_price


@pytest.mark.parametrize(
    ("minor", "currency", "sent"),
    [
        (450000, "KES", "4500.00 KES"),
        (450050, "KES", "4500.50 KES"),
        (5, "USD", "0.05 USD"),
        (15000, "UGX", "15000 UGX"),  # no minor unit
    ],
)
def test_minor_units_are_sent_as_meta_takes_them(minor: int, currency: str, sent: str) -> None:
    assert sent_price(minor, currency) == sent
    assert read_price(sent, currency) == ReadPrice(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("KES4,500.00", "KES", 450000),
        ("KSh 4,500", "KES", 450000),  # grouped, no decimals
        ("4.500,00 KES", "KES", 450000),  # as much of Europe writes
        ("Ksh1,234,567.8", "KES", 123456780),
        ("UGX 15,000", "UGX", 15000),
        ("UGX15,000.00", "UGX", 15000),
        ("$0.99", "USD", 99),
        ("1\u00a0250,50 KES", "KES", 125050),  # a hard space groups
    ],
)
def test_a_price_is_read_as_people_write_it(text: str, currency: str, minor: int) -> None:
    assert read_price(text, currency) == ReadPrice(minor, currency)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("-KES4,500.00", -450000),
        ("KES -4,500.00", -450000),
        ("\u2212KES4,500.00", -450000),  # the minus of typographers
        ("KES\u22124,500.00", -450000),
        ("(KES4,500.00)", -450000),  # as accountants write it
        ("4,500.00- KES", -450000),
        ("4.500,- KES", 450000),  # a dash for no cents
        ("KES4,500.-", 450000),
    ],
)
def test_a_minus_is_read(text: str, minor: int) -> None:
    assert read_price(text, "KES") == ReadPrice(minor, "KES")


@pytest.mark.parametrize(("text", "currency"), [("", "KES"), ("free", "KES"), ("4500.00", "")])
def test_what_is_no_price_is_none(text: str, currency: str) -> None:
    assert read_price(text, currency) is None
