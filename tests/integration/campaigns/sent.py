"""A campaign's recipient as the engine leaves her: a link of her own, and a message that left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.types.json import Jsonb

from dukani.core.database import Database
from dukani.core.store import products
from dukani.domain.pieces import Option
from tests.factories import Variant, a_boutique, a_conversation, a_customer, a_product

SLUG = "0123456789ab"
NOW = datetime.now(UTC)


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


async def a_paid_order(
    database: Database, boutique_id: str, customer_id: str, variant: Variant, *, units: int = 1
) -> str:
    order_id = str(uuid4())
    async with database.system_connection() as conn:
        await conn.execute(
            """insert into orders (boutique_id, id, number, customer_id, currency, items_minor,
                 address, payment_status, status, paid_at)
               values (%s, %s, %s, %s, 'KES', %s, 'Kilimani', 'paid', 'confirmed', now())""",
            (boutique_id, order_id, f"DK-{order_id[:4]}", customer_id, 450000 * units),
        )
        await conn.execute(
            """insert into order_items (boutique_id, order_id, product_id, variant_id, sku, name,
                 category, colour, size, unit_price_minor, quantity)
               values (%s, %s, %s, %s, %s, 'Dress', 'dress', %s, %s, 450000, %s)""",
            (boutique_id, order_id, variant.product_id, variant.id, variant.sku, variant.colour,
             variant.size, units),
        )  # fmt: skip
    return order_id


class Sent:
    """A campaign's message that reached a customer a day ago."""

    def __init__(self, database: Database, superuser_url: str) -> None:
        self.database, self.superuser_url = database, superuser_url

    async def begin(self, boutique_id: str | None = None) -> Sent:
        self.boutique_id = boutique_id or await a_boutique(self.database)
        self.customer_id = await a_customer(self.database, self.boutique_id)
        self.conversation_id = await a_conversation(
            self.database, self.boutique_id, self.customer_id
        )
        self.piece = (await a_product(self.database, self.boutique_id))[0]
        self.recipient_id = await a_sent_campaign(
            self.database, self.boutique_id, self.customer_id, [self.piece.product_id],
            conversation_id=self.conversation_id,
        )  # fmt: skip
        self.at("accepted_at", NOW - timedelta(days=1))
        return self

    def at(self, column: str, moment: datetime) -> None:
        with psycopg.connect(self.superuser_url) as conn:
            conn.execute(
                f"update campaign_recipients set {column} = %s where id = %s".encode(),
                (moment, self.recipient_id),
            )

    def opened(self, moment: datetime) -> None:
        with psycopg.connect(self.superuser_url) as conn:
            conn.execute(
                """insert into catalog_link_opens (boutique_id, slug, opened_by, opened_at)
                   select boutique_id, slug, 'person', %s from catalog_links""",
                (moment,),
            )

    async def buys(self) -> str:
        return await a_paid_order(self.database, self.boutique_id, self.customer_id, self.piece)

    def recipient(self) -> dict[str, Any]:
        with psycopg.connect(self.superuser_url, row_factory=psycopg.rows.dict_row) as conn:
            row = conn.execute(
                "select * from campaign_recipients where id = %s", (self.recipient_id,)
            ).fetchone()
        assert row is not None
        return row

    def sales(self) -> list[tuple[str, int, bool]]:
        """How each sale came, its kept revenue, and whether it was reversed."""
        with psycopg.connect(self.superuser_url) as conn:
            return conn.execute(
                """select came_by, amount_minor, reversed_at is not null from campaign_conversions
                   order by converted_at"""
            ).fetchall()

    def refund(self, order_id: str, minor: int, status: str) -> None:
        with psycopg.connect(self.superuser_url) as conn:
            conn.execute(
                "update orders set refunded_minor = %s, refund_status = %s where id = %s",
                (minor, status, order_id),
            )
