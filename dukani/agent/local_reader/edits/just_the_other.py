"""Reads what goes and what alone stays: "I don't need the handbag anymore just the shoes".

"Just" belongs to the piece beside it, with or without a comma before; what is refused goes.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.local_reader.edits.group import Group
from dukani.agent.local_reader.edits.lines_called import lines_called
from dukani.agent.local_reader.edits.ops import op_at
from dukani.agent.local_reader.edits.pieces import target
from dukani.agent.local_reader.edits.words import ALL, ONLY, OTHER
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

HEADS = ("name", "category")
REFUSED = ("~!want", "~!take", "~!like")
POINTING = frozenset(("the", "my", "that", "those", "hizo", "hiyo", "ile", "zile", "hivyo", "na"))
DENIED = frozenset(("not", "sio", "si", "siyo", "dont"))
OTHERS = OTHER | ALL | {"others", "rest", "else", "anything", "zingine", "vingine", "mengine"}
NO_MORE = {
    ("dont", "need"), ("dont", "want"), ("doesnt", "need"), ("doesnt", "want"), ("wont", "need"),
    ("no", "longer"), ("isnt", "needed"), ("arent", "needed"), ("not", "needed"),
}  # fmt: skip


def just_the_other(message: Message) -> list[a.Act]:
    """The Removes of what is refused beside what alone stays; else nothing."""
    if not message.context.cart or message.asks or not message.says_any(ONLY):
        return []
    finds = [replace(find, denied=False) for find in message.slots.finds]
    if any(find.slot not in HEADS for find in finds) or not _refuses(message):
        return []
    alone = {find.start for find in finds if stands_alone(message, find)}
    kept = [find for find in finds if find.start in alone]
    gone = [find for find in finds if find.start not in alone]
    if not gone and kept and not message.says_any(OTHERS):
        return _only_so(message, kept)
    return _removed(message, kept, gone) if kept and gone else []


def _only_so(message: Message, kept: Sequence[Find]) -> list[a.Act]:
    """Nothing, where no piece is refused: "I don't need the box, just the shoes"."""
    lines = lines_called(message.only(kept))
    if not lines:
        return []
    return [a.Remark()] if len(lines) == len(message.context.cart) else [a.Unclear()]


def _removed(message: Message, kept: Sequence[Find], gone: Sequence[Find]) -> list[a.Act]:
    stay, go = (lines_called(message.only(finds)) for finds in (kept, gone))
    if not stay or not go or any(line in stay for line in go):
        return []
    named = [[f for f in gone if f.start == at] for at in dict.fromkeys(f.start for f in gone)]
    groups = [Group(tuple(finds), finds[0].start, finds[-1].end) for finds in named]
    told = [target(message.only(group.finds), group, HEADS) for group in groups]
    plain = [one.model_copy(update={"scope": "one", "pointed": None}) for one in told]
    return [a.Remove(target=one) for one in plain]  # which of several dresses, is asked


def _refuses(message: Message) -> bool:
    """Whether a piece is not wanted any more, and nothing is put in or changed."""
    ops = {op_at(message, at) for at in range(len(message.tokens))}
    if ops & {"add", "set", "fewer"}:
        return False
    pairs = itertools.pairwise(token.text for token in message.tokens)
    return message.tagged(*REFUSED) or any(pair in NO_MORE for pair in pairs)


def stands_alone(message: Message, find: Find) -> bool:
    """Whether "just", "tu" is of this piece; "not just the shoes" is of more."""
    tokens, at = message.tokens, find.start - 1
    while at >= 0 and tokens[at].text in POINTING and not tokens[at].pause:
        at -= 1
    if at >= 0 and tokens[at].text in ONLY and not tokens[at].pause:
        return not (at and tokens[at - 1].text in DENIED and not tokens[at - 1].pause)
    parted = tokens[find.end - 1].pause or _leads_on(message, find.end)
    behind = tokens[find.end].text if find.end < len(tokens) and not parted else ""
    ahead = tokens[at].text if at >= 0 else ""
    return behind in ONLY and ahead not in DENIED


def _leads_on(message: Message, at: int) -> bool:
    """Whether the "just" that stands here is of the piece behind it: "the bag just the shoes"."""
    behind = at + 1
    while behind < len(message.tokens) and message.tokens[behind].text in POINTING:
        behind += 1
    return any(find.start == behind and find.slot in HEADS for find in message.slots.finds)
