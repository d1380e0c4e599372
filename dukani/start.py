"""Where the `dukani` command begins."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    try:
        from dukani.cli import app  # in here, so that Ctrl-C meanwhile shows no traceback
    except KeyboardInterrupt:
        sys.exit(130)  # as the shell has it; nothing is open yet
    app()
