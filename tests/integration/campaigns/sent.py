"""A campaign's recipient as the engine leaves her: a link of her own, and a message that left."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from psycopg.types.json import Jsonb

from dukani.core.database import Database
from dukani.core.store import products
from dukani.domain.pieces import Option

SLUG = "0123456789ab"


async def a_sent_campaign(
    database: Database,
    boutique_id: str,
    customer_id: str,
    product_ids: Sequence[str],
    *,
    conversation_id: str | None = None,
    slug: str = SLUG,
) -> str:
    """The recipient's id. With a conversation her message is in it, its pieces as options."""
    campaign_id, occurrence_id, recipient_id = (str(uuid4()) for _ in range(3))
    async with database.tenant_connection(boutique_id) as conn:
        await conn.execute(
            """insert into campaigns
                 (boutique_id, id, name, status, audience, message, schedule, pace)
               values (%s, %s, 'December', 'sending', '{}', '{}', '{}', '{}')""",
            (boutique_id, campaign_id),
        )
        await conn.execute(
            """insert into campaign_occurrences (boutique_id, id, campaign_id, number, due_at)
               values (%s, %s, %s, 1, now())""",
            (boutique_id, occurrence_id, campaign_id),
        )
        await conn.execute(
            """insert into campaign_recipients (boutique_id, id, campaign_id, occurrence_id,
                 customer_id, identity, language, due_at, state)
               values (%s, %s, %s, %s, %s, %s, 'en', now(), 'sent')""",
            (boutique_id, recipient_id, campaign_id, occurrence_id, customer_id, customer_id),
        )
        await conn.execute(
            """insert into catalog_links (boutique_id, slug, campaign_id, recipient_id, customer_id,
                 product_ids_ordered, slots) values (%s, %s, %s, %s, %s, %s::uuid[], '[]')""",
            (boutique_id, slug, campaign_id, recipient_id, customer_id, list(product_ids)),
        )
        if conversation_id is None:
            return recipient_id
        options = []
        for number, product_id in enumerate(product_ids, 1):
            piece = await products.get(conn, product_id=product_id)
            assert piece is not None
            option = Option(
                number=number, product_id=product_id, name=piece.name,
                price_minor=piece.price_minor,
            )  # fmt: skip
            options.append(option.model_dump(mode="json"))
        await conn.execute(
            """insert into messages (boutique_id, conversation_id, direction, author, kind, body,
                 provider, provider_id, status, purpose, payload, campaign_recipient_id)
               select boutique_id, id, 'out', 'assistant', 'template', 'New for you', provider,
                 'sent-campaign', 'sent', 'marketing', %s, %s from conversations where id = %s""",
            (Jsonb({"options": options}), recipient_id, conversation_id),
        )
    return recipient_id
