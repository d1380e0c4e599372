"""The lines of the tour's table: what a campaign must have left behind. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.table import Column, Table

from dukani.core.store.campaign_recipients import Recipient
from dukani.core.store.wallet import Balance

UNDER_WAY = ("planned", "posting")
_ARRIVED = ("accepted", "sent", "delivered", "read")


@dataclass(frozen=True, slots=True)
class Line:
    """What was looked at, and whether it is as it must be."""

    what: str
    wanted: str
    found: str
    holds: bool


def line(what: str, wanted: int, found: int) -> Line:
    return Line(what, f"{wanted:,}", f"{found:,}", wanted == found)


def told(states: Mapping[str, int]) -> str:
    return ", ".join(f"{n:,} {state}" for state, n in sorted(states.items()))


def of_recipients(
    recipients: Sequence[Recipient], copies: Mapping[str, int], *, customers: int
) -> list[Line]:
    """Everybody is accounted for, and nobody has it twice. `copies`: on each phone."""
    states = Counter(one.state for one in recipients)
    without = [one for one in recipients if one.state in _ARRIVED and copies[one.identity] != 1]
    return [
        line("recipients", customers, len(recipients)),
        *(Line(f"  {state}", "", f"{n:,}", True) for state, n in sorted(states.items())),
        line("still under way", 0, sum(states[state] for state in UNDER_WAY)),
        line("most copies on one phone", 1, max(copies.values(), default=0)),
        line("said to have arrived, without a copy", 0, len(without)),
    ]


def of_wallet(purse: Balance, recipients: Sequence[Recipient], *, given: int) -> list[Line]:
    """Every token that was given is in one account, and spent for what arrived alone."""
    arrived = sum(one.tokens or 0 for one in recipients if one.state in ("delivered", "read"))
    accounts = (purse.available, purse.held, purse.spent)
    return [
        line("tokens: available + held + spent", given, sum(accounts)),
        Line("  available, held, spent", "", ", ".join(f"{n:,}" for n in accounts),
             min(accounts) >= 0),
        line("tokens spent, by what was delivered", arrived, purse.spent),
    ]  # fmt: skip


def table_of(lines: Sequence[Line]) -> Table:
    table = Table(Column(no_wrap=True), "Wanted", "Found", "")
    for line in lines:
        table.add_row(
            line.what, line.wanted, line.found, "" if line.holds else "[red]does not hold"
        )
    return table
