"""Requests of customers that only a person of the boutique can grant or answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection

RequestKind = Literal[
    "order_change",
    "hold",
    "complaint",
    "gift_wrap",
    "pay_on_delivery",
    "address_change",
    "other",
]


@dataclass(frozen=True, slots=True)
class Request:
    id: str
    customer_id: str
    conversation_id: str
    order_id: str | None
    kind: RequestKind
    words: str  # the customer's own
    details: dict[str, Any]
    status: Literal["open", "done"]
    created_at: datetime


async def add(
    conn: Connection,
    *,
    customer_id: str,
    conversation_id: str,
    kind: RequestKind,
    words: str,
    order_id: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> str:
    """The new request's id."""
    cursor = await conn.execute(
        """
        insert into requests (boutique_id, customer_id, conversation_id, order_id, kind, words,
          details)
        values (private.current_boutique(), %(customer_id)s, %(conversation_id)s, %(order_id)s,
          %(kind)s, %(words)s, %(details)s)
        returning id::text
        """,
        {
            "customer_id": customer_id,
            "conversation_id": conversation_id,
            "order_id": order_id,
            "kind": kind,
            "words": words,
            "details": Jsonb(dict(details or {})),
        },
    )
    row = await cursor.fetchone()
    assert row is not None  # `returning` gives a row or the statement raised
    return str(row["id"])


async def open_of_order(conn: Connection, *, order_id: str) -> list[Request]:
    """The open requests about this order, oldest first."""
    async with conn.cursor(row_factory=class_row(Request)) as cursor:
        await cursor.execute(
            """
            select id::text, customer_id::text, conversation_id::text, order_id::text, kind,
              words, details, status, created_at
            from requests
            where boutique_id = private.current_boutique() and order_id = %(order_id)s
              and status = 'open'
            order by created_at, id
            """,
            {"order_id": order_id},
        )
        return await cursor.fetchall()
