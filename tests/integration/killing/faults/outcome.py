"""What a storm has left behind, as the lines of a table. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dukani.core.audit.check import Report
from dukani.core.store.campaign_recipients import Recipient
from tests.integration.killing.tour_lines import Line, line, of_recipients


@dataclass
class Outcome:
    """What was done, and what is found afterwards."""

    seed: int
    injected: Counter[str]
    ended_alone: int
    wanted: int
    buyers: int
    served: int
    orders: dict[str, int]
    customers: int
    recipients: Sequence[Recipient]
    copies: Counter[str]
    paid_twice: dict[str, str]  # phone → what was on it
    under_way: dict[str, int]
    seconds: float
    report: Report

    @property
    def lines(self) -> list[Line]:
        return [
            Line("seed", "", str(self.seed), True),
            Line("seconds in all", "", f"{self.seconds:.0f}", True),
            Line("mishaps", "", f"{self.injected.total():,}", True),
            *(_noted(what, n) for what, n in sorted(self.injected.items())),
            Line("processes that ended by themselves", "", f"{self.ended_alone:,}", True),
            _noted("sales wanted", self.wanted),
            line("sales begun, and served to the end", self.buyers, self.served),
            *(_noted(f"orders {state}", n) for state, n in self.orders.items()),
            *of_recipients(self.recipients, self.copies, customers=self.customers),
            line("buyers from whom M-Pesa took money twice", 0, len(self.paid_twice)),
            line("still under way at the end", 0, sum(self.under_way.values())),
            line("findings of the audit", 0, len(self.report.findings)),
            line("checks without an answer", 0, len(self.report.unanswered)),
        ]  # fmt: skip


def _noted(what: str, n: int) -> Line:
    return Line(f"  {what}", "", f"{n:,}", True)
