"""Reads which of several lines of a kind stays alone: "mkoba moja tu, wa dhahabu. mwingine toa".

So too "pair moja inatosha, baki na nude" and "scarf bakisha moja ya kijani". The lines of
other kinds stay.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

from dukani.agent.local_reader.edits.lines_called import lines_called
from dukani.agent.local_reader.edits.only_left import others_go
from dukani.agent.local_reader.edits.ops import commands_in
from dukani.agent.local_reader.edits.others_stay import LEAVING
from dukani.agent.local_reader.edits.words import ANOTHER, JOINERS, KEEP, ONLY, OTHER, SET_TO
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.steps import CHOOSING

HEADS = ("name", "category")
VALUES = ("colour", "size")
ENOUGH = frozenset(("inatosha", "yatosha", "inanitosha", "latosha", "linatosha", "enough"))
TAKES = ("~take", "~want", "~buy")
OTHERS = ("~put", "~show", "~pay", "~add", "~change")


def one_of_the_kind(message: Message) -> list[a.Act]:
    """A Remove of each other line of the kind; nothing where more than one may stay."""
    message = _behind_a_question(message)
    if len(message.context.cart) < 2 or message.asks or message.context.step in CHOOSING:
        return []
    going = _other_goes(message)
    if going is None and not _one_is_enough(message) and not _keeps_one(message):
        return []
    finds = [find for find in message.slots.finds if not going or not _within(find, going)]
    counts = [find.value for find in finds if find.slot == "quantity"]
    kept, kin = _kept_and_kin(message, [find for find in finds if find.slot != "quantity"])
    if kept is None or (counts and (counts != [1] or kept.quantity != 1)):
        return []
    gone = [line for line in kin if line != kept]
    return [a.Remove(target=a.Target(line=line.number)) for line in gone]


def _behind_a_question(message: Message) -> Message:
    """The message behind a question that names no piece: "why so much? keep one hat, the red"."""
    ends = [at + 1 for at, token in enumerate(message.tokens) if token.asked]
    if not ends or ends[-1] == len(message.tokens):
        return message
    told = any(find.start < ends[-1] for find in message.slots.finds)
    return message if told else message.clause(ends[-1], len(message.tokens))


def _within(find: Find, span: tuple[int, int]) -> bool:
    return span[0] <= find.start < span[1]


def _other_goes(message: Message) -> tuple[int, int] | None:
    """The stretch that says that the other one goes, beside words for the one that is taken."""
    span = others_go(message)
    if span is None or not any(token.text in OTHER for token in message.tokens[slice(*span)]):
        return None
    taken = message.tagged(*TAKES) or message.says_any(ONLY | KEEP | LEAVING | ENOUGH)
    told = taken or message.slots.wanted("quantity")
    return span if told and not commands_in(message) - {"remove", "keep"} else None


def _one_is_enough(message: Message) -> bool:
    """Whether one is enough and a word says which is kept: "one is enough, stay with the nude"."""
    if not message.says_any(ENOUGH) or not message.says_any(KEEP | LEAVING):
        return False
    if message.tagged(*OTHERS, "~remove", "@person") or message.says_any(SET_TO | ANOTHER):
        return False
    count = next((find for find in message.slots.finds if find.slot == "quantity"), None)
    enough = next(i for i, token in enumerate(message.tokens) if token.text in ENOUGH)
    return count is not None and count.value == 1 and count.end <= enough <= count.end + 2


def _keeps_one(message: Message) -> bool:
    """Whether one of a kind is kept and then told apart: "scarf bakisha moja ya kijani"."""
    keeps = next((at for at, token in enumerate(message.tokens) if token.text in KEEP), None)
    counts = [find for find in message.slots.finds if find.slot == "quantity"]
    if keeps is None or len(counts) != 1 or counts[0].value != 1 or counts[0].start < keeps:
        return False
    values = [find for find in message.slots.finds if find.slot in VALUES]
    named = any(find.slot in HEADS for find in message.slots.finds)
    told = bool(values) and all(find.start > counts[0].start for find in values)
    return named and told and commands_in(message) <= {"keep"}


def _kept_and_kin(message: Message, finds: list[Find]) -> tuple[Line | None, list[Line]]:
    """The one line that the words tell, and all lines of its kind."""
    finds = [replace(find, denied=False) for find in finds]
    heads = [find for find in finds if find.slot in HEADS]
    values = [find for find in finds if find.slot in VALUES]
    if len(heads) + len(values) != len(finds) or not finds or _joined(message, heads):
        return None, []
    of_kind = lines_called(message.only(heads)) if heads else [*message.context.cart]
    kept = [line for line in of_kind if all(getattr(line, f.slot) == f.value for f in values)]
    if len(kept) != 1:
        return None, []
    if heads and values:
        return kept[0], of_kind
    same = [line for line in message.context.cart if line.product_id == kept[0].product_id]
    alike = [line for line in message.context.cart if line.category == kept[0].category]
    return kept[0], same if len(same) > 1 else alike


def _joined(message: Message, heads: list[Find]) -> bool:
    """Whether several pieces are named: "acha tu viatu na mkoba wa brown"."""
    return any(
        token.text in JOINERS
        for one, other in itertools.pairwise(heads)
        for token in message.tokens[one.end : other.start]
    )
