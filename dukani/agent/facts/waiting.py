"""Defines facts about a sold-out piece that she waits for."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact


class StockWaited(Fact):
    """She will hear when it is there again; `may_write` False: if she agrees to messages."""

    kind: Literal["stock_waited"] = "stock_waited"
    name: str
    colour: str | None = None
    size: str | None = None
    may_write: bool = True


class MayWait(Fact):
    """How she hears of it when it is there again."""

    kind: Literal["may_wait"] = "may_wait"


class WaitForWhat(Fact):
    """Asks which piece she waits for."""

    kind: Literal["wait_for_what"] = "wait_for_what"
