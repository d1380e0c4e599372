"""The drafts of a boutique's own message templates, as its owner writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection
from dukani.core.store.message_templates import (
    TemplateCategory,
    TemplateLanguage,
    TemplateStatus,
)


async def add(
    conn: Connection,
    *,
    provider: WhatsAppProvider,
    name: str,
    language: TemplateLanguage,
    category: TemplateCategory,
    form: Mapping[str, Any],
) -> str:
    """A new draft's id. Raises psycopg's UniqueViolation for a name that is taken."""
    cursor = await conn.execute(
        """insert into message_templates (boutique_id, provider, name, language, category, form)
           values (private.current_boutique(), %(provider)s, %(name)s, %(language)s, %(category)s,
             %(form)s)
           returning id::text as id""",
        {
            "provider": provider,
            "name": name,
            "language": language,
            "category": category,
            "form": Jsonb(dict(form)),
        },
    )
    row = await cursor.fetchone()
    assert row is not None, "an insert returns its row"
    return str(row["id"])


async def rewrite(
    conn: Connection,
    *,
    template_id: str,
    name: str,
    language: TemplateLanguage,
    category: TemplateCategory,
    form: Mapping[str, Any],
) -> bool:
    """Write a draft anew, or what was rejected; False: it is neither. Raises UniqueViolation.

    The provider knows a rejected one by its name, so only a draft gets another.
    """
    cursor = await conn.execute(
        """update message_templates set category = %(category)s, form = %(form)s,
             name = case when status = 'draft' then %(name)s else name end,
             language = case when status = 'draft' then %(language)s else language end
           where boutique_id = private.current_boutique() and id = %(id)s
             and form is not null and status in ('draft', 'rejected')""",
        {
            "id": template_id,
            "name": name,
            "language": language,
            "category": category,
            "form": Jsonb(dict(form)),
        },
    )
    return cursor.rowcount == 1


async def lock(conn: Connection, *, template_id: str) -> bool:
    """Hold a draft, or what was rejected, until the transaction ends; False: it is neither."""
    cursor = await conn.execute(
        """select from message_templates
           where boutique_id = private.current_boutique() and id = %(id)s
             and form is not null and status in ('draft', 'rejected') for update""",
        {"id": template_id},
    )
    return await cursor.fetchone() is not None


async def remove_draft(conn: Connection, *, template_id: str) -> bool:
    cursor = await conn.execute(
        """delete from message_templates where boutique_id = private.current_boutique()
             and id = %(id)s and status = 'draft'""",
        {"id": template_id},
    )
    return cursor.rowcount == 1


async def claim(conn: Connection, *, boutique_id: str, template_id: str) -> bool:
    """Take a draft, or a rejected one, for submission; False when somebody else has just done so.

    Needs a system connection. `release` gives back what the provider did not take.
    """
    cursor = await conn.execute(
        """update message_templates set status = 'pending', submitted_at = now(), reason = null
           where boutique_id = %(boutique_id)s and id = %(id)s and form is not null
             and status in ('draft', 'rejected')""",
        {"boutique_id": boutique_id, "id": template_id},
    )
    return cursor.rowcount == 1


async def release(
    conn: Connection,
    *,
    boutique_id: str,
    template_id: str,
    status: TemplateStatus,
    reason: str | None,
) -> None:
    await conn.execute(
        """update message_templates set status = %(status)s, reason = left(%(reason)s, 500)
           where boutique_id = %(boutique_id)s and id = %(id)s and status = 'pending'""",
        {"boutique_id": boutique_id, "id": template_id, "status": status, "reason": reason},
    )


async def release_lost(conn: Connection, *, boutique_id: str, listed: Sequence[str]) -> None:
    """Make drafts again of what was submitted ten minutes ago and the provider does not list.

    `listed`: names and languages, `new_arrivals:en`. Needs a system connection.
    """
    await conn.execute(
        """update message_templates set status = 'draft', reason = 'not_received'
           where boutique_id = %(boutique_id)s and status = 'pending' and form is not null
             and submitted_at < now() - interval '10 minutes'
             and name || ':' || language <> all(%(listed)s)""",
        {"boutique_id": boutique_id, "listed": list(listed)},
    )


async def remove(conn: Connection, *, boutique_id: str, template_id: str) -> None:
    """Forget one that the provider has no more. Needs a system connection."""
    await conn.execute(
        "delete from message_templates where boutique_id = %(boutique_id)s and id = %(id)s",
        {"boutique_id": boutique_id, "id": template_id},
    )


async def are_of_a_shared_account(conn: Connection) -> bool:
    """Whether the boutique sends from the platform's number."""
    cursor = await conn.execute(
        """select from provider_credentials
           where boutique_id = private.current_boutique() and shared and active"""
    )
    return await cursor.fetchone() is not None


async def boutiques_of_waba(conn: Connection, *, waba_id: str) -> list[str]:
    """The boutiques whose number is of this WhatsApp account. Needs a system connection."""
    cursor = await conn.execute(
        """select boutique_id::text as id from provider_credentials
           where provider = 'meta' and active and hints ->> 'waba_id' = %(waba_id)s""",
        {"waba_id": waba_id},
    )
    return [row["id"] for row in await cursor.fetchall()]


async def boutiques_to_ask(conn: Connection) -> list[str]:
    """The boutiques that have submitted any template. Needs a system connection."""
    cursor = await conn.execute(
        """select distinct t.boutique_id::text as id from message_templates t
           join boutiques b on b.id = t.boutique_id and b.active
           where t.status <> 'draft' order by id"""
    )
    return [row["id"] for row in await cursor.fetchall()]


async def any_pending(conn: Connection, *, boutique_id: str) -> bool:
    cursor = await conn.execute(
        """select from message_templates
           where boutique_id = %(boutique_id)s and status = 'pending' limit 1""",
        {"boutique_id": boutique_id},
    )
    return await cursor.fetchone() is not None


async def owns_picture(conn: Connection, *, path: str) -> bool:
    """Whether a picture of the boutique's pieces lies at this path."""
    cursor = await conn.execute(
        """select from product_images
           where boutique_id = private.current_boutique() and path = %(path)s limit 1""",
        {"path": path},
    )
    return await cursor.fetchone() is not None


async def newest_picture(conn: Connection) -> str | None:
    """The cover of the boutique's newest piece on sale."""
    return await _newest_picture(conn, "private.current_boutique()", {})


async def newest_picture_of(conn: Connection, *, boutique_id: str) -> str | None:
    """As `newest_picture`. Needs a system connection."""
    return await _newest_picture(conn, "%(boutique_id)s", {"boutique_id": boutique_id})


async def _newest_picture(
    conn: Connection, boutique: LiteralString, values: Mapping[str, Any]
) -> str | None:
    cursor = await conn.execute(
        f"""select i.path from products p
            join product_images i on i.boutique_id = p.boutique_id and i.product_id = p.id
            where p.boutique_id = {boutique} and p.active
            order by p.created_at desc, i.position limit 1""",
        values,
    )
    row = await cursor.fetchone()
    return row["path"] if row else None


@dataclass(frozen=True, slots=True)
class Buyer:
    """A customer, with the total of the last order that was paid; none: there is none."""

    customer_id: str
    name: str | None = field(repr=False)
    last_total_minor: int | None
    currency: str


async def buyer(conn: Connection, *, customer_id: str | None) -> Buyer | None:
    """The customer; without an id the one who paid last, of those who told their name."""
    async with conn.cursor(row_factory=class_row(Buyer)) as cursor:
        await cursor.execute(
            _A_CUSTOMER if customer_id else _LAST_BUYER, {"customer_id": customer_id}
        )
        return await cursor.fetchone()


_LAST_BUYER = """
select c.id::text as customer_id, c.name, o.total_minor as last_total_minor, o.currency
from orders o
join customers c on c.boutique_id = o.boutique_id and c.id = o.customer_id
where o.boutique_id = private.current_boutique() and o.payment_status = 'paid'
  and c.name is not null
order by o.created_at desc limit 1
"""
_A_CUSTOMER = """
select c.id::text as customer_id, c.name, o.total_minor as last_total_minor,
  coalesce(o.currency, b.currency) as currency
from customers c
join boutiques b on b.id = c.boutique_id
left join lateral (
  select total_minor, currency from orders o
  where o.boutique_id = c.boutique_id and o.customer_id = c.id and o.payment_status = 'paid'
  order by o.created_at desc limit 1
) o on true
where c.boutique_id = private.current_boutique() and c.id = %(customer_id)s
"""
