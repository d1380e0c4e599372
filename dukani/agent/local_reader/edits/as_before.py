"""What a piece is to be, "same size" and "same colour" being those of a line of the order."""

from __future__ import annotations

from dukani.agent.local_reader.edits.groups import Group
from dukani.agent.local_reader.edits.pieces import values
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line

SAME = frozenset(("same", "sawa", "ileile", "hiyohiyo"))
SAME_SLOTS = {
    "size": frozenset(("size", "saizi", "sz")),
    "colour": frozenset(("colour", "color", "rangi")),
}
VARIANT = ("size", "colour", "quantity", "age")


def as_before(clause: Message, group: Group) -> a.Values:
    """What is said of the piece; "same size" is that of its own line, else of the last one."""
    said = values(group, VARIANT)
    line = _line_before(clause)
    if line is None or not clause.says_any(SAME):
        return said
    same = {
        slot: getattr(line, slot)
        for slot, words in SAME_SLOTS.items()
        if clause.says_any(words) and getattr(said, slot) is None
    }
    return said.model_copy(update=same)


def _line_before(clause: Message) -> Line | None:
    context = clause.context
    focus = context.focus
    own = [line for line in context.cart if focus and line.product_id == focus.product_id]
    last = [line for line in context.cart if line.number == context.last_line]
    return next(iter((*own, *last, *reversed(context.cart))), None)
