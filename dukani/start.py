"""The entry point of the `dukani` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    try:
        from dukani.cli import app  # imported here, so that Ctrl-C while loading shows no traceback
    except KeyboardInterrupt:
        sys.exit(130)  # the shell's code for Ctrl-C; nothing is open yet
    app()
