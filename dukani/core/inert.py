"""Keeps what people wrote from being run as a formula by whoever opens a table of it."""

from __future__ import annotations

import re

_RUNS = re.compile(r"^'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"^'+[=+\-@\t\r\n＝＋－＠]")


def inert(cell: str) -> str:
    """The cell as no spreadsheet runs it: behind an apostrophe."""
    return f"'{cell}" if _RUNS.match(cell) else cell


def plain(cell: str) -> str:
    """What `inert` made the cell of."""
    return cell[1:] if _GUARDED.match(cell) else cell
