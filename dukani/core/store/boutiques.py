"""Boutiques, the tenants: read, added and changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection
from dukani.core.languages import Language
from dukani.core.store.payments import PaymentProvider
from dukani.core.store.platform_pauses import RESTORED, WHOLE

_COLUMNS = """b.id::text as id, b.slug, b.name, b.country, b.currency, b.timezone, b.language,
  b.owner_name, b.owner_phone, b.whatsapp_provider, b.payment_provider, b.delivery_fee_minor,
  b.shop_info, b.active, b.paused_at, b.owner_muted, b.platform_pauses"""


@dataclass(frozen=True, slots=True)
class Boutique:
    """A tenant: one shop with one WhatsApp number. `country` is ISO 3166, `currency` ISO 4217."""

    id: str
    slug: str
    name: str
    country: str
    currency: str
    timezone: str
    language: Language
    owner_name: str | None
    owner_phone: str | None = field(repr=False)
    whatsapp_provider: WhatsAppProvider
    payment_provider: PaymentProvider
    delivery_fee_minor: int
    shop_info: dict[str, Any] = field(repr=False)
    active: bool
    paused_at: datetime | None = None  # the owner paused the assistant for every customer
    owner_muted: Sequence[str] = ()  # kinds of alerts that the owner's phone gets no note of
    # Since when the platform has paused the whole of it (`all`) or a channel, by its provider.
    platform_pauses: Mapping[str, str] = field(default_factory=dict)

    def paused_since(self, provider: WhatsAppProvider) -> datetime | None:
        """Since when the assistant answers nobody by this provider, whoever paused it first."""
        return min(filter(None, (self.paused_at, self.stopped_since(provider))), default=None)

    @property
    def restored_at(self) -> datetime | None:
        """When the installation was restored from a backup, while the shop is paused for that."""
        told = self.platform_pauses.get(RESTORED)
        return datetime.fromisoformat(told) if told else None

    def stopped_since(self, provider: WhatsAppProvider | None = None) -> datetime | None:
        """Since when the platform has paused the channel, or (without one) the whole boutique."""
        told = (self.platform_pauses.get(WHOLE), self.platform_pauses.get(provider or WHOLE))
        return min((datetime.fromisoformat(at) for at in told if at), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBoutique:
    """The fields of a boutique without an id yet; `slug` is unique."""

    slug: str
    name: str
    whatsapp_provider: WhatsAppProvider
    payment_provider: PaymentProvider
    country: str = "KE"
    currency: str = "KES"
    language: Language = "en"
    owner_name: str | None = None
    owner_phone: str | None = None
    delivery_fee_minor: int = 0
    shop_info: Mapping[str, Any] = field(default_factory=dict)
    active: bool = True


async def add(conn: Connection, new: NewBoutique) -> str | None:
    """The new boutique's id; None when its slug is taken. Needs a system connection."""
    cursor = await conn.execute(
        """insert into boutiques (slug, name, country, currency, language, owner_name, owner_phone,
             whatsapp_provider, payment_provider, delivery_fee_minor, shop_info, active)
           values (%(slug)s, %(name)s, %(country)s, %(currency)s, %(language)s, %(owner_name)s,
             %(owner_phone)s, %(whatsapp_provider)s, %(payment_provider)s, %(delivery_fee_minor)s,
             %(shop_info)s, %(active)s)
           on conflict (slug) do nothing returning id::text""",
        _values(new),
    )
    row = await cursor.fetchone()
    return str(row["id"]) if row else None


async def change(conn: Connection, new: NewBoutique, *, boutique_id: str) -> None:
    """Set everything but the slug. Needs a system connection."""
    await conn.execute(
        """update boutiques set name = %(name)s, country = %(country)s,
             currency = %(currency)s, language = %(language)s,
             owner_name = %(owner_name)s, owner_phone = %(owner_phone)s,
             whatsapp_provider = %(whatsapp_provider)s,
             payment_provider = %(payment_provider)s,
             delivery_fee_minor = %(delivery_fee_minor)s, shop_info = %(shop_info)s,
             active = %(active)s
           where id = %(boutique_id)s""",
        _values(new) | {"boutique_id": boutique_id},
    )


def _values(new: NewBoutique) -> dict[str, Any]:
    return asdict(new) | {"shop_info": Jsonb(dict(new.shop_info))}


async def get(conn: Connection, *, boutique_id: str) -> Boutique | None:
    """The boutique; a tenant's connection finds only the tenant itself."""
    async with conn.cursor(row_factory=class_row(Boutique)) as cursor:
        await cursor.execute(
            f"select {_COLUMNS} from boutiques b where b.id = %(boutique_id)s",
            {"boutique_id": boutique_id},
        )
        return await cursor.fetchone()


async def pause(conn: Connection, *, paused: bool) -> bool:
    """Pause the assistant of the tenant's boutique, or let it go on; false when it already was."""
    cursor = await conn.execute(
        """update boutiques set paused_at = case when %(paused)s then now() end
           where id = private.current_boutique() and (paused_at is not null) <> %(paused)s""",
        {"paused": paused},
    )
    return cursor.rowcount == 1


async def by_slug(conn: Connection, *, slug: str) -> Boutique | None:
    """The boutique, open or closed. Needs a system connection."""
    async with conn.cursor(row_factory=class_row(Boutique)) as cursor:
        await cursor.execute(
            f"select {_COLUMNS} from boutiques b where b.slug = %(slug)s", {"slug": slug}
        )
        return await cursor.fetchone()


async def every(conn: Connection) -> list[Boutique]:
    """All boutiques, open or closed, by slug. Needs a system connection."""
    async with conn.cursor(row_factory=class_row(Boutique)) as cursor:
        await cursor.execute(f"select {_COLUMNS} from boutiques b order by b.slug")
        return await cursor.fetchall()


async def open_slugs(conn: Connection) -> list[str]:
    """The slugs of the open boutiques, in the order they were added. Needs a system connection."""
    cursor = await conn.execute("select slug from boutiques where active order by created_at, slug")
    return [str(row["slug"]) for row in await cursor.fetchall()]


# A boutique that was closed is not open either, but it had customers.
_HALF_FILLED = """not active and slug = any(%(slugs)s)
  and not exists (select from customers where customers.boutique_id = boutiques.id)"""


async def are_half_filled(conn: Connection, *, slugs: Sequence[str]) -> bool:
    """Whether one of these boutiques was added and never opened. Needs a system connection."""
    cursor = await conn.execute(
        f"select from boutiques where {_HALF_FILLED} limit 1".encode(), {"slugs": list(slugs)}
    )
    return await cursor.fetchone() is not None


async def remove_half_filled(conn: Connection, *, slugs: Sequence[str]) -> None:
    """Needs a system connection."""
    await conn.execute(
        f"delete from boutiques where {_HALF_FILLED}".encode(), {"slugs": list(slugs)}
    )


async def open_for_business(conn: Connection, *, boutique_id: str) -> None:
    """Needs a system connection."""
    await conn.execute("update boutiques set active = true where id = %s", (boutique_id,))


async def by_inbound_number(conn: Connection, *, provider: str, account: str) -> Boutique | None:
    """The boutique a message was sent to. Needs a system connection: no tenant is known yet.

    `account` is the number in E.164 at Twilio, the phone number id at Meta.
    """
    async with conn.cursor(row_factory=class_row(Boutique)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from boutiques b
                join provider_credentials c on c.boutique_id = b.id
                where c.provider = %(provider)s and c.account = %(account)s
                  and c.active and b.active and not c.shared""",
            {"provider": provider, "account": account},
        )
        return await cursor.fetchone()


async def id_by_number(conn: Connection, *, provider: str, account: str) -> str | None:
    """The id of the boutique, open or closed, with this number. Needs a system connection."""
    cursor = await conn.execute(
        """select boutique_id::text as id from provider_credentials
           where provider = %(provider)s and account = %(account)s and not shared""",
        {"provider": provider, "account": account},
    )
    row = await cursor.fetchone()
    return str(row["id"]) if row else None


async def active_ids(conn: Connection) -> list[str]:
    """Of all boutiques that are open. Needs a system connection."""
    cursor = await conn.execute("select id::text from boutiques where active order by id")
    return [row["id"] for row in await cursor.fetchall()]
