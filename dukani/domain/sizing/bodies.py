"""The standard bodies of `charts.toml`: girths of typical figures, and what sizes call them."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from dukani.domain.sizing.evidence import Measure

Group = Literal["women", "men", "children"]
Span = tuple[float, float]

TABLES: dict[str, Any] = tomllib.loads(
    files(__package__).joinpath("charts.toml").read_text(encoding="utf-8")
)
# What a body of the group is ordered by: a girth, or a child's years
LEADING: dict[Group, str] = {"women": "bust", "men": "bust", "children": "years"}


def rows_of(group: Group) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = TABLES[group]["rows"]
    return rows


def leading(group: Group, measure: str, cm: float) -> float | None:
    """Where a body with this measure stands in its group (bust in cm, years); None: no such."""
    knots = _knots(group, measure)
    return along(knots, cm) if knots else None


@cache
def _knots(group: Group, measure: str) -> tuple[tuple[float, float], ...]:
    """(measure, leading measure) at every boundary of the rows."""
    rows = [row for row in rows_of(group) if measure in row]
    if not rows:
        return ()
    lead = LEADING[group]
    last = rows[-1]
    return (
        *((row[measure][0], row[lead][0]) for row in rows),
        (last[measure][1], last[lead][1]),
    )


@cache
def numbered(group: Group, system: str) -> tuple[tuple[float, float], ...]:
    """(number, leading measure) at every boundary of the rows that the system numbers by two."""
    rows = [row for row in rows_of(group) if system in row]
    if not rows:
        return ()
    lead = LEADING[group]
    return (
        *((row[system] - 1, row[lead][0]) for row in rows),
        (rows[-1][system] + 1, rows[-1][lead][1]),
    )


def along(knots: Sequence[tuple[float, float]], value: float) -> float:
    """The line through the knots at a value; beyond the ends the nearest piece goes on."""
    at = min(max(bisect_left(knots, (value,)) - 1, 0), len(knots) - 2)
    (x, y), (next_x, next_y) = knots[at], knots[at + 1]
    return y + (value - x) * (next_y - y) / (next_x - x)


@cache
def lettered(group: Group, letter: str) -> Span | None:
    """The bodies of a letter, or of two ("S M")."""
    names = letter.split()
    rows = [row for row in rows_of(group) if row.get("letter") in names]
    if not set(names) <= {row["letter"] for row in rows}:
        return None
    lead = LEADING[group]
    return rows[0][lead][0], rows[-1][lead][1]


def measures_of(row: dict[str, Any]) -> dict[Measure, Span]:
    """The measures of a row that a tape takes."""
    known: tuple[Measure, ...] = ("bust", "waist", "hips", "height")
    return {name: (row[name][0], row[name][1]) for name in known if name in row}
