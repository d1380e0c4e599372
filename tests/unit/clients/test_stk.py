"""What may be asked of M-Pesa at all: refused here, with the value and its limit."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.core.clients.stk import (
    DARAJA_MSISDN,
    MAX_AMOUNT_UNITS,
    MAX_OTHER_UNITS,
    PAYLINK_MSISDN,
    check_push,
    takes_phone,
)
from dukani.core.errors import ProviderRefused

A_PUSH: dict[str, Any] = {
    "provider": "daraja",
    "pattern": DARAJA_MSISDN,
    "amount_units": 4500,
    "currency": "KES",
    "phone": "+254712345678",
    "reference": "DK-ABC234",
    "description": "Order",
}


@pytest.mark.parametrize(
    ("field", "least", "most"),
    [
        ("amount_units", 1, MAX_AMOUNT_UNITS),
        ("reference", "R", "R" * 12),
        ("description", "D", "D" * 13),
    ],
)
def test_the_least_and_the_most_are_taken(field: str, least: object, most: object) -> None:
    check_push(**A_PUSH | {field: least})
    check_push(**A_PUSH | {field: most})


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("amount_units", 0, "amount 0"),
        ("amount_units", MAX_AMOUNT_UNITS + 1, "whole KES from 1 to 250000"),
        ("phone", "+255712345678", "phone"),
        ("reference", "", "reference"),
        ("reference", "R" * 13, "1 to 12"),
        ("description", "", "description"),
        ("description", "D" * 14, "1 to 13"),
    ],
)
def test_what_is_beyond_a_limit_is_refused_with_the_limit(
    field: str, value: object, told: str
) -> None:
    with pytest.raises(ProviderRefused, match=told) as refused:
        check_push(**A_PUSH | {field: value})

    assert refused.value.code == "invalid_input"


@pytest.mark.parametrize("currency", ["TZS", "UGX", "RWF"])
def test_smaller_shillings_and_francs_have_a_larger_limit(currency: str) -> None:
    check_push(**A_PUSH | {"amount_units": MAX_OTHER_UNITS, "currency": currency})

    with pytest.raises(ProviderRefused, match=f"whole {currency} from 1 to {MAX_OTHER_UNITS}"):
        check_push(**A_PUSH | {"amount_units": MAX_OTHER_UNITS + 1, "currency": currency})


@pytest.mark.parametrize(
    ("phone", "daraja", "paylink"),
    [
        ("+254712345678", True, True),
        ("254712345678", True, True),
        ("+254112345678", True, False),  # the newer range, which PayLink's schema does not know
        ("+254812345678", False, False),
        ("+25471234567", False, False),
        ("+2547123456789", False, False),
    ],
)
def test_which_phones_can_get_a_prompt(phone: str, daraja: bool, paylink: bool) -> None:
    taken = takes_phone(DARAJA_MSISDN, phone), takes_phone(PAYLINK_MSISDN, phone)

    assert taken == (daraja, paylink)
