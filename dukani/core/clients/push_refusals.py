"""Turns a refused push into one of our errors, the same for Daraja and PayLink."""

from __future__ import annotations

from typing import Any

from dukani.core.clients.mpesa_answers import outcome_of_push
from dukani.core.clients.mpesa_outcomes import Kind
from dukani.core.errors import ProviderError, ProviderRefused, ProviderUnavailable, ProviderUnclear


def error_in(body: dict[str, Any]) -> tuple[str | None, str]:
    """Code and text of an error of Daraja's; the code is none when the body has none."""
    code = body.get("errorCode") if "errorCode" in body else body.get("ResponseCode")
    words = body.get("errorMessage") or body.get("ResponseDescription")
    return as_code(code), str(words or "")


def as_code(code: Any) -> str | None:
    return str(code) if isinstance(code, str | int | float) and str(code).strip() else None


def push_refusal(
    status: int, code: str | None, said: str, *, provider: str, retry_after_s: float | None = None
) -> ProviderError:
    """The error for a push whose answer has no prompt's id.

    ProviderUnclear means that there may be a prompt; the other errors that there is none.
    """
    outcome = outcome_of_push(status, code, said)
    told = code or str(status)
    if outcome.kind is Kind.UNKNOWN:
        words = said[:200] or "an answer without words"
        return ProviderUnclear(words, provider=provider, code=told)
    if outcome.once_more and outcome.kind is Kind.WAIT:
        return ProviderUnavailable(
            said[:200], provider=provider, code=told, retry_after_s=retry_after_s
        )
    return ProviderRefused(said[:200], provider=provider, code=told)
