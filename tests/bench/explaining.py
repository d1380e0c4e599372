"""Connections that tell how the server would read for each statement, before it is executed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from psycopg import AsyncCursor, pq
from psycopg.rows import DictRow, tuple_row
from psycopg_pool import AsyncConnectionPool

from dukani.core import database
from dukani.core.database import Connection

_READS_OR_WRITES = re.compile(r"\s*(select|with|insert|update|delete)\b", re.IGNORECASE)
_SETS = re.compile(r"\s*select set_config|; *select ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Access:
    """How a plan comes to the rows of a table: a node, and the index it reads by."""

    table: str
    node: str
    index: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every row of the table is looked at."""
        return self.node == "Seq Scan"

    def __str__(self) -> str:
        return f"{self.node} {self.index}".rstrip()


@dataclass
class Told:
    """The plans of what was executed while somebody listened, by statement."""

    plans: dict[str, set[Access]] = field(default_factory=dict)
    untold: set[str] = field(default_factory=set)  # of a pipeline, where there is no asking between

    def accesses(self) -> set[Access]:
        return {access for plan in self.plans.values() for access in plan}


_listening: list[Told] = []


@contextmanager
def told_plans() -> Iterator[Told]:
    """What connections opened under `explaining` execute meanwhile."""
    told = Told()
    _listening.append(told)
    try:
        yield told
    finally:
        _listening.remove(told)


class ExplainingCursor(AsyncCursor[DictRow]):
    async def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        if _listening and (statement := _statement_of(query, self.connection)):
            if self.connection.pgconn.pipeline_status == pq.PipelineStatus.OFF:
                plan = accesses_of(await _explained(self.connection, statement, params))
                _listening[-1].plans.setdefault(_in_a_line(statement), set()).update(plan)
            else:
                _listening[-1].untold.add(_in_a_line(statement))
        return await super().execute(query, params, **how)


class _ExplainingPool(AsyncConnectionPool[Connection]):
    def __init__(self, url: str, *, kwargs: dict[str, Any], **how: Any) -> None:
        super().__init__(url, kwargs=kwargs | {"cursor_factory": ExplainingCursor}, **how)


@contextmanager
def explaining() -> Iterator[None]:
    """Databases built meanwhile can be listened to."""
    usual = database.AsyncConnectionPool
    setattr(database, "AsyncConnectionPool", _ExplainingPool)  # noqa: B010 - mypy: another type
    try:
        yield
    finally:
        setattr(database, "AsyncConnectionPool", usual)  # noqa: B010


def accesses_of(plan: dict[str, Any]) -> set[Access]:
    """Every table that a plan in JSON reads, and how."""
    here = set()
    if "Relation Name" in plan and "Scan" in plan["Node Type"]:
        here.add(Access(plan["Relation Name"], plan["Node Type"], plan.get("Index Name", "")))
    below = [accesses_of(part) for part in plan.get("Plans", ())]
    # A bitmap's index is a node below the table's.
    if plan["Node Type"] == "Bitmap Heap Scan":
        indexes = sorted({i for part in plan["Plans"] for i in _bitmap_indexes(part)})
        here = {Access(plan["Relation Name"], "Bitmap Heap Scan", ", ".join(indexes))}
    return here.union(*below)


def _bitmap_indexes(plan: dict[str, Any]) -> Iterator[str]:
    if "Index Name" in plan:
        yield plan["Index Name"]
    for part in plan.get("Plans", ()):
        yield from _bitmap_indexes(part)


def _statement_of(query: Any, conn: Any) -> str | None:
    """The statement, if it is one alone that reads or writes tables."""
    if isinstance(query, str | bytes):
        text = query if isinstance(query, str) else query.decode()
    else:
        text = query.as_string(conn)
    if not _READS_OR_WRITES.match(text) or _SETS.search(text):
        return None
    return text


async def _explained(conn: Any, statement: str, params: Any) -> dict[str, Any]:
    cursor = AsyncCursor(conn, row_factory=tuple_row)
    explain = b"explain (format json, costs off) " + statement.encode()
    await cursor.execute(explain, params, prepare=False)
    row = await cursor.fetchone()
    assert row is not None
    told = row[0] if not isinstance(row[0], str) else json.loads(row[0])
    return dict(told[0]["Plan"])


def _in_a_line(statement: str) -> str:
    return " ".join(statement.split())
