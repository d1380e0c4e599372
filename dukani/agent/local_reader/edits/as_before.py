"""Resolves "same size" and "size hiyo hiyo" (anaphora) to the value said last.

That is the value last said of the piece in focus, else the value of a line of the order.
"""

from __future__ import annotations

import itertools

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.groups import Group
from dukani.agent.local_reader.edits.pieces import values
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line

SAME = word_set("as_before", "same")
AGAIN = frozenset(("again", "tena", "another"))
SAME_SLOTS = {
    "size": word_set("as_before", "sizes"),
    "colour": word_set("as_before", "colours"),
}
VARIANT = ("size", "colour", "quantity", "age")


def as_before(clause: Message, group: Group) -> a.Values:
    """The values said of the piece, with "same size" or "same colour" filled in."""
    said = values(group, VARIANT)
    if not says_same(clause):
        return said
    asked = [slot for slot, words in SAME_SLOTS.items() if clause.says_any(words)]
    spoken = {slot: _spoken(clause, group, slot) for slot in asked if getattr(said, slot) is None}
    if said.age is not None:
        spoken.pop("size", None)
    return said.model_copy(update={slot: value for slot, value in spoken.items() if value})


def says_same(clause: Message) -> bool:
    """Whether "same" is said: "same", "sawa", or a demonstrative twice ("ile ile", "huo huo")."""
    doubled = any(
        one.text == other.text and "@this" in one.tags and not one.pause
        for one, other in itertools.pairwise(clause.tokens)
    )
    return (
        clause.says_any(SAME)
        or doubled
        or any(" " in t.text and _is_doubled(t.text) for t in clause.tokens)
    )


def same_value(clause: Message) -> bool:
    """Whether only a value is to be the same: "the same size", "saizi hiyo hiyo"."""
    slots = SAME_SLOTS["size"] | SAME_SLOTS["colour"]
    return says_same(clause) and any(
        (one.text in SAME and other.text in slots) or (one.text in slots and "@this" in other.tags)
        for one, other in itertools.pairwise(clause.tokens)
    )


def size_as_before(clause: Message, group: Group) -> str | None:
    """The size meant by "same size", where a piece of the kind asked for comes in it."""
    size = as_before(clause, group).size if same_value(clause) else None
    kinds = [find for find in group.finds if find.slot in ("category", "name")]
    if size is None or not kinds:
        return None
    filed = {str(find.value) for find in kinds if find.slot == "category"}
    sold = clause.context.sold.pieces
    return size if any(size in x.sizes for x in sold if not filed or x.category in filed) else None


def as_the_line_that_goes(clause: Message, act: a.Act) -> a.Act:
    """A swap with the size or colour to be the same as the old line's: "… rangi ileile"."""
    if not isinstance(act, a.Substitute) or not says_same(clause):
        return act
    lines = [line for line in clause.context.cart if _is_named(line, act.target)]
    if act.target.says_nothing or act.target.pointed is not None:
        lines = [line for line in (_line_before(clause),) if line is not None]
    if len(lines) != 1:
        return act
    asked = [slot for slot, words in SAME_SLOTS.items() if clause.says_any(words)]
    same = {s: getattr(lines[0], s) for s in asked if getattr(act.values, s) is None}
    return act.model_copy(update={"values": act.values.model_copy(update=same)})


def _is_named(line: Line, target: a.Target) -> bool:
    if target.line is not None:
        return line.number == target.line
    called = set(words_of(target.name or "")) <= set(words_of(line.name))
    told = {slot: getattr(target, slot) for slot in ("category", "colour", "size")}
    return called and all(getattr(line, slot) == value for slot, value in told.items() if value)


def same_again(clause: Message) -> bool:
    """Whether a bought piece is wanted once more: "the same polo again, but in white"."""
    bought = clause.context.has_order and not clause.context.cart
    return bought and says_same(clause) and clause.says_any(AGAIN)


def _is_doubled(text: str) -> bool:
    """Whether one token repeats a word: the lexicon has "hiyo hiyo" as one phrase."""
    words = text.split()
    return len(words) == 2 and words[0] == words[1]


def _spoken(clause: Message, group: Group, slot: str) -> str | None:
    context = clause.context
    if (own := _own_line(clause, group)) is not None:
        return str(getattr(own, slot))  # "one more shirt, same size": the ordered shirt's
    last = context.spoken_size if slot == "size" else context.spoken_colour
    line = _line_before(clause)
    return last or (getattr(line, slot) if line is not None else None)


def _own_line(clause: Message, group: Group) -> Line | None:
    """The only line of the order of the kind or name said."""
    heads = [find for find in group.heads if find.slot != "option"]
    lines = clause.only(heads).lines_said() if heads else []
    return lines[0] if len(lines) == 1 else None


def _line_before(clause: Message) -> Line | None:
    context = clause.context
    focus = context.focus
    own = [line for line in context.cart if focus and line.product_id == focus.product_id]
    last = [line for line in context.cart if line.number == context.last_line]
    return next(iter((*own, *last, *reversed(context.cart))), None)
