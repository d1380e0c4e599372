"""Reads the same quantity for every line: "kila moja iwe mbili", "zibaki moja moja"."""

from __future__ import annotations

import itertools

from dukani.agent.local_reader.edits.besides import says_another
from dukani.agent.local_reader.edits.pieces import OF_THEM
from dukani.agent.local_reader.edits.words import ALL, EACH, KEEP, ONLY, SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.no_counts import ONE
from dukani.domain import acts as a
from dukani.domain.steps import CHOOSING


def count_of_each(clause: Message) -> list[a.Act]:
    """One Set of every line's quantity; nothing where there is one line or a value besides."""
    context = clause.context
    more = clause.tagged("~add") or says_another(clause)  # "one more of each"
    if len(context.cart) < 2 or context.step in CHOOSING or more:
        return []
    finds = [find for find in clause.slots.finds if not find.denied]
    if any(find.slot != "quantity" for find in finds):
        return []
    count = int(str(finds[-1].value)) if finds else 1
    each = bool(finds) and clause.says_any(EACH) and clause.says_any(OF_THEM)
    twice = len(finds) == 2 and finds[0].value == finds[1].value and finds[0].end == finds[1].start
    twice = twice and not clause.says_any(ALL)  # "fanya mbili mbili"
    if not (each or twice or (not finds and _one_of_each(clause))):
        return []
    return [a.Set(target=a.Target(scope="all"), values=a.Values(quantity=count), change=True)]


def _one_of_each(clause: Message) -> bool:
    """Whether each is to be one, as "moja moja" says, which counts no piece by itself.

    "Punguza moja moja" takes one off, and is none.
    """
    texts = [token.text for token in clause.tokens]
    doubled = any(one == two and one in ONE for one, two in itertools.pairwise(texts))
    return doubled and not clause.asks and clause.says_any(SET_TO | KEEP | ONLY)
