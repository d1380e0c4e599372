"""What each rule has sent and sold lately, for the list of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class RuleSums:
    """`sales`: orders that came of its messages and were not reversed, in minor units `sold`."""

    rule_id: str
    sent: int
    sales: int
    sold_minor: int


async def since(conn: Connection, *, at: datetime) -> list[RuleSums]:
    """Of the rules that sent or sold something since; the shop has one currency."""
    async with conn.cursor(row_factory=class_row(RuleSums)) as cursor:
        await cursor.execute(
            """select rule_id::text as rule_id, sum(sent)::int as sent, sum(sales)::int as sales,
                 sum(sold_minor)::bigint as sold_minor
               from (
                 select rule_id, count(*) as sent, 0 as sales, 0 as sold_minor
                 from automation_sends
                 where boutique_id = private.current_boutique() and created_at >= %(at)s
                   and sent_at is not null
                 group by rule_id
                 union all
                 select rule_id, 0, count(*), sum(amount_minor)
                 from automation_conversions
                 where boutique_id = private.current_boutique() and converted_at >= %(at)s
                   and reversed_at is null
                 group by rule_id) its
               group by rule_id""",
            {"at": at},
        )
        return await cursor.fetchall()
