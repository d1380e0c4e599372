"""Lines of the audit log as fields with what was in them, and as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from dukani.core.database import Connection
from dukani.core.inert import inert
from dukani.core.store import changes
from dukani.core.store.changes import Change, Wanted

HEADER = ("Time", "Who", "By way of", "What", "Which", "Its name", "Field", "Before", "After")
_AT_ONCE = 500
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # by which Excel knows UTF-8
_PLAIN = (str, int, float, bool)
# What people look for comes first; what the database counts beside it is not told.
_FIRST = (
    "name", "number", "price_minor", "cost_minor", "total_minor", "amount_minor", "quantity",
    "status", "fulfilment_status", "role", "english",
)  # fmt: skip
_COUNTED = {"low_told", "leads", "listed_units", "listed_before", "currency"}


@dataclass(frozen=True, slots=True)
class Field:
    """`hidden`: it changed, and what was in it is not told."""

    name: str
    was: Any
    now: Any
    hidden: bool = False


def fields_of(line: Change) -> list[Field]:
    """What changed, column after column; what else the line tells comes after."""
    was, now = _named(line.was), _named(line.now)
    names = sorted(
        (name for name in line.columns or {*was, *now} if name not in _COUNTED), key=_place
    )
    if "quantity" in names:
        names = [name for name in names if name != "available"]
    changed = [
        Field(name, was.get(name), now.get(name), hidden=name not in was and name not in now)
        for name in names
    ]
    told = [
        Field(name, None, value)
        for name, value in sorted(line.details.items())
        if isinstance(value, _PLAIN) and name not in names
    ]
    return changed + told


def _place(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)


def _named(values: Any) -> dict[str, Any]:
    """A line written by hand may hold one value instead of columns."""
    if values is None:
        return {}
    return values if isinstance(values, dict) else {"value": values}


async def written(conn: Connection, wanted: Wanted, *, timezone: str) -> AsyncIterator[bytes]:
    """The lines wanted as CSV, the newest first, never all of them in memory."""
    yield _BYTE_ORDER_MARK + _csv([HEADER])
    before: int | None = None
    while lines := await changes.page(conn, wanted, before=before, limit=_AT_ONCE):
        yield _csv([row for line in lines for row in _rows(line, ZoneInfo(timezone))])
        before = lines[-1].id


def _rows(line: Change, zone: ZoneInfo) -> Sequence[Sequence[str]]:
    head = (
        f"{line.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
        line.actor_email or line.actor,
        line.key_name or line.via or "",
        line.action,
        line.subject,
        line.label or "",
    )
    fields = fields_of(line) or [Field("", None, None)]
    return [(*head, one.name, _cell(one, one.was), _cell(one, one.now)) for one in fields]


def _cell(field: Field, value: Any) -> str:
    if field.hidden:
        return "(not shown)"
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    written_rows = io.StringIO()
    csv.writer(written_rows).writerows([inert(cell) for cell in row] for row in rows)
    return written_rows.getvalue().encode()
