"""Boutiques, as the assistant sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.payments import PaymentProvider

Channel = Literal["twilio", "meta"]

_COLUMNS = """b.id::text as id, b.slug, b.name, b.country, b.currency, b.timezone, b.language,
  b.owner_name, b.owner_phone, b.channel, b.payment_provider, b.delivery_fee_minor, b.shop_info,
  b.active"""


@dataclass(frozen=True, slots=True)
class Boutique:
    """A tenant: one shop with one WhatsApp number. `country` is ISO 3166, `currency` ISO 4217."""

    id: str
    slug: str
    name: str
    country: str
    currency: str
    timezone: str
    language: Literal["en", "sw"]
    owner_name: str | None
    owner_phone: str | None = field(repr=False)
    channel: Channel
    payment_provider: PaymentProvider
    delivery_fee_minor: int
    shop_info: dict[str, Any] = field(repr=False)
    active: bool


async def get(conn: Connection, *, boutique_id: str) -> Boutique | None:
    """The boutique; on a tenant's connection none but the tenant itself."""
    async with conn.cursor(row_factory=class_row(Boutique)) as cursor:
        await cursor.execute(
            f"select {_COLUMNS} from boutiques b where b.id = %(boutique_id)s",
            {"boutique_id": boutique_id},
        )
        return await cursor.fetchone()


async def by_inbound_number(conn: Connection, *, provider: str, account: str) -> Boutique | None:
    """Whose number a message was sent to. Needs a system connection: no tenant is known yet.

    `account` is the number in E.164 at Twilio, the phone number id at Meta.
    """
    async with conn.cursor(row_factory=class_row(Boutique)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from boutiques b
                join provider_credentials c on c.boutique_id = b.id
                where c.provider = %(provider)s and c.account = %(account)s
                  and c.active and b.active""",
            {"provider": provider, "account": account},
        )
        return await cursor.fetchone()
