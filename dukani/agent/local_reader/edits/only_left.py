"""Reads what alone is left where the others are told to go: "acha tu heels, zingine toa".

"Acha heels" by itself lets them go; that the others go says that they are to stay. So too of what
alone is wanted: "nataka abaya tu, vingine vyote futa".
"""

from __future__ import annotations

from dataclasses import replace

from dukani.agent.local_reader.edits.lines_called import lines_called
from dukani.agent.local_reader.edits.ops import commands_in
from dukani.agent.local_reader.edits.others_stay import GOING, LEAVING, NEAR, REST, is_denied
from dukani.agent.local_reader.edits.words import JOINERS, KEEP, ONLY
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line

NAMING = ("name", "category", "colour", "size")


def only_left(message: Message) -> list[a.Act]:
    """The Removes of all lines but those that are left; else nothing."""
    cart = message.context.cart
    if len(cart) < 2 or message.asks or not message.says_any(ONLY) or message.says_any(KEEP):
        return []
    leaves = next((i for i, t in enumerate(message.tokens) if t.text in LEAVING), None)
    span = others_go(message)
    if span is None:
        return []
    if not (_wants_only(message, span) if leaves is None else _outside(leaves, span)):
        return []
    kept = _called(message, span)
    gone = [line for line in cart if line not in kept]
    if not kept or not gone:
        return []
    return [a.Remove(target=a.Target(line=line.number)) for line in gone]


def _outside(at: int, span: tuple[int, int]) -> bool:
    return not span[0] <= at < span[1]


def _wants_only(message: Message, span: tuple[int, int]) -> bool:
    """Whether "only" is said of what is wanted, and nothing is commanded but that the others go."""
    only = [at for at, token in enumerate(message.tokens) if token.text in ONLY]
    counted = message.tagged("@number")  # how many of them stay: kept_so_many.py
    return (
        not counted
        and all(_outside(at, span) for at in only)
        and commands_in(message) <= {"remove"}
    )


def others_go(message: Message) -> tuple[int, int] | None:
    """The stretch that says that the others go: "zingine toa", "remove the rest".

    None where they do not ("zingine usitoe") or are others of a kind: "remove the other sneaker".
    """
    tokens = message.tokens
    rest = next((i for i, token in enumerate(tokens) if token.text in REST | {"else"}), None)
    if rest is None:
        return None
    goes = [i for i, token in enumerate(tokens) if not token.tags.isdisjoint(GOING)]
    near = [i for i in goes if abs(i - rest) <= NEAR]
    if len(goes) != 1 or not near or is_denied(tokens, near[0]):
        return None
    start, end = sorted((rest, near[0]))
    named = any(start <= find.start <= end + 1 for find in message.slots.finds if _names(find.slot))
    return None if named or any(t.pause for t in tokens[start:end]) else (start, end + 1)


def _names(slot: str) -> bool:
    return slot in NAMING


def _called(message: Message, span: tuple[int, int]) -> list[Line]:
    """The lines called outside of the stretch, each part between joining words by itself."""
    tokens = message.tokens
    finds = [replace(find, denied=False) for find in message.slots.finds]
    finds = [find for find in finds if not span[0] <= find.start < span[1]]
    if any(not _names(find.slot) for find in finds):
        return []
    joints = [i for i, t in enumerate(tokens) if t.text in JOINERS or (i and tokens[i - 1].pause)]
    parts = [
        [find for find in finds if start <= find.start < end]
        for start, end in zip([0, *joints], [*joints, len(tokens)], strict=True)
    ]
    called = [lines_called(message.only(part)) for part in parts if part]
    if not called or not all(called):
        return []
    return [line for lines in called for line in lines]
