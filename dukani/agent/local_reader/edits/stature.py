"""Resolves "the bigger child's", "the small one" and "wa kati" to the line in that size."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.some_of_value import some_of_value
from dukani.agent.local_reader.edits.words import JOINERS
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.sizes import sizes_for_age
from dukani.domain.steps import CHOOSING

BIG = word_set("edits", "big_one")
SMALL = word_set("edits", "small_one")
ALSO = frozenset(("also", "pia", "plus"))
MIDDLE = {("middle", who) for who in ("one", "child", "boy", "girl")}
VALUES = ("colour", "size", "age")


def of_the_bigger_or_smaller(clause: Message) -> list[a.Act]:
    """A Set of the line in the largest or smallest size, of a piece ordered in several sizes."""
    if some := some_of_value(clause):
        return some  # "my small sister wants black, so one of the 38 in black"
    if (at := _second_child(clause)) is not None:
        both = [_of_one(clause.clause(0, at)), _of_one(clause.clause(at, len(clause.tokens)))]
        return [act for acts in both for act in acts] if all(both) else []
    return _of_one(clause)


def _second_child(clause: Message) -> int | None:
    """Where what is said of the other child begins: "mkubwa white 6-7 na mdogo pink"."""
    big = [at for at, token in enumerate(clause.tokens) if token.text in BIG]
    small = [at for at, token in enumerate(clause.tokens) if token.text in SMALL]
    if len(big) != 1 or len(small) != 1 or len(clause.context.cart) < 2:
        return None
    first, second = sorted((*big, *small))
    joints = range(second, first, -1)
    return next((at for at in joints if _begins(clause, at)), None)


def _begins(clause: Message, at: int) -> bool:
    return clause.tokens[at].text in JOINERS or bool(clause.tokens[at - 1].pause)


def _of_one(clause: Message) -> list[a.Act]:
    big, small, middle = clause.says_any(BIG), clause.says_any(SMALL), _says_middle(clause)
    cart = clause.context.cart
    if clause.tagged("~remove", "~add") or clause.tokens[0].text in ALSO:
        return []  # "toa ya yule mdogo wa 5", "add a red one for the smallest"
    if big + small + middle != 1 or clause.asks or clause.context.step in CHOOSING:
        return []
    if any(not clause.only([head]).lines_said() for head in clause.slots.finds if _is_head(head)):
        return []  # "add pink sandals for the little one": no line is a sandal
    sizes = _sizes_of_one_piece(cart)
    if not sizes or (middle and len(sizes) != 3):
        return []
    ages = [int(find.value) for find in clause.slots.wanted("age")]
    if ages and not any(sizes_for_age(age, sizes) for age in ages):
        return []  # another child: "pia kuna mdogo wao wa miaka 4"
    named = [find.value for find in clause.slots.finds if find.slot == "size"]
    if len(named) > 1 and named[0] in sizes:
        return []  # "ya 4-5Y iwe 2-3Y, ni mdogo wa mwili" names its line
    to_be = [find for find in clause.slots.finds if _is_new_value(find, sizes)]
    told = [find for find in clause.slots.finds if find.slot in VALUES and not find.denied]
    if not to_be or len(to_be) < len(told) - 1:
        return []
    which = sorted(sizes, key=_number)[-1 if big else 1 if middle else 0]
    said = {find.slot: find.value for find in reversed(to_be)}
    return [a.Set(target=a.Target(size=which), values=a.Values(**said), change=True)]


def _says_middle(clause: Message) -> bool:
    """Whether the second of three children is spoken of: "huyu wa kati", "the middle one"."""
    pairs = itertools.pairwise(token.text for token in clause.tokens)
    of_three = {("wa", "kati"), *MIDDLE}
    return any(pair in of_three for pair in pairs)


def line_of_stature(clause: Message) -> Line | None:
    """The line in the largest or smallest size, of one piece ordered in several: "the smaller"."""
    big, small = clause.says_any(BIG | {"kubwa"}), clause.says_any(SMALL | {"ndogo"})
    if big == small or any(not _is_stature(find) for find in clause.slots.finds):
        return None
    kinds = [find for find in clause.slots.finds if _is_head(find)]
    lines = clause.only(kinds).lines_said()
    sizes = _sizes_of_one_piece(lines)
    which = sorted(sizes, key=_number)[-1 if big else 0] if sizes else None
    return next((line for line in lines if line.size == which), None)


def _is_stature(find: Find) -> bool:
    """Whether the find is of the words themselves: the L of "kubwa", "one", or the kind."""
    if find.slot == "quantity" and find.value == 1:
        return True
    worded = find.slot == "size" and not str(find.value)[:1].isdigit()
    return worded or find.slot in ("name", "category")


def _sizes_of_one_piece(cart: Sequence[Line]) -> list[str]:
    """The sizes in numbers, where all lines in such are of one piece and in several sizes."""
    sizes = list(dict.fromkeys(line.size for line in cart if line.size[:1].isdigit()))
    pieces = {line.product_id for line in cart if line.size in sizes}
    return sizes if len(pieces) == 1 and len(sizes) > 1 else []


def _is_head(find: Find) -> bool:
    return find.slot in ("name", "category") and not find.denied


def _is_new_value(find: Find, sizes: list[str]) -> bool:
    """Whether the find is a new value; the S of "the small one" is none beside sizes by age."""
    worded = find.slot == "size" and not str(find.value)[:1].isdigit() and sizes[0][0].isdigit()
    return find.slot in VALUES and not find.denied and not worded


def _number(size: str) -> float:
    digits = size.partition("-")[0].rstrip("YyMm")
    return float(digits) if digits.replace(".", "", 1).isdigit() else 0.0
