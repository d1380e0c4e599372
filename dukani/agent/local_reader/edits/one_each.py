"""Reads that one of each piece shown is taken: "one of each, size M", "moja moja kila mtu"."""

from __future__ import annotations

import itertools

from dukani.agent.local_reader.edits.pieces import target, whole
from dukani.agent.local_reader.edits.words import ALL, BOTH, EACH
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import something_shown
from dukani.domain import acts as a

KIND = ("name", "category")
APART = ("colour", "size", "age")
OF_EACH = frozenset(("of", "ya", "za", "one", "two", "moja", "mbili"))


def one_each(clause: Message) -> a.Add | None:
    """The Add of "all three, one each", "zote tatu moja kila mmoja", "moja moja kila mtu"."""
    said = (*clause.slots.wanted("quantity"), *clause.slots.wanted("option"))
    counts = [find for find in said if not _counts_all(clause, find)]
    each = clause.says_any(EACH)
    if clause.asks or not something_shown(clause):
        return None
    if any(clause.slots.wanted(slot) for slot in APART):
        return _one_of_each_shown(clause)
    if not each:
        return None
    every, one = _every_count(clause), int(counts[-1].value) if counts else 1
    options = len(clause.context.options)
    named = any(clause.slots.wanted(slot) for slot in ("name", "category"))
    if options > 1 and not named and every in (None, options):
        scope = "both" if options == 2 else "all"
        return a.Add(target=a.Target(scope=scope), values=a.Values(quantity=one))
    if every is None and counts and counts[0].value != one:
        every = int(counts[0].value)  # "tracksuit tatu, moja kila mmoja"
    told = target(clause, whole(clause), ("name", "category")) if named else a.Target(pointed="it")
    told = told.model_copy(update={"scope": "one", "option": None})
    return a.Add(target=told, values=a.Values(quantity=one * (every or 1)))


def _one_of_each_shown(clause: Message) -> a.Add | None:
    """The Add of every piece shown in the same values: "one of each, size M", "moja moja za L"."""
    context, slots = clause.context, clause.slots
    told = [slots.wanted(slot) for slot in APART]
    if len(context.options) < 2 or context.question in ("colour", "size"):
        return None
    if any(len(finds) > 1 for finds in told) or any(
        slots.wanted(slot) for slot in (*KIND, "option")
    ):
        return None
    if context.cart or clause.tagged("~remove", "~change") or not _says_of_each(clause):
        return None
    counts = [int(str(find.value)) for find in slots.wanted("quantity")]
    said = slots.values(*APART)
    scope = "both" if len(context.options) == 2 else "all"
    return a.Add(
        target=a.Target(scope=scope), values=a.Values(**said, quantity=max(counts, default=1))
    )


def _says_of_each(clause: Message) -> bool:
    """Whether each piece is counted: "one of each", "kila moja", "moja moja", "mbili mbili"."""
    texts = [token.text for token in clause.tokens]
    pairs = list(itertools.pairwise(clause.tokens))
    doubled = any(one.kind == "number" and one.text == two.text for one, two in pairs)
    ended = any(text in EACH and (at and texts[at - 1] in OF_EACH) for at, text in enumerate(texts))
    return doubled or ended or any(f"{one.text} {two.text}" == "kila moja" for one, two in pairs)


def _counts_all(clause: Message, find: Find) -> bool:
    """Whether the number counts "all", as in "all three"."""
    return find.start > 0 and clause.tokens[find.start - 1].text in ALL


def _every_count(clause: Message) -> int | None:
    """The number of pieces meant by "all three" or "both"."""
    if clause.says_any(BOTH):
        return 2
    for before, token in itertools.pairwise(clause.tokens):
        if (before.text in ALL or before.text == "all") and token.kind == "number":
            return int(token.value)
    return None
