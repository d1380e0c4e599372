"""Says that the program is being loaded: that takes seconds, and silence looks broken."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

_TRUE = ("1", "true", "yes", "on", "t", "y")  # as the settings read a boolean


def say_loading() -> None:
    """To be called before a command imports what it works with."""
    if line := loading_line(os.environ):
        print(line, file=sys.stderr, flush=True)


def loading_line(environment: Mapping[str, str]) -> str:
    """Nothing among JSON lines: a machine reads those."""
    as_json = environment.get("DUKANI_LOG_JSON", "").lower() in _TRUE
    return "" if as_json else "Loading the program …"
