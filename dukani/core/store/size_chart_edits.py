"""Size charts with their ids, as an owner edits them one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection
from dukani.core.store.size_charts import StoredChart


@dataclass(frozen=True, slots=True)
class EditedChart:
    id: str
    category: str | None
    audience: Literal["women", "men", "children"]
    rows: Sequence[Mapping[str, Any]]  # as `StoredChart` has them
    updated_at: datetime


async def of_boutique(conn: Connection) -> list[EditedChart]:
    """That of all garments before that of one kind."""
    async with conn.cursor(row_factory=class_row(EditedChart)) as cursor:
        await cursor.execute(
            """select id::text, category, audience, rows, updated_at from size_charts
               where boutique_id = private.current_boutique()
               order by category nulls first, audience"""
        )
        return await cursor.fetchall()


async def put(conn: Connection, chart: StoredChart) -> None:
    """Write the chart of this category and audience, which has one at most."""
    await conn.execute(
        """insert into size_charts (boutique_id, category, audience, rows)
           values (private.current_boutique(), %(category)s, %(audience)s, %(rows)s)
           on conflict (boutique_id, category, audience) do update set rows = %(rows)s""",
        {
            "category": chart.category,
            "audience": chart.audience,
            "rows": Jsonb([dict(row) for row in chart.rows]),
        },
    )


async def remove(conn: Connection, *, chart_id: str) -> bool:
    """False: there is no such chart."""
    cursor = await conn.execute(
        """delete from size_charts
           where boutique_id = private.current_boutique() and id = %(chart_id)s""",
        {"chart_id": chart_id},
    )
    return cursor.rowcount == 1
