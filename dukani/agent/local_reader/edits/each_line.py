"""Reads a change for each of several lines: "red iwe moja, kijani iwe njano"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dukani.agent.local_reader.edits.groups import groups
from dukani.agent.local_reader.edits.last_line_anew import last_line_told_anew
from dukani.agent.local_reader.edits.words import JOINERS, SET_TO, SET_TO_BEFORE
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import definite, something_shown
from dukani.domain import acts as a

NAMING = ("colour", "size")
NEW = ("colour", "size", "quantity")
PRONOUNS = frozenset(("one", "ones", "moja", "the", "ile", "hiyo", "in"))


@dataclass(frozen=True, slots=True)
class _Change:
    """A line named by its present values, and its new value; `set_to`: a word says it changes."""

    old: tuple[Find, ...]
    new: Find
    set_to: bool


def each_line(clause: Message) -> list[a.Act]:
    """A Set for each line, where every stretch of the clause names one and its new value."""
    if len(clause.context.cart) < 2 or clause.asks or clause.tagged("~add", "~remove"):
        return []
    if any(find.denied for find in clause.slots.finds):
        return []
    told = [_change(clause, start, end) for start, end in _stretches(clause)]
    changes = [change for change in told if change is not None]
    olds = {tuple((find.slot, find.value) for find in change.old) for change in changes}
    if len(changes) < 2 or len(changes) != len(told) or len(olds) != len(changes):
        return []
    fitting = [_is_of_one_line(clause, change.old) for change in changes]
    if last_line_told_anew(clause, groups(clause)):
        return []  # "ziwe nyeupe tatu na nyeusi mbili", with five in white
    said = all(change.set_to for change in changes) and any(fitting)
    brief = not something_shown(clause) and clause.context.question is None and all(fitting)
    if not said and not (brief and all(change.new.slot == "size" for change in changes)):
        return []
    return [_set(change) for change in changes]


def _set(change: _Change) -> a.Set:
    which = {find.slot: find.value for find in change.old}
    to_be: dict[str, object] = {change.new.slot: change.new.value}
    return a.Set(target=a.Target(**which), values=a.Values(**to_be), change=True)


def _stretches(clause: Message) -> Iterator[tuple[int, int]]:
    """The stretches between joining words and commas that say something."""
    start = 0
    for at, token in enumerate(clause.tokens):
        joined = token.text in JOINERS
        if joined or token.pause or at == len(clause.tokens) - 1:
            end = at if joined else at + 1
            if any(start <= find.start < end for find in clause.slots.finds):
                yield start, end
            start = at + 1


def _change(clause: Message, start: int, end: int) -> _Change | None:
    """The change said in a stretch: the values a line has now, then the new one."""
    finds = [find for find in clause.slots.finds if start <= find.start < end]
    if counted := _counted_ahead(clause, finds):
        return counted
    *old, new = _old_first(clause, finds)
    slots = [find.slot for find in old]
    if not old or len(set(slots)) != len(slots) or not set(slots) <= set(NAMING):
        return None
    if new.slot not in NEW:
        return None
    between = {token.text for token in clause.tokens[old[-1].end : new.start]}
    named = old[0].slot == "colour" and old[0].start and _names_ones(clause, old[0])
    set_to = bool(between & (SET_TO | SET_TO_BEFORE)) or bool(named)
    if not set_to and (len(old) > 1 or not between <= PRONOUNS):
        return None
    return _Change(tuple(old), new, set_to or _set_ahead(clause, old[0].start))


def _old_first(clause: Message, finds: Sequence[Find]) -> Sequence[Find]:
    """The finds, the colour of a line before the size it is wanted in: "39 in black"."""
    if [find.slot for find in finds] != ["size", "colour"]:
        return finds
    size, colour = finds
    between = [token.text for token in clause.tokens[size.end : colour.start]]
    named = between in (["in"], ["ya"], ["kwa"]) and _is_of_one_line(clause, [colour])
    return (colour, size) if named else finds


def _counted_ahead(clause: Message, finds: Sequence[Find]) -> _Change | None:
    """The count of a line pointed at behind it: "2 pairs of the black", "mbili za hizo nyeusi"."""
    if [find.slot for find in finds] not in (["quantity", "colour"], ["quantity", "size"]):
        return None
    count, old = finds
    pointed = definite(clause, old) and old.start > count.end
    return _Change((old,), count, set_to=True) if pointed else None


def _set_ahead(clause: Message, at: int) -> bool:
    """Whether a verb before all of it says that something changes: "make the white navy and …"."""
    before = clause.tokens[:at]
    return any(token.text in SET_TO or "~change" in token.tags for token in before)


def _names_ones(clause: Message, old: Find) -> bool:
    """Whether "the … one" names what is ordered: "the blue ones 34"."""
    behind = clause.tokens[old.end : old.end + 1]
    led = clause.tokens[old.start - 1]
    points = led.text == "the" or "@this" in led.tags
    return points and any(token.text in ("one", "ones") for token in behind)


def _is_of_one_line(clause: Message, old: Sequence[Find]) -> bool:
    lines = clause.context.cart
    return sum(all(getattr(x, f.slot) == f.value for f in old) for x in lines) == 1
