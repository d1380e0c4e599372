"""Lists of customers' requests, as the people who answer them see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.keyset import Key
from dukani.core.store.requests import RequestKind


@dataclass(frozen=True, slots=True)
class ListedRequest:
    id: str
    customer_id: str
    customer_name: str | None
    conversation_id: str
    order_id: str | None
    order_number: str | None
    kind: RequestKind
    words: str
    details: dict[str, Any]
    status: Literal["open", "done"]
    created_at: datetime
    done_at: datetime | None

    @property
    def key(self) -> Key:
        return Key(self.created_at, self.id)


_LIST = """
select r.id::text, r.customer_id::text, c.name as customer_name, r.conversation_id::text,
  r.order_id::text, o.number as order_number, r.kind, r.words, r.details, r.status, r.created_at,
  r.done_at
from requests r
join customers c on c.boutique_id = r.boutique_id and c.id = r.customer_id
left join orders o on o.boutique_id = r.boutique_id and o.id = r.order_id
where r.boutique_id = private.current_boutique()
"""


async def page(
    conn: Connection, *, status: Literal["open", "done"], after: Key | None, limit: int
) -> list[ListedRequest]:
    """The requests after the one with the key `after`, newest first."""
    later = " and (r.created_at, r.id) < (%(at)s, %(id)s::uuid)" if after else ""
    ordered = " order by r.created_at desc, r.id desc limit %(limit)s"
    async with conn.cursor(row_factory=class_row(ListedRequest)) as cursor:
        await cursor.execute(
            (_LIST + f" and r.status = '{status}'" + later + ordered).encode(),
            {
                "limit": limit,
                "at": after.value if after else None,
                "id": after.id if after else None,
            },
        )
        return await cursor.fetchall()


async def get(conn: Connection, *, request_id: str) -> ListedRequest | None:
    async with conn.cursor(row_factory=class_row(ListedRequest)) as cursor:
        await cursor.execute(_LIST + " and r.id = %(request_id)s", {"request_id": request_id})
        return await cursor.fetchone()


async def set_done(conn: Connection, *, request_id: str, done: bool) -> bool:
    """Close a request, or open it again; false: there is no such."""
    cursor = await conn.execute(
        """update requests set status = case when %(done)s then 'done' else 'open' end,
             done_at = case when %(done)s then coalesce(done_at, now()) end
           where boutique_id = private.current_boutique() and id = %(request_id)s""",
        {"request_id": request_id, "done": done},
    )
    return cursor.rowcount == 1
