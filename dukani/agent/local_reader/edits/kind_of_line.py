"""Takes a kind in the name of another piece for a line of that kind: the sneakers of the order.

"Remove the sneakers" means the only shoes of the order, a pair of All Stars, also where the shop
sells a "Samba Sneakers": the word is a kind before it is a part of that piece's name.
"""

from __future__ import annotations

from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.tokens import words_of
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.naming import names
from dukani.domain.pieces import Line

OF_A_LINE = (a.Remove, a.Set, a.ChangeQuantity, a.Split, a.Substitute)


def as_kind_of_line(clause: Message, act: a.Act) -> a.Act:
    """The act, its target without the name where that is only the kind of one ordered piece."""
    if not isinstance(act, OF_A_LINE) or not _only_a_kind(act.target):
        return act
    said = act.target.name or ""
    known = {one.name for one in clause.in_view} | {line.name for line in clause.context.cart}
    if any(names(said, name) for name in known):
        return act
    lines = [line for line in clause.context.cart if _may_be(act.target, line)]
    if len({line.product_id for line in lines}) != 1:
        return act
    return act.model_copy(update={"target": act.target.model_copy(update={"name": None})})


def _only_a_kind(target: a.Target) -> bool:
    """Whether the name is one word, and that a kind: sneakers, heels."""
    words = words_of(target.name or "")
    return len(words) == 1 and target.category is not None and kind_of(words[0]) is not None


def _may_be(target: a.Target, line: Line) -> bool:
    """Whether the line is filed so, and its name tells of no other kind."""
    kinds = {kind_of(word) for word in words_of(line.name)} - {None, kind_of(line.category)}
    return line.category == target.category and kinds <= {kind_of(target.name or "")}
