"""What an occurrence needs before it is sent, and how it is forgotten when it is not."""

from __future__ import annotations

from dataclasses import dataclass, field

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class Numbers:
    """Planned recipients whose numbers begin alike; `sample` is one of them."""

    sample: str | None = field(repr=False)
    recipients: int


async def numbers(conn: Connection, *, occurrence_id: str) -> list[Numbers]:
    """The planned recipients by the first four characters of their numbers: `+254`, `+1 2`.

    A country code is told by no more than three digits.
    """
    async with conn.cursor(row_factory=class_row(Numbers)) as cursor:
        await cursor.execute(
            """select min(c.phone) as sample, count(*)::int as recipients
               from campaign_recipients r
               join customers c on c.boutique_id = r.boutique_id and c.id = r.customer_id
               where r.boutique_id = private.current_boutique()
                 and r.occurrence_id = %(occurrence_id)s and r.state = 'planned'
               group by left(c.phone, 4)""",
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
