"""Verifies Twilio's signature of a form, with Twilio's own library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from starlette.datastructures import ImmutableMultiDict

Params = Mapping[str, str] | Iterable[tuple[str, str]]


def verify_twilio_signature(token: str, url: str, params: Params, signature: str | None) -> bool:
    """Whether the holder of `token` signed this form for this public address.

    Twilio signs some addresses with their port and some without: either is accepted.
    """
    if not token or not signature:
        return False
    # Imported here, so that only a process that verifies calls loads the library.
    from twilio.request_validator import RequestValidator

    pairs = list(params.items() if isinstance(params, Mapping) else params)
    return bool(RequestValidator(token).validate(url, ImmutableMultiDict(pairs), signature))
