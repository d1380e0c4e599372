"""Carts of the shop's window: what a visitor has in the browser, so that a left cart is seen.

A row holds variant ids and quantities under the visitor's number. It names nobody and has no price.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import LiteralString

from psycopg.types.json import Jsonb

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class WindowCart:
    """`lines`: (variant id, quantity). `customer_id`: who the visitor said she is, if she did."""

    id: str
    anonymous_id: str
    lines: Sequence[tuple[str, int]]
    version: int
    utm_message_id: str | None
    customer_id: str | None
    is_open: bool


async def note(
    conn: Connection,
    *,
    anonymous_id: str,
    lines: Mapping[str, int],
    utm_message_id: str | None = None,
) -> str | None:
    """Keep the visitor's cart as it is now; its id. An empty cart has ended: None.

    `utm_message_id`: the message that led her here; the last one stays.
    """
    if not lines:
        await end(conn, anonymous_id=anonymous_id)
        return None
    cursor = await conn.execute(
        """insert into window_carts as w (boutique_id, anonymous_id, lines, utm_message_id)
           values (private.current_boutique(), %(anonymous_id)s, %(lines)s, %(message)s)
           on conflict (boutique_id, anonymous_id) where ended_at is null do update set
             lines = excluded.lines,
             version = w.version + (w.lines is distinct from excluded.lines)::int,
             changed_at = case when w.lines is distinct from excluded.lines
               then clock_timestamp() else w.changed_at end,
             utm_message_id = coalesce(excluded.utm_message_id, w.utm_message_id)
           returning id::text""",
        {
            "anonymous_id": anonymous_id,
            "lines": Jsonb([[variant, count] for variant, count in lines.items()]),
            "message": utm_message_id,
        },
    )
    row = await cursor.fetchone()
    assert row is not None  # inserted or updated
    return str(row["id"])


async def end(conn: Connection, *, anonymous_id: str) -> None:
    """The cart was emptied, ordered, or taken into the chat."""
    await conn.execute(
        """update window_carts set ended_at = clock_timestamp()
           where boutique_id = private.current_boutique() and anonymous_id = %(anonymous_id)s
             and ended_at is null""",
        {"anonymous_id": anonymous_id},
    )


_COLUMNS: LiteralString = """select w.id::text, w.anonymous_id::text, w.lines, w.version,
  w.utm_message_id, v.customer_id::text, w.ended_at is null as is_open
from window_carts w
left join visitor_customers v
  on v.boutique_id = w.boutique_id and v.anonymous_id = w.anonymous_id
where w.boutique_id = private.current_boutique()"""


async def get(conn: Connection, *, cart_id: str) -> WindowCart | None:
    """The cart, ended ones too."""
    cursor = await conn.execute(f"{_COLUMNS} and w.id = %(cart_id)s", {"cart_id": cart_id})
    return _read(await cursor.fetchone())


async def open_of(conn: Connection, *, anonymous_id: str) -> WindowCart | None:
    """What the visitor has in the cart now."""
    cursor = await conn.execute(
        f"{_COLUMNS} and w.anonymous_id = %(anonymous_id)s and w.ended_at is null",
        {"anonymous_id": anonymous_id},
    )
    return _read(await cursor.fetchone())


def _read(row: Mapping[str, object] | None) -> WindowCart | None:
    if row is None:
        return None
    lines = row["lines"]
    assert isinstance(lines, list)  # a check of the table
    return WindowCart(
        **dict(row) | {"lines": [(str(variant), int(count)) for variant, count in lines]}  # type: ignore[arg-type]
    )
