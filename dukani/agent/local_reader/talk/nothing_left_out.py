"""Shows the order first where a payment is asked for beside a piece that no edit took.

"Tuma tena bila vans" must not send the old sum: whatever is said of the vans, it was not read.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dukani.agent.local_reader.edits.words import SET_TO
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.steps import PAYING

PAYS = (a.PayAgain, a.Checkout, a.Confirm)


def shown_first(message: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """ViewOrder instead of a bare payment; the acts as they are where nothing else was said."""
    bare = bool(acts) and all(isinstance(act, PAYS) for act in acts)
    if bare and message.context.step in PAYING and message.context.cart and _says_more(message):
        return [a.ViewOrder()]
    return list(acts)


def _says_more(message: Message) -> bool:
    """Whether a piece is refused, or some of the order is named, or another count."""
    finds, lines = message.slots.finds, message.context.cart
    pieces = [find for find in finds if find.slot in ("name", "category")]
    if any(find.denied for find in pieces) or _sets_so_many_times(message):
        return True
    named = message.only(pieces).lines_said() if pieces else list(lines)
    if len(named) != len(lines):
        return True
    counts = [
        int(str(find.value))
        for find in finds
        if find.slot == "quantity" and not _is_a_time(message, find)
    ]
    return bool(counts) and sum(counts) != sum(line.quantity for line in lines)


def _sets_so_many_times(message: Message) -> bool:
    """Whether a count is to be multiplied: "iwe mara mbili alafu tuma tena"."""
    texts = [token.text for token in message.tokens]
    return any(before in SET_TO and word == "mara" for before, word in itertools.pairwise(texts))


def _is_a_time(message: Message, find: Find) -> bool:
    """Whether "one" counts no piece: "send another one", "one more time", "mara moja tena"."""
    before = [token.text for token in message.tokens[: find.start]][-1:]
    behind = [token.text for token in message.tokens[find.end : find.end + 2]]
    once = before == ["mara"] and str(find.value) == "1"
    return once or before == ["another"] or behind == ["more", "time"]
