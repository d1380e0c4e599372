"""What the money of a statement may be for, as people call it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.statement_matches import Thing, ThingKind


@dataclass(frozen=True, slots=True)
class Named:
    kind: ThingKind
    id: str
    order_id: str | None
    sale_id: str | None
    debt_payment_id: str | None
    number: str
    name: str | None


async def named(conn: Connection, things: Sequence[Thing]) -> Mapping[tuple[ThingKind, str], Named]:
    """For each its order or sale, with the number and the name; those who owe have none of it."""
    ids: dict[str, list[str]] = {"payment": [], "order": [], "sale": [], "refund": []}
    ids["debt_payment"] = []
    for one in things:
        if one.kind in ids:
            ids[one.kind].append(one.id)
    async with conn.cursor(row_factory=class_row(Named)) as cursor:
        await cursor.execute(
            """
            with wanted as (
              select 'order' as kind, o.id, o.id as order_id from orders o
              where o.boutique_id = private.current_boutique() and o.id = any(%(order)s::uuid[])
              union all
              select 'payment', p.id, p.order_id from payments p
              where p.boutique_id = private.current_boutique() and p.id = any(%(payment)s::uuid[]))
            select w.kind, w.id::text, o.id::text as order_id, null as sale_id,
              null as debt_payment_id, o.number, c.name
            from wanted w
            join orders o on o.boutique_id = private.current_boutique() and o.id = w.order_id
            join customers c on c.boutique_id = o.boutique_id and c.id = o.customer_id
            union all
            select 'sale', s.id::text, null, s.id::text, null, s.number, s.buyer_name
            from counter_sales s
            where s.boutique_id = private.current_boutique() and s.id = any(%(sale)s::uuid[])
            union all
            select 'debt_payment', d.id::text, null, null, d.id::text, min(s.number),
              min(s.buyer_name)
            from debt_payments d
            join credit_entries e on e.boutique_id = d.boutique_id and e.payment_id = d.id
            join counter_sales s on s.boutique_id = e.boutique_id and s.id = e.sale_id
            where d.boutique_id = private.current_boutique()
              and d.id = any(%(debt_payment)s::uuid[])
            group by d.id
            """,
            ids,
        )
        return {(one.kind, one.id): one for one in await cursor.fetchall()}
