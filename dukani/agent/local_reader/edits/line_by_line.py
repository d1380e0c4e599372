"""Reads messages that say of one line after the other what becomes of it.

"Belt toa, hoodie ibaki ila iwe M", "bag yes, vans no", "just 2 black caps and 1 white": each part
names a line and says one thing of it, in either order. The rule gives nothing unless every word
near a line is understood, so that the other rules read what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import normalise
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.groups import Group
from dukani.agent.local_reader.edits.line_parts import Part, line_parts
from dukani.agent.local_reader.edits.next_said import said_one
from dukani.agent.local_reader.edits.pieces import name_said, target
from dukani.agent.local_reader.edits.words import ALL, BOTH, OTHER
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.steps import CHOOSING

REST = word_set("sparing", "rest") | frozenset(("rest",))
TARGETS = ("name", "category", "pattern", "colour", "size")
LONGEST = 40  # words: a longer message tells a story, of which not every word is known
Told = tuple[Part, tuple[Line, ...]]


def line_by_line(message: Message) -> list[a.Act]:
    """The edits of each line told of; nothing unless several are and all words are understood."""
    context = message.context
    if not context.cart or message.asks or (context.step in CHOOSING and context.options):
        return []
    if len(message.tokens) > LONGEST:
        return []
    parts = line_parts(message)
    alone = len(parts) == 1 and parts[0].only and parts[0].values and parts[0].count
    if not (alone or len(parts) > 1) or not any(part.op or part.only for part in parts):
        return []
    told = _with_lines(message, parts)
    if told is None or not _apart(told):
        return []
    acts: list[a.Act] = []
    for part, lines in told:
        made = _acts_of(message, part, lines)
        if made is None:
            return []
        acts += _but_the_kept(message, told, made) if _is_rest(part) else made
    acts = [*_gone_beside_kept(message, told), *acts]
    keeps = any(part.op == "keep" for part in parts)
    return sorted(acts, key=lambda act: keeps and not isinstance(act, a.Remove))


def _with_lines(message: Message, parts: Sequence[Part]) -> list[Told] | None:
    """Each part with the lines it tells of; None where these are none or unclear."""
    named = [(part, _lines_of(message, part)) for part in parts if not _is_rest(part)]
    others = [part for part in parts if _is_rest(part)]
    said = {line.number for _, lines in named for line in lines}
    left = tuple(line for line in message.context.cart if line.number not in said)
    if len(others) > 1 or not all(lines for _, lines in named) or not named:
        return None
    if others and not _are_other_lines(others[0], named, left):
        return None
    unclear = any(len(lines) > 1 and not part.says(ALL | BOTH) for part, lines in named)
    return None if unclear else [*named, *((part, left) for part in others)]


def _are_other_lines(rest: Part, named: Sequence[Told], left: tuple[Line, ...]) -> bool:
    """Whether "the other" is of other lines, and not of the other units of a line counted."""
    if rest.op == "keep" and not rest.values and not rest.count:
        return True
    if rest.values and any(part.count for part, _ in named):
        return False
    return bool(left) and (len(left) == 1 or rest.says(REST | ALL))


def _but_the_kept(message: Message, told: Sequence[Told], made: Sequence[a.Act]) -> Sequence[a.Act]:
    """The Removes of all other lines as one, where one line is kept."""
    named = [(part, lines) for part, lines in told if not _is_rest(part)]
    if len(named) > 1 or not all(isinstance(act, a.Remove) for act in made) or not made:
        return made
    kept = _targets(message, *named[0])
    return [a.Remove(target=a.Target(scope="all", but=kept[0]))] if len(kept) == 1 else made


def _is_rest(part: Part) -> bool:
    """Whether the part is of all other lines: "the rest", "ile ingine"."""
    return not part.which and part.says(REST | OTHER)


def _lines_of(message: Message, part: Part) -> tuple[Line, ...]:
    if not part.which:
        return ()
    sizes = {find.value for find in part.which if find.slot == "size"}
    name = name_said(message.only(part.which), _group(part)) or ""
    return tuple(
        line
        for line in message.only(part.which).lines_said()
        if (not sizes or line.size in sizes)
        and all(word in f"{line.name.lower()} {normalise(line.name)}" for word in name.split())
    )


def _group(part: Part) -> Group:
    finds = tuple(replace(find, denied=False) for find in part.which if find.slot in TARGETS)
    return Group(finds, finds[0].start, max(find.end for find in finds))


def _apart(told: Sequence[Told]) -> bool:
    """Whether no line is told of twice."""
    numbers = [line.number for _, lines in told for line in lines]
    return len(numbers) == len(set(numbers))


def _acts_of(message: Message, part: Part, lines: tuple[Line, ...]) -> list[a.Act] | None:
    """The acts of one part; None where what it says does not suit its lines."""
    which = _targets(message, part, lines)
    count = part.count
    if part.op == "remove":
        count = count or (1 if part.which and said_one(message, part.which[0].start) else None)
        fewer = count if count and len(lines) == 1 and count < lines[0].quantity else None
        return None if part.values else [a.Remove(target=one, quantity=fewer) for one in which]
    if part.op in ("add", "fewer"):
        by = (count or 0) * (1 if part.op == "add" else -1)
        unsuited = not by or part.values or len(which) != 1
        return None if unsuited else [a.ChangeQuantity(target=which[0], by=by)]
    so_many = {"quantity": count} if count else {}
    to_be = {find.slot: find.value for find in part.values} | so_many
    if not to_be:
        return [] if part.op == "keep" or part.only else None
    counted = count is not None and len(lines) == 1 and count < lines[0].quantity
    some = part.counts_first and counted and not part.only
    if part.values and (part.of_them or some):
        return [a.Split(target=one, parts=(a.Values(**to_be),)) for one in which]
    return [a.Set(target=one, values=a.Values(**to_be), change=True) for one in which]


def _targets(message: Message, part: Part, lines: tuple[Line, ...]) -> list[a.Target]:
    """What names the lines: the words said, or their numbers where these name others too."""
    if _is_rest(part) or len(lines) > 1:
        return [a.Target(line=line.number) for line in lines]
    group = _group(part)
    told = target(message.only(group.finds), group, line=True)
    return [told.model_copy(update={"scope": "one", "pointed": None})]


def _gone_beside_kept(message: Message, told: Sequence[Told]) -> list[a.Act]:
    """A Remove of each line not told of, where the customer is to keep only what is told of."""
    if not any(part.stays_alone for part, _ in told):
        return []
    if any(part.op == "remove" for part, _ in told):
        return []
    said = {line.number for _, lines in told for line in lines}
    gone = (line for line in message.context.cart if line.number not in said)
    return [a.Remove(target=a.Target(line=line.number)) for line in gone]
