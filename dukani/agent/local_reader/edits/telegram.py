"""Reads lines told anew without a verb: "hoodie black, belt 36", "black 2, white 1"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.words import ALL, BOTH, JOINERS, TWO
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.steps import CHOOSING

HEADS = ("name", "category")
NAMING = ("colour", "size")
VALUES = (*NAMING, "quantity")
FILLERS = word_set("telegram", "fillers")


@dataclass(frozen=True, slots=True)
class _Told:
    """A line and the values told of it that it has not."""

    line: Line
    values: dict[str, object]


def telegram(clause: Message) -> list[a.Act]:
    """A Set for each line told anew, where every stretch of the clause tells of another line."""
    context = clause.context
    if len(context.cart) < 2 or clause.asks or context.question or _others_shown(clause):
        return []
    if not _is_bare(clause):
        return []
    stretches, of_all = _without_values_of_all(clause, [*_stretches(clause)])
    if len({any(find.slot in HEADS for find in stretch) for stretch in stretches}) != 1:
        return []  # "one red and one white panther" are both panthers
    if alone := _all_and_one(clause, stretches, of_all):
        return alone
    told = [one for stretch in stretches for one in _each_told(clause, [*stretch, *of_all])]
    lines = [one.line.number for one in told if one is not None]
    fewest = 1 if _of_all_called(clause, stretches[0]) and len(stretches) == 1 else 2
    if len(lines) < fewest or len(lines) != len(told) or len(set(lines)) != len(lines):
        return []
    if _verb_ahead(clause) and not all(one is not None and one.values for one in told):
        return []  # "make the L one navy XL" is of one line
    return [
        a.Set(target=a.Target(line=one.line.number), values=a.Values(**one.values), change=True)
        for one in told
        if one is not None and one.values
    ]


def _is_bare(clause: Message) -> bool:
    """Whether all words are of pieces and values: no verb, no story."""
    finds = clause.slots.finds
    if any(find.denied or find.slot not in HEADS + VALUES for find in finds):
        return False
    valued = {at for find in finds for at in range(find.start, find.end)}
    valued |= set(range(_verb_ahead(clause)))
    others = (token.text for at, token in enumerate(clause.tokens) if at not in valued)
    return all(text in FILLERS or text in JOINERS | ALL | BOTH | TWO for text in others)


def _all_and_one(
    clause: Message, stretches: Sequence[Sequence[Find]], of_all: Sequence[Find]
) -> list[a.Act]:
    """A Set of every line and one of the line named: "both in black, hoodie size M"."""
    told = _told(clause, stretches[0]) if len(stretches) == 1 and of_all else None
    if told is None or not told.values or not any(f.slot in HEADS for f in stretches[0]):
        return []
    every: dict[str, object] = {find.slot: find.value for find in of_all}
    values = {line.number: every for line in clause.context.cart}
    values[told.line.number] = every | told.values
    return [
        a.Set(target=a.Target(line=number), values=a.Values(**to_be), change=True)
        for number, to_be in values.items()
    ]


def _verb_ahead(clause: Message) -> int:
    """The end of a verb that changes, said first: "badilisha hoodie black, belt 36"."""
    first = clause.tokens[0]
    return 1 if "~change" in first.tags or first.text in ("make", "fanya") else 0


def _others_shown(clause: Message) -> bool:
    """Whether a piece is in view that is not ordered, or is looked at."""
    ordered = {line.product_id for line in clause.context.cart}
    shown = {option.product_id for option in clause.context.options}
    chosen_from = bool(shown) and clause.context.step in CHOOSING
    return clause.context.focus is not None or chosen_from or not shown <= ordered


def _without_values_of_all(
    clause: Message, stretches: list[Sequence[Find]]
) -> tuple[list[Sequence[Find]], Sequence[Find]]:
    """The stretches, and the values said last for all: "mama L, baba XL both blue"."""
    said = [at for at, token in enumerate(clause.tokens) if token.text in ALL | BOTH]
    if not said or not stretches:
        return stretches, ()
    where = 0 if said[0] < stretches[0][-1].start else -1
    behind = {token.text for token in clause.tokens[said[-1] + 1 : said[-1] + 2]}
    last = said[-1] + bool(behind & TWO)  # "zote mbili" counts nothing
    of_all = [f for f in stretches[where] if f.start > last and f.slot in NAMING]
    heads = [find for find in stretches[where] if find.slot in HEADS]
    counted = any(find.slot == "quantity" and find.start > last for find in stretches[where])
    of_some = where == 0 and len(clause.only(heads).lines_said()) < len(clause.context.cart)
    if not of_all or counted or of_some or _of_units(stretches, said[0]):
        return stretches, ()  # "hoodie zote black na belt 36"
    others = [one for one in stretches if one is not stretches[where]]
    rest = [find for find in stretches[where] if find not in of_all]
    if where == 0:
        return others, of_all  # "shati zote olive, polo L linen XL": what is before names all
    return [*others, *([rest] if rest else [])], of_all


def _of_units(stretches: Sequence[Sequence[Find]], at: int) -> bool:
    """Whether "both" is of the units just counted of a piece: "make the caps 2, both red"."""
    before = [find for stretch in stretches for find in stretch if find.end <= at]
    return {"quantity"} < {find.slot for find in before} and not _telling_several(before)


def _telling_several(before: Sequence[Find]) -> bool:
    return len({str(find.value) for find in before if find.slot == "category"}) > 1


def _stretches(clause: Message) -> Iterator[Sequence[Find]]:
    """The finds between pauses and joining words; without these, from what names a line on."""
    finds = sorted(clause.slots.finds, key=lambda find: find.start)
    parts: list[list[Find]] = []
    for find in finds:
        if not parts or _begins(clause, parts[-1], find):
            parts.append([])
        parts[-1].append(find)
    yield from parts


def _begins(clause: Message, before: Sequence[Find], find: Find) -> bool:
    if find.start < before[-1].end:
        return False  # "wedges" are a kind and a name
    between = clause.tokens[before[-1].end - 1 : find.start]
    if any(token.pause for token in between):
        return True
    if any(token.text in JOINERS for token in between[1:]):
        return True
    slots = {one.slot for one in before}
    if find.slot in HEADS:
        return bool(slots & set(HEADS)) and bool(slots & set(VALUES))
    return find.slot in slots


def _each_told(clause: Message, stretch: Sequence[Find]) -> list[_Told | None]:
    """What a stretch tells of its line, or of each line of "hoodie zote black"."""
    heads = [find for find in stretch if find.slot in HEADS]
    if not _of_all_called(clause, stretch):
        return [_told(clause, stretch)]
    values = [find for find in stretch if find.slot in VALUES]
    lines = _called(clause, heads)
    return [_Told(x, {f.slot: f.value for f in values if not _has(x, f)}) for x in lines] or [None]


def _of_all_called(clause: Message, stretch: Sequence[Find]) -> bool:
    """Whether "all" stands behind the kind: "mtandio zote nude"."""
    ends = [f.end for f in stretch if f.slot in HEADS and f.end < len(clause.tokens)]
    return any(clause.tokens[end].text in ALL | BOTH for end in ends)


def _told(clause: Message, stretch: Sequence[Find]) -> _Told | None:
    """What a stretch tells; None where it names no line, or more than one."""
    values = [find for find in stretch if find.slot in VALUES]
    if len({find.slot for find in values}) != len(values):
        return None
    lines = _lines_named(clause, stretch)
    if len(lines) != 1:
        return None
    anew: dict[str, object] = {f.slot: f.value for f in values if not _has(lines[0], f)}
    return _Told(lines[0], anew)


def _lines_named(clause: Message, stretch: Sequence[Find]) -> list[Line]:
    """The lines a stretch may be of: of its kind, then as called, of its colour, of its size."""
    heads = [find for find in stretch if find.slot in HEADS]
    lines = _called(clause, heads)
    for slot in NAMING:
        if len(lines) == 1:
            return lines
        said = [find for find in stretch if find.slot == slot]
        lines = [x for x in lines if any(_has(x, f) for f in said)] or lines
    return lines


def _called(clause: Message, heads: Sequence[Find]) -> list[Line]:
    """The lines of a kind, and of those the ones called as it is said: a mtandio, no kilemba."""
    lines = [line for line in clause.context.cart if all(_is_called(line, f) for f in heads)]
    return [x for x in lines if all(_word(clause, f) in x.name.lower() for f in heads)] or lines


def _is_called(line: Line, find: Find) -> bool:
    if find.slot == "category":
        return line.category == find.value
    return all(word in line.name.lower() for word in str(find.value).split())


def _word(clause: Message, find: Find) -> str:
    return clause.tokens[find.start].text


def _has(line: Line, find: Find) -> bool:
    return find.slot in NAMING and getattr(line, find.slot) == find.value
