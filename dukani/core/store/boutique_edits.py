"""What an owner sees and changes of the boutique itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection
from dukani.core.languages import Language


@dataclass(frozen=True, slots=True)
class ShownBoutique:
    id: str
    slug: str
    name: str
    country: str
    currency: str
    timezone: str
    language: Language
    owner_name: str | None
    owner_phone: str | None = field(repr=False)
    whatsapp_provider: str
    payment_provider: str
    delivery_fee_minor: int
    low_stock_at: int
    cart_left_after_hours: int  # a cart that nobody changed for so long was left
    shop_info: dict[str, Any] = field(repr=False)
    updated_at: datetime
    changed_by: str | None = field(repr=False)  # the address of the member who changed it last


async def get(conn: Connection, *, lock: bool = False) -> ShownBoutique:
    """The boutique of the connection; with `lock`, the row is locked until its end."""
    async with conn.cursor(row_factory=class_row(ShownBoutique)) as cursor:
        await cursor.execute(
            b"""select id::text, slug, name, country, currency, timezone, language, owner_name,
                 owner_phone, whatsapp_provider, payment_provider, delivery_fee_minor, low_stock_at,
                 (extract(epoch from cart_left_after) / 3600)::int as cart_left_after_hours,
                 shop_info, updated_at, private.last_changed_by('boutiques:' || id) as changed_by
               from boutiques where id = private.current_boutique()"""
            + (b" for no key update" if lock else b"")
        )
        found = await cursor.fetchone()
    assert found is not None, "the boutique of a member's connection exists"
    return found


async def save(conn: Connection, boutique: ShownBoutique) -> None:
    """Write every field that an owner changes."""
    await conn.execute(
        """update boutiques set name = %(name)s, timezone = %(timezone)s, language = %(language)s,
             owner_name = %(owner_name)s, owner_phone = %(owner_phone)s,
             delivery_fee_minor = %(delivery_fee_minor)s, low_stock_at = %(low_stock_at)s,
             cart_left_after = case
               when (extract(epoch from cart_left_after) / 3600)::int = %(cart_left_after_hours)s
               then cart_left_after else make_interval(hours => %(cart_left_after_hours)s) end,
             shop_info = %(shop_info)s
           where id = private.current_boutique()""",
        {
            "name": boutique.name,
            "timezone": boutique.timezone,
            "language": boutique.language,
            "owner_name": boutique.owner_name,
            "owner_phone": boutique.owner_phone,
            "delivery_fee_minor": boutique.delivery_fee_minor,
            "low_stock_at": boutique.low_stock_at,
            "cart_left_after_hours": boutique.cart_left_after_hours,
            "shop_info": Jsonb(boutique.shop_info),
        },
    )


async def knows_timezone(conn: Connection, *, name: str) -> bool:
    """Whether the database has a time zone of this name."""
    cursor = await conn.execute(
        "select exists (select from pg_timezone_names where name = %(name)s) as known",
        {"name": name},
    )
    row = await cursor.fetchone()
    return bool(row and row["known"])
