"""Reads a new order of a piece bought before: "same bag, same colour", "tote kama ya juzi"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.as_before import SAME, VARIANT
from dukani.agent.local_reader.edits.pieces import target, values, whole
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import something_shown
from dukani.domain import acts as a

HEADS = ("name", "category")
LIKE = frozenset(("kama", "like", "as", "ileile", "zile", "ile", "same"))
LAST_TIME = word_set("as_before", "last_time")


def bought_again(clause: Message) -> list[a.Act]:
    """An Add of the piece of the last order that is named so; the resolver fills its values."""
    context = clause.context
    if not context.has_order or context.cart or something_shown(clause):
        return []
    if clause.asks or clause.has("show", "have", "ask_price", "cheaper"):
        return []
    heads = [find for find in clause.slots.finds if find.slot in HEADS and not find.denied]
    if not heads or not (_as_last_time(clause) or any(_is_same(clause, head) for head in heads)):
        return []
    group = whole(clause)
    return [a.Add(target=target(clause, group, HEADS), values=values(group, VARIANT), another=True)]


def _is_same(clause: Message, head: Find) -> bool:
    """Whether "same" stands with the piece: "the same bag", "bag ile ile"."""
    before = clause.tokens[head.start - 1] if head.start else None
    if before is not None and before.text in SAME and not before.pause:
        return True
    end = max(find.end for find in clause.slots.finds if find.start <= head.end)
    behind = clause.tokens[end : end + 2]
    if not behind or clause.tokens[end - 1].pause:
        return False
    texts = behind[0].text.split()
    doubled = len(behind) == 2 and behind[0].text == behind[1].text and "@this" in behind[0].tags
    return (
        doubled or (len(texts) == 2 and texts[0] == texts[1]) or behind[0].text in SAME - {"sawa"}
    )


def _as_last_time(clause: Message) -> bool:
    """Whether it is to be like last time: "tote kama ya last time"."""
    return clause.says_any(LAST_TIME) and clause.says_any(LIKE)
