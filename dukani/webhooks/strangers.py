"""Counts calls that belong to no boutique, and logs them once a minute instead of one by one."""

from __future__ import annotations

import time
from collections import Counter

import structlog

log = structlog.get_logger()

TELL_EVERY_S = 60.0


class Strangers:
    """The number of such calls since the last line in the log, in this process."""

    def __init__(self, *, tell_every_s: float = TELL_EVERY_S) -> None:
        self._tell_every_s = tell_every_s
        self._told_at = -tell_every_s
        self._counts: Counter[str] = Counter()

    def note(self, provider: str, outcome: str, *, kept: bool) -> None:
        """Count one call; the first is logged at once, later ones with the next line."""
        self._counts[f"{provider}_{outcome}_{'kept' if kept else 'dropped'}"] += 1
        if time.monotonic() - self._told_at >= self._tell_every_s:
            log.warning("webhooks_for_nobody", **self._counts)
            self._counts.clear()
            self._told_at = time.monotonic()
