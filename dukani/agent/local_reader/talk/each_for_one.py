"""Gives each piece the person it is for: "grey XL ya mum, black L ya dad na red M ya bro".

A person belongs to the group of words that the phrase stands in, before or behind, as a colour
does. The phrases themselves are cut from the message before its pieces are read.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dukani.agent.local_reader.edits.clauses import clauses
from dukani.agent.local_reader.edits.groups import Group, groups
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

TOLD = ("colour", "size", "quantity", "age")


@dataclass(frozen=True, slots=True)
class _Place:
    """What is said of one piece, at rest.raw[start:end]."""

    values: Mapping[str, object]
    start: int
    end: int


def each_for_one(
    acts: Sequence[a.Act], said: Sequence[tuple[a.SetWearer, int]], rest: Message
) -> list[a.Act] | None:
    """The acts, each edit behind the wearer of its piece; None where that is not plain.

    `said`: each wearer, and the place in `rest.raw` where the words for the person stood.
    """
    edits = [act for act in acts if isinstance(act, a.Add | a.Set)]
    places = _of_edits(edits, list(_places(rest)))
    if len(edits) < 2 or places is None:
        return None
    whose = _persons(places, said)
    if len({act.model_copy(update={"evidence": None}) for act in whose if act}) < 2:
        return None
    mixed: list[a.Act] = []
    persons = iter(whose)
    before: a.SetWearer | None = None
    for act in acts:
        if isinstance(act, a.Add | a.Set):
            person = next(persons)
            if person is not None and person is not before:
                mixed.append(person)
                before = person
        mixed.append(act)
    return mixed


def _persons(
    places: Sequence[_Place], said: Sequence[tuple[a.SetWearer, int]]
) -> list[a.SetWearer | None]:
    """The person of each piece: before all of it where persons lead, else within or behind it."""
    leads = said[0][1] <= places[0].start
    ends = [place.start for place in places[1:]] + [1 << 30]
    found: list[a.SetWearer | None] = []
    for place, next_start in zip(places, ends, strict=True):
        if leads:
            before = [act for act, at in said if at <= place.end]
            found.append(before[-1] if before else None)
            continue
        behind = [act for act, at in said if place.start < at <= next_start]
        later = [act for act, at in said if at > next_start]
        found.append(behind[0] if behind else later[0] if later else None)
    return found


def _of_edits(edits: Sequence[a.Add | a.Set], places: list[_Place]) -> list[_Place] | None:
    """The place of each edit, in the order of both; None where one is not found."""
    if len(edits) == len(places):
        return places
    found: list[_Place] = []
    for edit in edits:
        fitting = [place for place in places if _fits(edit.values, place)]
        if not fitting:
            return None
        found.append(fitting[0])
        places = places[places.index(fitting[0]) + 1 :]
    return found


def _fits(values: a.Values, place: _Place) -> bool:
    told = {slot: value for slot in TOLD if (value := getattr(values, slot)) is not None}
    shared = told.keys() & place.values.keys()
    return bool(shared) and all(str(told[slot]) == str(place.values[slot]) for slot in shared)


def _places(rest: Message) -> Iterator[_Place]:
    """Where each group of words stands in the message."""
    at_of = dict(_offsets(rest))
    for clause in clauses(rest):
        for group in groups(clause):
            own = [find for find in group.finds if _is_own(find.start, group)]
            spots = [at_of.get(id(token)) for find in own
                     for token in clause.tokens[find.start : find.end]]  # fmt: skip
            told = [spot for spot in spots if spot is not None]
            if told:
                values = {find.slot: find.value for find in reversed(group.finds)}
                yield _Place(values, min(told), max(told))


def _is_own(at: int, group: Group) -> bool:
    """Whether a find stands in the group, and is not shared with it by another."""
    return group.start <= at < group.end


def _offsets(rest: Message) -> Iterator[tuple[int, int]]:
    """(id of a token, its place in the raw text): tokens are spelled and ordered anew."""
    text, cursor = rest.raw.lower(), 0
    for token in rest.tokens:
        word = token.text.split()[0]
        at = text.find(word, cursor)
        at = at if at >= 0 else text.find(word)
        if at < 0:
            near = itertools.takewhile(lambda size: size > 2, range(len(word) - 1, 2, -1))
            at = next((x for size in near if (x := text.find(word[:size], cursor)) >= 0), cursor)
        cursor = max(cursor, at)
        yield id(token), at
