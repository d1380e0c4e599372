"""Links to personal pages of pieces, written in bulk; `personal_pages.py` opens them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Json

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class NewLink:
    """`slots`: of each piece, in its order, the kind and the score."""

    slug: str
    recipient_id: str
    customer_id: str
    product_ids: Sequence[str]
    slots: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class CatalogLink:
    slug: str
    campaign_id: str
    recipient_id: str
    customer_id: str
    product_ids_ordered: Sequence[str]
    slots: Sequence[Mapping[str, Any]]


async def add(conn: Connection, *, campaign_id: str, links: Sequence[NewLink]) -> None:
    """Raises psycopg's UniqueViolation for a slug that is taken: make new ones and try again."""
    if not links:
        return
    await conn.execute(
        """insert into catalog_links (boutique_id, slug, campaign_id, recipient_id, customer_id,
             product_ids_ordered, slots)
           select private.current_boutique(), new.slug, %(campaign_id)s, new.recipient_id,
             new.customer_id, new.product_ids, new.slots
           from json_to_recordset(%(links)s)
             as new (slug text, recipient_id uuid, customer_id uuid, product_ids uuid[],
               slots jsonb)""",
        {"campaign_id": campaign_id, "links": Json([_plain(one) for one in links])},
    )


def _plain(one: NewLink) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "recipient_id": one.recipient_id,
        "customer_id": one.customer_id,
        "product_ids": list(one.product_ids),
        "slots": [dict(slot) for slot in one.slots],
    }


async def lists_to_send(
    conn: Connection, *, occurrence_id: str, arms: Sequence[str]
) -> list[tuple[str, ...]]:
    """The lists of product ids of who is still to be sent to, each once, the first due first.

    `arms`: of recipients in these; "" is who is in none.
    """
    cursor = await conn.execute(
        """select l.product_ids_ordered::text[] as product_ids
           from campaign_recipients r
           join catalog_links l on l.boutique_id = r.boutique_id and l.recipient_id = r.id
           where r.boutique_id = private.current_boutique()
             and r.occurrence_id = %(occurrence_id)s and r.state = 'planned'
             and coalesce(r.variant, '') = any(%(arms)s::text[])
           group by l.product_ids_ordered order by min(r.due_at), l.product_ids_ordered""",
        {"occurrence_id": occurrence_id, "arms": list(arms)},
    )
    return [tuple(row["product_ids"]) for row in await cursor.fetchall()]


async def of_recipient(conn: Connection, *, recipient_id: str) -> CatalogLink | None:
    async with conn.cursor(row_factory=class_row(CatalogLink)) as cursor:
        await cursor.execute(
            """select slug, campaign_id::text as campaign_id, recipient_id::text as recipient_id,
                 customer_id::text as customer_id,
                 product_ids_ordered::text[] as product_ids_ordered, slots
               from catalog_links
               where boutique_id = private.current_boutique()
                 and recipient_id = %(recipient_id)s""",
            {"recipient_id": recipient_id},
        )
        return await cursor.fetchone()
