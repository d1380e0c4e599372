"""Limits and types of an M-Pesa prompt (STK push) that Daraja and PayLink share."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from dukani.core.errors import ProviderRefused
from dukani.core.payment_providers import PromptProvider

MAX_AMOUNT_UNITS = 250_000  # whole Kenyan shillings in one transaction
# Of currencies whose unit is worth a tenth of that or less. What is too much for the provider all
# the same it refuses, and that is told.
MAX_OTHER_UNITS = 5_000_000
SMALLER = frozenset(("TZS", "UGX", "RWF"))
MAX_REFERENCE = 12
MAX_DESCRIPTION = 13

# Safaricom's numbers as M-Pesa writes them; PayLink's schema knows only the older range.
DARAJA_MSISDN = re.compile(r"254[17][0-9]{8}")
PAYLINK_MSISDN = re.compile(r"2547[0-9]{8}")
MSISDN: Mapping[PromptProvider, re.Pattern[str]] = {
    "daraja": DARAJA_MSISDN,
    "paylink": PAYLINK_MSISDN,
}

# Called right before the prompt is sent, to record that there may be one from now on. An error it
# raises stops the prompt.
BeforePush = Callable[[], Awaitable[None]]


async def record_nothing() -> None:
    """A `BeforePush` that records nothing."""


@dataclass(frozen=True, slots=True)
class PushAccepted:
    """The prompt was accepted; callback and query name it by these ids."""

    checkout_request_id: str
    merchant_request_id: str


def most_units(currency: str) -> int:
    """The most whole units of a currency that one prompt may ask for."""
    return MAX_OTHER_UNITS if currency in SMALLER else MAX_AMOUNT_UNITS


def msisdn(phone: str) -> str:
    """A phone as M-Pesa writes it: `+254712345678` → `254712345678`."""
    return phone.strip().removeprefix("+")


def takes_phone(pattern: re.Pattern[str], phone: str) -> bool:
    """Whether a provider with this `pattern` of numbers can prompt this phone (E.164)."""
    return pattern.fullmatch(msisdn(phone)) is not None


def check_push(
    *,
    provider: str,
    pattern: re.Pattern[str],
    amount_units: int,
    currency: str,
    phone: str,
    reference: str,
    description: str,
) -> None:
    """Raise ProviderRefused, naming value and limit, where the provider's schema would refuse."""
    problem = _problem_of_amount(amount_units, currency) or _problem(
        pattern, phone, reference, description
    )
    if problem:
        raise ProviderRefused(problem, provider=provider, code="invalid_input")


def _problem_of_amount(amount_units: int, currency: str) -> str | None:
    most = most_units(currency)
    if 1 <= amount_units <= most:
        return None
    return f"amount {amount_units}: whole {currency} from 1 to {most}"


def _problem(pattern: re.Pattern[str], phone: str, reference: str, description: str) -> str | None:
    if not takes_phone(pattern, phone):
        return f"this phone number is not accepted: it must match {pattern.pattern}"
    if not 1 <= len(reference) <= MAX_REFERENCE:
        return f"reference {reference!r}: 1 to {MAX_REFERENCE} characters"
    if not 1 <= len(description) <= MAX_DESCRIPTION:
        return f"description {description!r}: 1 to {MAX_DESCRIPTION} characters"
    return None
