"""Sends a prompt that is of no order, at most once: a shop's test, a top-up of message tokens."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from dukani.core.clients.mpesa_answers import refusal_as_result
from dukani.core.clients.stk import BeforePush
from dukani.core.errors import (
    ConfigurationError,
    ProviderRefused,
    ProviderUnavailable,
    ProviderUnclear,
)
from dukani.core.services import Services
from dukani.tools.payments import accounts
from dukani.tools.payments.judgement import Result

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Pushed:
    """There is a prompt, or there may be one (no id of it), or there is none (`refused`)."""

    checkout_request_id: str | None = None
    refused: Result | None = None


async def push_loose(
    services: Services,
    account: accounts.Account,
    *,
    about: str,
    amount_units: int,
    currency: str,
    phone: str,
    reference: str,
    description: str,
    callback_token: str,
    claim: BeforePush,
) -> Pushed:
    """`claim` raises ProviderUnclear when another worker claimed the prompt; `about` is logged."""
    try:
        accepted = await accounts.push(
            services,
            account,
            amount_units=amount_units,
            currency=currency,
            phone=phone,
            reference=reference,
            description=description,
            callback_token=callback_token,
            before_push=claim,
        )
    except ProviderUnclear as unclear:
        log.warning("loose_prompt_unclear", about=about, reason=str(unclear))
        return Pushed()
    except (ProviderUnavailable, ProviderRefused, ConfigurationError) as refusal:
        log.warning("loose_prompt_failed", about=about, reason=str(refusal))
        code = "credentials" if isinstance(refusal, ConfigurationError) else refusal.code
        said = str(refusal) if isinstance(refusal, ConfigurationError) else refusal.said
        return Pushed(refused=Result(*refusal_as_result(code, said)))
    return Pushed(accepted.checkout_request_id)
