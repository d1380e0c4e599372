"""Reads orders of every colour or size: "kila rangi moja", "one of each colour".

Where as many are ordered already, they are given out: two belts, "belts one of each colour".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.besides import pieces_said
from dukani.agent.local_reader.edits.pieces import name_said, whole
from dukani.agent.local_reader.edits.words import ANOTHER, BOTH, SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.naming import spells
from dukani.domain.pieces import Option, SoldPiece

EVERY = word_set("edits", "every")
KINDS: dict[Literal["colour", "size"], frozenset[str]] = {
    "colour": word_set("edits", "colour_words"),
    "size": word_set("edits", "size_words"),
}
HEADS = ("name", "category")
ALL = frozenset(("all", "zote", "yote"))
OF = ("of", "ya", "za")
OWN = word_set("edits", "own")
DIFFERENT = frozenset(("different", "tofauti", "mbalimbali"))
PLAIN = ("rangi moja",)
MOST = 6
TWO = 2
NEAR = 3


def each_kind(clause: Message) -> list[a.Act]:
    """An Add for each colour or size of the piece meant."""
    if not clause.says_any(EVERY | BOTH):
        return []
    if own := _own_sizes(clause):
        return own
    clause = _of_every_colour(clause)
    slot = _slot_said(clause)
    piece = _piece_meant(clause) if slot and not clause.asks else None
    if slot is None or piece is None or clause.tagged("~remove", "~change", "~show"):
        return []
    heads = [find for find in clause.slots.finds if find.slot in HEADS]
    if heads and clause.only(heads).lines_said() and clause.says_any(SET_TO):
        return []  # "size zote ni sawa, rangi ya belt iwe black"
    kinds = piece.colours if slot == "colour" else piece.sizes
    both = clause.says_any(BOTH)
    if not 1 < len(kinds) <= MOST or (both and len(kinds) != TWO):
        return []
    count = _count(clause)
    if clause.says_any(DIFFERENT) and count > 1:
        if count != len(kinds):
            return []  # "two in different colours": which of the three?
        count = 1
    if clause.says_any(ALL | OWN) and count == len(kinds):
        count = 1  # "tatu rangi zote", "tatu, kila moja rangi yake"; not "three of each"
    said = a.Values(**_others(clause, slot), quantity=count)
    if parted := _parted_line(clause, slot, kinds, said):
        return [parted]
    told = _target(clause)
    return [a.Add(target=told, values=said.model_copy(update={slot: kind})) for kind in kinds]


def _parted_line(
    clause: Message, slot: Literal["colour", "size"], kinds: Sequence[str], said: a.Values
) -> a.Split | None:
    """The line's units given out where it has as many: "belts one of each colour" of two belts."""
    heads = [find for find in clause.slots.finds if find.slot in HEADS]
    lines = clause.only(heads).lines_said() if heads else []
    if len(lines) != 1 or lines[0].quantity != len(kinds) * (said.quantity or 1):
        return None
    line = lines[0]
    present = getattr(line, slot)
    if present not in kinds or clause.tagged("~add") or clause.says_any(ANOTHER):
        return None
    parts = tuple(said.model_copy(update={slot: one}) for one in kinds if one != present)
    return a.Split(target=a.Target(line=line.number), parts=parts)


def _slot_said(clause: Message) -> Literal["colour", "size"] | None:
    """The slot said near "each": colour or size; "each" alone answers a question for a colour."""
    for at, token in enumerate(clause.tokens):
        if token.text not in EVERY | BOTH:
            continue
        near = clause.tokens[max(0, at - NEAR + 1) : at + NEAR]
        words = {word for one in near for word in one.text.split()}
        for slot, names in KINDS.items():
            if words & names and not clause.slots.wanted(slot):
                return slot
        return "colour" if _ends_of_each(clause, at) and _asks_colour(clause) else None
    return None


def _own_sizes(clause: Message) -> list[a.Act]:
    """An Add without a size for "each in their own size": the ages asked for decide."""
    told = clause.slots.wanted("size") or clause.tagged("~remove", "~change", "~show")
    if clause.asks or told or not _in_own_size(clause) or _piece_meant(clause) is None:
        return []
    return [a.Add(target=_target(clause), values=a.Values(**_others(clause, "size")))]


def _in_own_size(clause: Message) -> bool:
    """Whether each wearer's own size is meant, not every size: "kila mmoja saizi yake"."""
    for at, token in enumerate(clause.tokens):
        if token.text not in KINDS["size"]:
            continue
        near = (*clause.tokens[max(0, at - 2) : at], *clause.tokens[at + 1 : at + 2])
        if any(one.text in OWN for one in near):
            return True
    return False


def _ends_of_each(clause: Message, at: int) -> bool:
    """Whether "each" ends "one of each"; "one each" counts wearers instead."""
    ends = at + 1 == len(clause.tokens)
    return ends and at > 0 and clause.tokens[at - 1].text in OF


def _of_every_colour(clause: Message) -> Message:
    """The clause with "kila rangi moja" read as "every colour", not as "rangi moja" (plain)."""
    if not clause.says(*PLAIN):
        return clause
    tokens = [
        replace(token, text=token.text.split()[0], tags=frozenset(), entry=None)
        if at and clause.tokens[at - 1].text in EVERY and token.text in PLAIN
        else token
        for at, token in enumerate(clause.tokens)
    ]
    return replace(clause, tokens=tuple(tokens)).clause(0, len(tokens))


def _asks_colour(clause: Message) -> bool:
    """Whether "one of each" can mean colours: one was asked for, or one piece is in view."""
    context = clause.context
    return context.question == "colour" or (len(context.options) < 2 and context.question != "size")


def _piece_meant(clause: Message) -> Option | SoldPiece | None:
    """The piece in focus, the named one of those shown, or the only one sold of its kind."""
    context = clause.context
    if len({str(find.value) for find in clause.slots.wanted("category")}) > 1:
        return None  # "a kanzu, an abaya and a scarf, one of each"
    in_hand = context.focus or (context.options[0] if len(context.options) == 1 else None)
    if not any(clause.slots.wanted(slot) for slot in HEADS):
        return in_hand
    shown = [option for option in context.options if _is_called(clause, option)]
    if len(shown) == 1:
        return shown[0]
    sold = pieces_said(clause)
    return sold[0] if len(sold) == 1 else None


def _is_called(clause: Message, option: Option) -> bool:
    kinds = {find.value for find in clause.slots.wanted("category")}
    name = name_said(clause, whole(clause)) or ""
    called = not name or spells(name, option.name)
    return called and (not kinds or option.category in kinds)


def _target(clause: Message) -> a.Target:
    told = clause.slots.values(*HEADS)
    if name := name_said(clause, whole(clause)):
        told["name"] = name
    return a.Target(**told)


def _others(clause: Message, slot: str) -> dict[str, object]:
    """The value of the other slot, said for all: the L of "L, kila rangi moja"."""
    other = "size" if slot == "colour" else "colour"
    return clause.slots.values(other)


def _count(clause: Message) -> int:
    """So many of each: the count nearest before "each", of "tatu, moja ya kila rangi" the one."""
    every = next(at for at, token in enumerate(clause.tokens) if token.text in EVERY | BOTH)
    counted = clause.slots.wanted("quantity")
    before = [find for find in counted if find.start < every]
    nearest = max(before, key=lambda find: find.start, default=counted[0] if counted else None)
    return int(str(nearest.value)) if nearest else 1
