"""Reads what is put on a line named by its colour or size: "hiyo ya black weka 42"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.besides import goes_on
from dukani.agent.local_reader.edits.group import Group
from dukani.agent.local_reader.edits.pieces import target
from dukani.agent.local_reader.edits.words import ANOTHER, JOINERS, OTHER, SET_TO
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import definite
from dukani.domain import acts as a
from dukani.domain.steps import CHOOSING

GENITIVES = frozenset(("ya", "za", "la", "cha", "vya", "wa"))


def put_on_line(clause: Message) -> list[a.Act]:
    """A Set of the line: "hiyo ya black weka 42", "ya 39 weka mbili"."""
    finds = [find for find in clause.slots.finds if not find.denied]
    put = next((at for at, token in enumerate(clause.tokens) if "~put" in token.tags), None)
    if put is None or clause.asks or clause.tagged("~add") or goes_on(clause):
        return []
    ahead = [find for find in finds if find.end <= put]
    behind = [find for find in finds if find.start > put]
    if recounted := _of_named(clause, ahead, behind) or _of_the_other(clause, put, behind):
        return recounted
    old = ahead[0] if len(ahead) == 1 else None
    if old is None or not _names_one_line(clause, old) or _of_another_looked_at(clause, old):
        return []
    new = ("size", "quantity") if old.slot == "colour" else ("quantity",)
    if not behind or not all(find.slot in new for find in behind):
        return []
    said = {find.slot: find.value for find in behind}
    which = a.Target(**{old.slot: old.value})
    return [a.Set(target=which, values=a.Values(**said), change=True)]


def _of_named(clause: Message, ahead: list[Find], behind: list[Find]) -> list[a.Act]:
    """A Set of the one line that is named and then counted: "tai weka mbili"."""
    named = bool(ahead) and all(find.slot in ("name", "category") for find in ahead)
    counted = len(behind) == 1 and behind[0].slot == "quantity"
    if not named or not counted or len(clause.lines_said()) != 1:
        return []
    if any(token.text in ANOTHER for token in clause.tokens[: behind[0].end + 1]):
        return []  # not of "…, na baba naye anataka", which only tells why
    told = target(clause, Group(tuple(ahead), ahead[0].start, ahead[-1].end), line=True)
    values = a.Values(quantity=int(str(behind[0].value)))
    return [a.Set(target=told, values=values, change=True)]


def _of_the_other(clause: Message, put: int, behind: list[Find]) -> list[a.Act]:
    """A Set of the other line's count: "hiyo ingine weka mbili"; "weka ingine mbili" adds."""
    ahead = [token for token in clause.tokens[:put] if token.text not in JOINERS]
    pointed = len(ahead) == 2 and "@this" in ahead[0].tags and ahead[1].text in OTHER
    counted = [find.slot for find in behind] == ["quantity"] == [f.slot for f in clause.slots.finds]
    if not pointed or not counted or len(clause.context.cart) < 2:
        return []
    values = a.Values(quantity=int(str(behind[0].value)))
    return [a.Set(target=a.Target(pointed="other"), values=values, change=True)]


def _names_one_line(clause: Message, find: Find) -> bool:
    """Whether a colour or size points at one line of the order: "hiyo ya black", "ya 39"."""
    if find.slot not in ("colour", "size"):
        return False
    before = clause.tokens[find.start - 1].text if find.start else ""
    alone = all(token.text in JOINERS for token in clause.tokens[: find.start])
    colour = find.slot == "colour" and alone  # "purple niwekee mbili"
    pointed = definite(clause, find) or colour or (find.slot == "size" and before in GENITIVES)
    fitting = [line for line in clause.context.cart if getattr(line, find.slot) == find.value]
    return pointed and len(fitting) == 1


def _of_another_looked_at(clause: Message, find: Find) -> bool:
    """Whether the size may be of the piece that is being chosen, and not of an ordered one."""
    context = clause.context
    if find.slot != "size" or context.step not in CHOOSING:
        return False
    looked_at = {option.product_id for option in clause.in_view}
    lines = [line for line in context.cart if line.size == find.value]
    return any(line.product_id not in looked_at for line in lines)


def counts_line(clause: Message, value: Find, later: Find) -> bool:
    """Whether a value only names the line that is counted anew: "make the large three"."""
    before = clause.tokens[value.start - 1].text if value.start else ""
    led = before in ("the", "size", "saizi") or (value.slot == "size" and before in GENITIVES)
    led = led or (value.slot == "colour" and before in SET_TO and len(clause.context.cart) > 1)
    fitting = [x for x in clause.context.cart if getattr(x, value.slot) == value.value]
    numbered = value.slot == "size" and str(value.value).isdigit()  # not "make the large one"
    counted = later.slot == "quantity" and (numbered or clause.tokens[later.start].text != "one")
    return led and counted and len(fitting) == 1 and _beside(clause, value, later)


def _beside(clause: Message, value: Find, later: Find) -> bool:
    """Whether nothing stands between but the s of a plural, or a verb: "the 40s", "ya 40 weka"."""
    between = clause.tokens[value.end : later.start]
    return all(token.text == "s" or "~put" in token.tags for token in between)
