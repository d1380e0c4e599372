"""Reads that the lines of the order are all: "hizo mbili tu", "I'll take those two"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.words import ONLY
from dukani.agent.local_reader.parsing.figures import find_figures
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.those_counted import counts_these_lines
from dukani.domain import acts as a
from dukani.domain.steps import SHOWN_A_TOTAL

TAKING = ("~want", "~take", "~buy")


def those_alone(clause: Message) -> list[a.Act]:
    """A Checkout where the order's own lines are counted, and nothing else is said of pieces.

    A total that is shown needs a plainer yes.
    """
    if clause.slots.finds or clause.asks or clause.context.step in SHOWN_A_TOTAL:
        return []
    figures = find_figures(clause.tokens)
    if not any(counts_these_lines(clause.tokens, one, clause.context) for one in figures):
        return []
    return [a.Checkout()] if clause.says_any(ONLY) or clause.tagged(*TAKING) else []
