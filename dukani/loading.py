"""Prints that the program is loading, which takes seconds."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

_TRUE = ("1", "true", "yes", "on", "t", "y")  # as pydantic reads a boolean


def say_loading() -> None:
    """Print the line; called before a command imports its implementation."""
    if line := loading_line(os.environ):
        print(line, file=sys.stderr, flush=True)


def loading_line(environment: Mapping[str, str]) -> str:
    """The line; empty when the log is JSON lines, which programs read."""
    as_json = environment.get("DUKANI_LOG_JSON", "").lower() in _TRUE
    return "" if as_json else "Loading the program …"
