"""Reads changes of the line of a child named by age: "yule wa miaka mitano mpe nyekundu"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.besides import goes_on, says_another
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.sizes import sizes_for_age
from dukani.domain.steps import CHOOSING

DEFINITE = frozenset(("the", "my", "our", "yule", "huyo", "huyu", "huyo wa", "wa"))
INDEFINITE = frozenset(("a", "an", "moja"))
NEAR = 4  # words between "the one who is" and the age
HEADS = ("name", "category", "pattern")
TO_BE = ("colour", "size")


def of_aged(clause: Message) -> list[a.Act]:
    """A Set of the only line in the size of a child who is named by age, and by nothing else."""
    ages = clause.slots.wanted("age")
    if len(ages) != 1 or not _names_the_child(clause, ages[0]) or _is_of_more(clause):
        return []
    said = {find.slot: find.value for find in clause.slots.finds if find.slot in TO_BE}
    line = _line_worn_at(clause, int(str(ages[0].value)))
    if line is None or not _only_of_line(clause, line):
        return []
    if all(getattr(line, slot) == value for slot, value in said.items()):
        return []  # "she has turned 6, make the dress 6-7Y" tells of the size to be
    return [a.Set(target=a.Target(line=line.number), values=a.Values(**said), change=True)]


def _names_the_child(clause: Message, age: Find) -> bool:
    """Whether the age tells which child: "the 5 year old", "yule wa miaka 5"; not "she is 5"."""
    before = [token.text for token in clause.tokens[max(0, age.start - NEAR) : age.start]]
    return bool(DEFINITE & set(before))


def _is_of_more(clause: Message) -> bool:
    """Whether a further piece is wanted, or nothing is changed: "add a white one for the 5 …"."""
    if clause.asks or clause.tagged("~add", "~remove") or clause.context.step in CHOOSING:
        return True
    return says_another(clause) or goes_on(clause) or _is_indefinite(clause)


def _is_indefinite(clause: Message) -> bool:
    """Whether a piece of some value is spoken of: "needs a red one"."""
    valued = [find.start for find in clause.slots.finds if find.slot in TO_BE and find.start]
    return any(clause.tokens[at - 1].text in INDEFINITE for at in valued)


def _line_worn_at(clause: Message, age: int) -> Line | None:
    lines = [line for line in clause.context.cart if sizes_for_age(age, (line.size,), line)]
    return lines[0] if len(lines) == 1 and lines[0].quantity == 1 else None


def _only_of_line(clause: Message, line: Line) -> bool:
    """Whether nothing else is named or counted than the line: its kind, one of it."""
    finds = clause.slots.finds
    heads = [find for find in finds if find.slot in HEADS]
    others = [find for find in finds if find.slot in ("option",) or find.denied]
    counted = [find for find in finds if find.slot == "quantity" and find.value != 1]
    return line in clause.only(heads).lines_said() and not others and not counted
