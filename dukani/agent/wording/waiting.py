"""Writes the replies about a sold-out piece that she waits for."""

from __future__ import annotations

from dukani.agent.facts import MayWait, StockWaited, Voice, WaitForWhat
from dukani.agent.wording.markup import join
from dukani.agent.wording.pieces import piece
from dukani.agent.wording.registry import words


@words(StockWaited, "en")
def stock_waited_en(fact: StockWaited, _voice: Voice) -> str:
    named = piece(fact.name, fact.colour, fact.size, "en")
    if fact.may_write:
        return f"I'll write to you as soon as {named} is back."
    return join(
        f"I've put you down for {named}.",
        "So that I may write to you first when it is back, reply *start promotions*.",
    )


@words(StockWaited, "sw")
def stock_waited_sw(fact: StockWaited, _voice: Voice) -> str:
    named = piece(fact.name, fact.colour, fact.size, "sw")
    if fact.may_write:
        return f"Nitakuandikia mara tu {named} itakaporudi."
    return join(
        f"Nimekuandika kwa {named}.",
        "Ili niruhusiwe kukuandikia itakaporudi, jibu *anza matangazo*.",
    )


@words(MayWait, "en")
def may_wait_en(_fact: MayWait, _voice: Voice) -> str:
    return "To hear of it, write *tell me when it's back*."


@words(MayWait, "sw")
def may_wait_sw(_fact: MayWait, _voice: Voice) -> str:
    return "Ukitaka kujua itakaporudi, andika *nijulishe ikirudi*."


@words(WaitForWhat, "en")
def wait_for_what_en(_fact: WaitForWhat, _voice: Voice) -> str:
    return "Which piece are you waiting for? Tell me its name, and the size you'd like."


@words(WaitForWhat, "sw")
def wait_for_what_sw(_fact: WaitForWhat, _voice: Voice) -> str:
    return "Unasubiri bidhaa ipi? Niambie jina lake na saizi unayotaka."
