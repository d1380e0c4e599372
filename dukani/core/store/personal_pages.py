"""A customer's personal page: the pieces chosen for her, as they are on sale now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.languages import Language

OpenedBy = Literal["person", "preview", "bot"]


@dataclass(frozen=True, slots=True)
class PagePiece:
    """A piece of the page; `sizes` are those in stock, none of them: sold out."""

    number: int
    product_id: str
    name: str
    price_minor: int
    sizes: Sequence[str]
    picture_path: str | None


@dataclass(frozen=True, slots=True)
class PersonalPage:
    """`language` is the customer's, else the boutique's."""

    slug: str
    boutique_id: str
    shop: str
    currency: str
    language: Language


async def boutique_of(conn: Connection, *, slug: str) -> str | None:
    """The boutique whose page the slug opens. Needs a system connection."""
    cursor = await conn.execute(
        "select private.boutique_of_link(%(slug)s)::text as boutique_id", {"slug": slug}
    )
    row = await cursor.fetchone()
    return row["boutique_id"] if row else None


async def get(conn: Connection, *, slug: str) -> PersonalPage | None:
    async with conn.cursor(row_factory=class_row(PersonalPage)) as cursor:
        await cursor.execute(
            """select l.slug, l.boutique_id::text as boutique_id, b.name as shop, b.currency,
                 coalesce(c.language, b.language, 'en') as language
               from catalog_links l
               join boutiques b on b.id = l.boutique_id
               join customers c on c.boutique_id = l.boutique_id and c.id = l.customer_id
               where l.slug = %(slug)s""",
            {"slug": slug},
        )
        return await cursor.fetchone()


async def pieces(conn: Connection, *, slug: str) -> list[PagePiece]:
    """Those of the link that are still sold, in its order and by its numbers."""
    async with conn.cursor(row_factory=class_row(PagePiece)) as cursor:
        await cursor.execute(
            """select chosen.number::int as number, p.id::text as product_id, p.name,
                 p.price_minor, coalesce(stock.sizes, '{}') as sizes, shown.path as picture_path
               from catalog_links l
               cross join lateral unnest(l.product_ids_ordered) with ordinality
                 as chosen (product_id, number)
               join products p on p.boutique_id = l.boutique_id and p.id = chosen.product_id
                 and p.active
               left join lateral (
                 select array_agg(distinct v.size order by v.size) as sizes
                 from product_variants v
                 where v.boutique_id = p.boutique_id and v.product_id = p.id and not v.retired
                   and v.quantity > v.reserved
               ) stock on true
               left join lateral (
                 select i.path from product_images i
                 where i.boutique_id = p.boutique_id and i.product_id = p.id
                 order by i.position, i.id limit 1
               ) shown on true
               where l.slug = %(slug)s order by chosen.number""",
            {"slug": slug},
        )
        return await cursor.fetchall()


async def record_open(conn: Connection, *, slug: str, opened_by: OpenedBy, agent: str) -> None:
    """Note that the page was opened; a person's first opening is the recipient's click.

    The same reader is noted once a minute, so that nobody fills the table.
    """
    await conn.execute(
        """with noted as (
             insert into catalog_link_opens (boutique_id, slug, opened_by, agent)
             select private.current_boutique(), %(slug)s, %(opened_by)s, %(agent)s
             where not exists (
               select from catalog_link_opens o
               where o.boutique_id = private.current_boutique() and o.slug = %(slug)s
                 and o.opened_by = %(opened_by)s and o.opened_at > now() - interval '1 minute')
             returning opened_by
           )
           update campaign_recipients r set clicked_at = coalesce(r.clicked_at, now())
           from catalog_links l
           where l.slug = %(slug)s and r.boutique_id = l.boutique_id and r.id = l.recipient_id
             and r.clicked_at is null and exists (select from noted where opened_by = 'person')""",
        {"slug": slug, "opened_by": opened_by, "agent": agent[:200]},
    )


async def shown_number(conn: Connection, *, provider: str) -> tuple[str, str | None] | None:
    """The boutique's account at the provider, and the number people write to, if it is known."""
    cursor = await conn.execute(
        """select account, shown_number from provider_credentials
           where boutique_id = private.current_boutique() and provider = %(provider)s and active""",
        {"provider": provider},
    )
    row = await cursor.fetchone()
    return (row["account"], row["shown_number"]) if row else None


async def note_number(conn: Connection, *, provider: str, number: str) -> None:
    """Keep the number that the provider told."""
    await conn.execute(
        """update provider_credentials set shown_number = %(number)s
           where boutique_id = private.current_boutique() and provider = %(provider)s""",
        {"provider": provider, "number": number},
    )
