"""What an occurrence needs before it is sent, and how it is forgotten when it is not."""

from __future__ import annotations

from dataclasses import dataclass, field

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class ToCome:
    """Recipients to be sent to whose messages cost the same; `sample` is one of their numbers."""

    variant: str | None
    language: str
    sample: str | None = field(repr=False)
    recipients: int


async def to_come(conn: Connection, *, occurrence_id: str) -> list[ToCome]:
    """Who is to be sent to and took no tokens yet, by arm, language and country.

    The first four characters of a number tell its country (`+254`, `+1 2`): a country code has no
    more than three digits.
    """
    async with conn.cursor(row_factory=class_row(ToCome)) as cursor:
        await cursor.execute(
            """select r.variant, r.language, min(c.phone) as sample, count(*)::int as recipients
               from campaign_recipients r
               join customers c on c.boutique_id = r.boutique_id and c.id = r.customer_id
               where r.boutique_id = private.current_boutique()
                 and r.occurrence_id = %(occurrence_id)s and r.state = 'planned'
                 and r.tokens is null
               group by r.variant, r.language, left(c.phone, 4)""",
            {"occurrence_id": occurrence_id},
        )
        return await cursor.fetchall()


async def forget(conn: Connection, *, occurrence_id: str) -> None:
    """Nothing of it was sent: the occurrence and its recipients go."""
    await conn.execute(
        """delete from campaign_occurrences where boutique_id = private.current_boutique()
             and id = %(occurrence_id)s and status = 'planning'""",
        {"occurrence_id": occurrence_id},
    )
