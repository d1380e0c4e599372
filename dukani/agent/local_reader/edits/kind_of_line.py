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
    if isinstance(act, OF_A_LINE) and (word := _word_of_one_line(clause, act.target)):
        return act.model_copy(update={"target": act.target.model_copy(update={"name": word})})
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


def _word_of_one_line(clause: Message, told: a.Target) -> str | None:
    """The word said of a kind, where only one of its lines is called so: jeans among trousers."""
    lines = [line for line in clause.context.cart if line.category == told.category]
    bare = told.scope == "one" and not (told.name or told.colour or told.size or told.line)
    if len({line.product_id for line in lines}) < 2 or not bare:
        return None
    finds = [find for find in clause.slots.finds if find.slot == "category"]
    said = [clause.tokens[f.start].text for f in finds if f.value == told.category]
    called = {line.product_id for line in lines if said and said[0] in words_of(line.name)}
    return said[0] if len(said) == 1 and len(called) == 1 else None


def _only_a_kind(target: a.Target) -> bool:
    """Whether the name is one word, and that a kind: sneakers, heels."""
    words = words_of(target.name or "")
    return len(words) == 1 and target.category is not None and kind_of(words[0]) is not None


def _may_be(target: a.Target, line: Line) -> bool:
    """Whether the line is filed so, and its name tells of no other kind."""
    kinds = {kind_of(word) for word in words_of(line.name)} - {None, kind_of(line.category)}
    return line.category == target.category and kinds <= {kind_of(target.name or "")}
