"""Formats the results of the checks as a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from dukani.doctor.check import Check, Verdict

STYLES = {Verdict.GOOD: "green", Verdict.BAD: "bold red", Verdict.OFF: "dim"}


def table_of(checks: Sequence[Check]) -> Table:
    """A table of mark, name and finding, with the remedy below."""
    table = Table(box=None, padding=(0, 1), show_edge=False)
    table.add_column("")
    table.add_column("What", no_wrap=True)
    table.add_column("Found, and how to fix it", overflow="fold")
    for check in checks:
        style = STYLES[check.verdict]
        table.add_row(
            Text(check.verdict.value, style), Text(check.what, style), _found(check, style)
        )
    return table


def _found(check: Check, style: str) -> Text:
    """The finding as text, not markup: an error message may contain square brackets."""
    found = Text(check.found, style)
    return found.append(f"\n→ {check.fix}", style="default not dim") if check.fix else found


def summary(checks: Sequence[Check]) -> str:
    """One line with the number of failures."""
    failing = sum(check.verdict is Verdict.BAD for check in checks)
    closed = sum(check.verdict is Verdict.OFF for check in checks)
    if not failing:
        return f"All that is configured works; {closed} lines are off or not configured."
    return f"{failing} of {len(checks)} checks fail."
