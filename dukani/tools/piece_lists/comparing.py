"""What the lines of one piece change of what the boutique has; pure, for the trial and the import.

Stock is compared with what the list said last: the same figure again is the same list again, and
what was sold since stays sold; a new figure is a new count. Where a list came from an export, its
`units at export` say what the figure was changed from, and only that difference counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from dukani.tools.piece_lists.lines import Item, ReadLine
from dukani.tools.piece_lists.why import Refused, Why, refuse

Outcome = Literal["new", "changed", "unchanged", "refused"]
# As products have them, by the columns' names.
ATTRIBUTES = {
    "name": "name", "category": "category", "price": "price_minor", "pattern": "pattern",
    "embroidery": "embroidery", "occasions": "occasions", "description": "description",
    "on_sale": "active", "cost": "cost_minor",
}  # fmt: skip
_NEEDED = ("name", "category", "price")


@dataclass(frozen=True, slots=True)
class Standing:
    """A colour and size that is there."""

    id: str
    quantity: int
    reserved: int
    price_minor: int | None
    listed_units: int | None
    listed_before: int | None


@dataclass(frozen=True, slots=True)
class StandingPiece:
    id: str
    sku: str
    fields: Mapping[str, Any]  # by the columns' names
    variants: Mapping[tuple[str, str], Standing]


@dataclass(frozen=True, slots=True)
class VariantStep:
    """What is done to one colour and size. `id` none: it is made."""

    colour: str
    size: str
    id: str | None
    delta: int
    price_minor: int | None
    listed_units: int | None
    listed_before: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    line: int
    outcome: Outcome
    changes: Sequence[Mapping[str, Any]] = ()
    why: Why | None = None


@dataclass(slots=True)
class PieceStep:
    """What is done to one piece: `fields` none for nothing, all of them for a new one."""

    sku: str
    id: str | None
    fields: Mapping[str, Any] | None = None
    cost: int | None = None  # another one than counts now
    variants: list[VariantStep] = field(default_factory=list)
    links: list[tuple[int, str, str]] = field(default_factory=list)  # line, colour, address
    verdicts: list[Verdict] = field(default_factory=list)


def compare(
    lines: Sequence[ReadLine | tuple[int, Refused]], there: StandingPiece | None, *, sku: str
) -> PieceStep:
    """The step that the lines of one piece, in their order, come to."""
    step = PieceStep(sku, there.id if there else None)
    given: dict[str, tuple[int, Any]] = {}  # field → the line that said it first, and what
    items: dict[tuple[str, str], int] = {}
    good: list[_Judged] = []
    for line in lines:
        if isinstance(line, tuple):
            step.verdicts.append(Verdict(line[0], "refused", why=line[1].why))
            continue
        try:
            _require_agreement(line, given, items)
            judged = _judged(line, there)
        except Refused as refused:
            step.verdicts.append(Verdict(line.line, "refused", why=refused.why))
            continue
        for name, value in line.given.items():
            given.setdefault(name, (line.line, value))
        items |= {(item.colour, item.size): line.line for item in line.items}
        good.append(judged)
    if there is None and (lacking := _lacking(given, items)):
        why = Why("needs", hint=", ".join(lacking))
        step.verdicts += [Verdict(judged.line.line, "refused", why=why) for judged in good]
        return step
    changes = _field_changes(step, given, there)
    for judged in good:
        _take(step, judged, changes.get(judged.line.line, []))
    return step


@dataclass(frozen=True, slots=True)
class _Judged:
    """A line that is taken, with what it does to colours and sizes."""

    line: ReadLine
    is_new: bool
    variants: Sequence[VariantStep]
    changes: Sequence[Mapping[str, Any]]


def _take(step: PieceStep, judged: _Judged, changes: Sequence[Mapping[str, Any]]) -> None:
    line, told = judged.line, [*changes, *judged.changes]
    step.variants += judged.variants
    colours = [item.colour for item in line.items] or [""]
    step.links += [(line.line, colours[0], link) for link in line.links]
    outcome: Outcome = "new" if judged.is_new else "changed" if told else "unchanged"
    step.verdicts.append(Verdict(line.line, outcome, told))


def _require_agreement(
    line: ReadLine,
    given: Mapping[str, tuple[int, Any]],
    items: Mapping[tuple[str, str], int],
) -> None:
    for name, value in line.given.items():
        if name in given and given[name][1] != value:
            raise refuse("not_as_on_line", name, _shown(value), str(given[name][0]))
    seen = dict(items)
    for item in line.items:
        if (item.colour, item.size) in seen:
            where = seen[item.colour, item.size]
            raise refuse("stands_twice", "size", item.name, str(where))
        seen[item.colour, item.size] = line.line


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _lacking(given: Mapping[str, Any], items: Mapping[tuple[str, str], int]) -> list[str]:
    lacking = [name for name in _NEEDED if name not in given]
    return lacking + ([] if items else ["colour", "size", "units"])


def _field_changes(
    step: PieceStep, given: Mapping[str, tuple[int, Any]], there: StandingPiece | None
) -> dict[int, list[dict[str, Any]]]:
    """Sets the step's fields; the changes by the line that says them first."""
    said = {name: value for name, (_, value) in given.items()}
    if there is None or there.fields.get("cost") != said.get("cost"):
        step.cost = said.get("cost")
    if there is None:
        step.fields = said
        return {}
    changes: dict[int, list[dict[str, Any]]] = {}
    for name, (line, value) in given.items():
        was = there.fields[name]
        if was != value:
            changes.setdefault(line, []).append({"field": name, "was": was, "now": value})
    if changes:
        step.fields = {**there.fields, **said}
    return changes


def _judged(line: ReadLine, there: StandingPiece | None) -> _Judged:
    """Raises Refused."""
    made: list[VariantStep] = []
    changes: list[Mapping[str, Any]] = []
    is_new = there is None
    for item in line.items:
        known = there.variants.get((item.colour, item.size)) if there else None
        if known is None:
            is_new = True
            made.append(_new_variant(item))
            if there is not None:
                changes.append({"field": "size", "of": item.name, "now": item.units})
        else:
            moved, told = _moved(item, known)
            made += moved
            changes += told
    return _Judged(line, is_new, made, changes)


def _new_variant(item: Item) -> VariantStep:
    if item.units is None:
        raise refuse("empty", "units")
    return VariantStep(
        item.colour, item.size, None, item.units, item.price_minor, item.units, item.units_before
    )


def _moved(item: Item, known: Standing) -> tuple[list[VariantStep], list[Mapping[str, Any]]]:
    """The step of a colour and size that is there, if any, and what it changes."""
    changes: list[Mapping[str, Any]] = []
    delta = stock_delta(item, known)
    now = known.quantity + delta
    if delta < 0 and now < known.reserved:
        raise refuse("held", "units", now, str(known.reserved))
    if delta:
        changes.append({"field": "units", "of": item.name, "was": known.quantity, "now": now})
    price = known.price_minor if item.price_minor is None else item.price_minor
    if price != known.price_minor:
        told = {"field": "size_price", "of": item.name, "was": known.price_minor, "now": price}
        changes.append(told)
    listed = _listed(item, known)
    if not changes and listed == (known.listed_units, known.listed_before):
        return [], []
    return [VariantStep(item.colour, item.size, known.id, delta, price, *listed)], changes


def stock_delta(item: Item, known: Standing) -> int:
    """By how many units the ledger is to be moved."""
    if item.units is None or _is_the_same_list(item, known):
        return 0
    if item.units_before is not None:
        return max(item.units - item.units_before, -known.quantity)
    return item.units - known.quantity


def _is_the_same_list(item: Item, known: Standing) -> bool:
    said = (item.units, item.units_before)
    return said == (known.listed_units, known.listed_before)


def _listed(item: Item, known: Standing) -> tuple[int | None, int | None]:
    """What the list said last. A figure nobody touched since its export tells nothing new."""
    if item.units is None or item.units == item.units_before:
        return known.listed_units, known.listed_before
    return item.units, item.units_before
