"""Size charts of a boutique: for which body each size is cut, and its names in other systems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class StoredChart:
    """A chart; without a category, of every category of the audience that has no other.

    Each row: {"size": "M", "measures": {"bust": [from, to in cm]}, "also": ["UK 12"]}.
    """

    category: str | None
    audience: Literal["women", "men", "children"]
    rows: Sequence[Mapping[str, Any]]


async def of_boutique(conn: Connection) -> list[StoredChart]:
    """The boutique's charts, that of one category before that of all."""
    async with conn.cursor(row_factory=class_row(StoredChart)) as cursor:
        await cursor.execute(
            """
            select category, audience, rows from size_charts
            where boutique_id = private.current_boutique()
            order by category nulls last, audience
            """
        )
        return await cursor.fetchall()


async def replace_all(conn: Connection, charts: Sequence[StoredChart], *, boutique_id: str) -> None:
    """Make these the boutique's only charts.

    Needs a system connection: the assistant may only read charts.
    """
    await conn.execute("delete from size_charts where boutique_id = %s", (boutique_id,))
    for chart in charts:
        await conn.execute(
            """
            insert into size_charts (boutique_id, category, audience, rows)
            values (%(boutique_id)s, %(category)s, %(audience)s, %(rows)s)
            """,
            {
                "boutique_id": boutique_id,
                "category": chart.category,
                "audience": chart.audience,
                "rows": Jsonb([dict(row) for row in chart.rows]),
            },
        )
