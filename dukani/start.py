"""The `dukani` command's first line: what is loaded takes seconds, and silence looks broken."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

# The commands that load the whole program.
_SLOW = (
    "demo", "serve", "worker", "migrate", "seed", "chat", "doctor", "eval", "add-boutique",
    "remove-boutique", "add-pieces",
)  # fmt: skip


def main() -> None:
    """Run the command line."""
    if line := first_line(sys.argv[1:], os.environ):
        print(line, file=sys.stderr, flush=True)
    try:
        from dukani.cli import app  # after the line: this is what takes the time
    except KeyboardInterrupt:
        sys.exit(130)  # as the shell has it; nothing is open yet
    app()


def first_line(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """What is said at once; nothing for what is quick, and nothing among JSON lines."""
    slow = any(argument in _SLOW for argument in arguments[:1]) and "--help" not in arguments
    as_json = environment.get("DUKANI_LOG_JSON", "").lower() in ("1", "true", "yes", "on", "t", "y")
    return "Loading the program …" if slow and not as_json else ""
