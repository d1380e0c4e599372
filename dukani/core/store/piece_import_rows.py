"""The lines of an import: their cells, the order they are worked in, and what became of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from psycopg.rows import class_row

from dukani.core.database import Connection

Outcome = Literal["new", "changed", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class ImportRow:
    line: int
    cells: list[str]
    key: str  # of the piece
    position: int
    outcome: Outcome | None
    changes: list[dict[str, Any]]
    why: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Place:
    """Of which piece a line is, and where it is worked on: those of one piece stand together."""

    line: int
    key: str
    group_line: int  # the first of the piece
    position: int


async def add(
    conn: Connection, *, import_id: str, rows: Sequence[tuple[Place, Sequence[str]]]
) -> None:
    await conn.execute(
        """insert into piece_import_rows
             (boutique_id, import_id, line, key, group_line, position, cells)
           select private.current_boutique(), %(import_id)s, its.line, its.key, its.first,
             its.position, its.cells
           from unnest(%(lines)s::int[], %(keys)s::text[], %(firsts)s::int[],
             %(positions)s::int[], %(cells)s::jsonb[])
             as its (line, key, first, position, cells)""",
        _columns(import_id, [place for place, _ in rows])
        | {"cells": [json.dumps(cells) for _, cells in rows]},
    )


async def put_places(conn: Connection, *, import_id: str, places: Sequence[Place]) -> None:
    await conn.execute(
        """update piece_import_rows r
           set key = its.key, group_line = its.first, position = its.position
           from unnest(%(lines)s::int[], %(keys)s::text[], %(firsts)s::int[],
             %(positions)s::int[]) as its (line, key, first, position)
           where r.boutique_id = private.current_boutique() and r.import_id = %(import_id)s
             and r.line = its.line""",
        _columns(import_id, places),
    )


def _columns(import_id: str, places: Sequence[Place]) -> dict[str, Any]:
    return {
        "import_id": import_id,
        "lines": [place.line for place in places],
        "keys": [place.key for place in places],
        "firsts": [place.group_line for place in places],
        "positions": [place.position for place in places],
    }


_ROW = "line, cells, key, position, outcome, changes, why"


async def next_pieces(
    conn: Connection, *, import_id: str, after: int, limit: int
) -> list[ImportRow]:
    """About `limit` lines after a position, those of one piece together."""
    async with conn.cursor(row_factory=class_row(ImportRow)) as cursor:
        await cursor.execute(
            f"""with bound as (
                  select max(position) as last from piece_import_rows
                  where boutique_id = private.current_boutique() and import_id = %(import_id)s
                    and position > %(after)s and position <= %(until)s
                ), whole as (
                  select max(r.position) as last from piece_import_rows r
                  where r.boutique_id = private.current_boutique()
                    and r.import_id = %(import_id)s and r.position >= (select last from bound)
                    and r.group_line = (select group_line from piece_import_rows
                      where boutique_id = private.current_boutique()
                        and import_id = %(import_id)s and position = (select last from bound)))
                select {_ROW} from piece_import_rows
                where boutique_id = private.current_boutique() and import_id = %(import_id)s
                  and position > %(after)s and position <= (select last from whole)
                order by position""".encode(),
            {"import_id": import_id, "after": after, "until": after + limit},
        )
        return await cursor.fetchall()


async def first(conn: Connection, *, import_id: str, limit: int) -> list[ImportRow]:
    return await page(conn, import_id=import_id, outcome=None, after=0, limit=limit)


async def page(
    conn: Connection, *, import_id: str, outcome: Outcome | None, after: int, limit: int
) -> list[ImportRow]:
    """Lines after a line, of one outcome or of all."""
    async with conn.cursor(row_factory=class_row(ImportRow)) as cursor:
        await cursor.execute(
            f"""select {_ROW} from piece_import_rows
                where boutique_id = private.current_boutique() and import_id = %(import_id)s
                  and line > %(after)s {"and outcome = %(outcome)s" if outcome else ""}
                order by line limit %(limit)s""".encode(),
            {"import_id": import_id, "after": after, "outcome": outcome, "limit": limit},
        )
        return await cursor.fetchall()


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a line."""

    line: int
    outcome: Outcome
    changes: Sequence[Mapping[str, Any]]
    why: Mapping[str, str] | None


async def tell(conn: Connection, *, import_id: str, told: Iterable[Told]) -> None:
    all_told = list(told)
    await conn.execute(
        """update piece_import_rows r
           set outcome = its.outcome, changes = its.changes, why = its.why
           from unnest(%(lines)s::int[], %(outcomes)s::text[], %(changes)s::jsonb[],
             %(whys)s::jsonb[]) as its (line, outcome, changes, why)
           where r.boutique_id = private.current_boutique() and r.import_id = %(import_id)s
             and r.line = its.line""",
        {
            "import_id": import_id,
            "lines": [one.line for one in all_told],
            "outcomes": [one.outcome for one in all_told],
            "changes": [json.dumps(one.changes) for one in all_told],
            "whys": [None if one.why is None else json.dumps(one.why) for one in all_told],
        },
    )


async def forget_outcomes(conn: Connection, *, import_id: str) -> None:
    await conn.execute(
        """update piece_import_rows set outcome = null, changes = '[]', why = null
           where boutique_id = private.current_boutique() and import_id = %(import_id)s
             and outcome is not null""",
        {"import_id": import_id},
    )
