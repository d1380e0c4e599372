"""Tags that the shop's people give customers, in words of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class UsedTag:
    tag: str
    customers: int


async def of_boutique(conn: Connection) -> list[UsedTag]:
    """All tags in use, the most used first."""
    async with conn.cursor(row_factory=class_row(UsedTag)) as cursor:
        await cursor.execute(
            """select tag, count(*)::int as customers from customer_tags
               where boutique_id = private.current_boutique()
               group by tag order by customers desc, tag limit 100"""
        )
        return await cursor.fetchall()


async def replace(conn: Connection, *, customer_id: str, tags: Sequence[str]) -> None:
    """Give the customer these tags and no other."""
    given = {"customer_id": customer_id, "tags": list(tags)}
    await conn.execute(
        """delete from customer_tags where boutique_id = private.current_boutique()
             and customer_id = %(customer_id)s and tag <> all(%(tags)s)""",
        given,
    )
    await conn.execute(
        """insert into customer_tags (boutique_id, customer_id, tag)
           select private.current_boutique(), %(customer_id)s, tag from unnest(%(tags)s::text[]) tag
           on conflict do nothing""",
        given,
    )
