"""Reads a payment's callback, whichever provider's words it is in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dukani.core.clients.stk_callback import StkCallback, parse_stk_callback
from dukani.core.errors import UnreadableWebhook
from dukani.core.payment_providers import PromptProvider

# PayLink has Daraja report to us.
READERS: Mapping[PromptProvider, Callable[[bytes], StkCallback]] = {
    "daraja": parse_stk_callback,
    "paylink": parse_stk_callback,
}


def parse_callback(provider: str, raw: bytes) -> StkCallback:
    """The result in a callback's body. Raises UnreadableWebhook."""
    for name, read in READERS.items():
        if name == provider:
            return read(raw)
    raise UnreadableWebhook(f"{provider} reports no payments")
