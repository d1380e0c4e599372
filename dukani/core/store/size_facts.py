"""What customers said of their sizes: sizes, measures, and how a size fitted. Append-only."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeFact:
    """One thing said of a size. Measures are centimetres."""

    kind: Literal["stated", "measured", "fit"]
    said_at: datetime
    wearer_id: str | None = None  # None: of the customer herself
    category: str | None = None  # None: of no piece in particular
    size: str | None = None
    measure: Literal["bust", "waist", "hips", "foot", "height", "length"] | None = None
    cm: float | None = None
    fit: Literal["too_small", "right", "too_large"] | None = None
    words: str = ""


async def add(
    conn: Connection, fact: SizeFact, *, customer_id: str, message_id: str, position: int
) -> bool:
    """Adds what was said in a message, at that place of it; False when it is there already."""
    cursor = await conn.execute(
        """
        insert into size_facts (boutique_id, customer_id, wearer_id, kind, category, size, measure,
          cm, fit, words, message_id, position, said_at)
        values (private.current_boutique(), %(customer_id)s, %(wearer_id)s, %(kind)s, %(category)s,
          %(size)s, %(measure)s, %(cm)s, %(fit)s, %(words)s, %(message_id)s, %(position)s,
          %(said_at)s)
        on conflict (boutique_id, message_id, position) do nothing
        """,
        asdict(fact) | {"customer_id": customer_id, "message_id": message_id, "position": position},
    )
    return cursor.rowcount == 1


async def of_wearer(
    conn: Connection, *, customer_id: str, wearer_id: str | None = None, limit: int = 40
) -> list[SizeFact]:
    """What the customer said last of her own sizes, or of this wearer's; newest first."""
    async with conn.cursor(row_factory=class_row(SizeFact)) as cursor:
        await cursor.execute(
            """
            select kind, said_at, wearer_id::text as wearer_id, category, size, measure,
              cm::float8 as cm, fit, words
            from size_facts
            where boutique_id = private.current_boutique() and customer_id = %(customer_id)s
              and wearer_id is not distinct from %(wearer_id)s::uuid
            order by said_at desc, position desc limit %(limit)s
            """,
            {"customer_id": customer_id, "wearer_id": wearer_id, "limit": limit},
        )
        return await cursor.fetchall()
