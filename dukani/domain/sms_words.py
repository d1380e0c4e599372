"""The words that stop SMS and let them come again, as whole messages. Pure."""

from __future__ import annotations

import re
from typing import Literal

STOPS = frozenset((
    "stop", "stopall", "stop all", "end", "cancel", "unsubscribe", "quit", "acha", "simamisha",
    "sitaki", "stop sms", "acha sms",
))  # fmt: skip
STARTS = frozenset(("start", "unstop", "anza", "start sms", "anza sms"))


def consent_said(text: str) -> Literal["stop", "start"] | None:
    """What an SMS says about SMS, as a whole; None: nothing ("stop sending me blue ones")."""
    words = " ".join(re.findall(r"[^\W_]+", text.lower()))
    if words in STOPS:
        return "stop"
    return "start" if words in STARTS else None
