"""Finds the customer of a phone or WhatsApp user id, and merges two that are one person."""

from __future__ import annotations

from datetime import datetime

import stamina
import structlog
from psycopg.errors import DeadlockDetected

from dukani.core.database import Connection
from dukani.core.jobs import Partition, defer_delivery, defer_turn
from dukani.core.store import customers, identities, inbox, webhook_events
from dukani.core.store.boutiques import Boutique
from dukani.core.store.customers import Customer
from dukani.core.store.inbox import Sender
from dukani.webhooks.dependencies import Webhooks
from dukani.webhooks.inbound import IdentityChange
from dukani.webhooks.parts import Names
from dukani.webhooks.raw_events import event_of

log = structlog.get_logger()


async def recognise(
    conn: Connection, boutique: Boutique, sender: Sender, *, at: datetime | None
) -> Customer:
    """The customer with the sender's phone or user id; a new one if nobody has either.

    `at` is when the message was written: one written under a former name may arrive late.
    """
    names = Names(sender.phone, sender.wa_user_id)
    rows = await _known(conn, names)
    if not rows and at is not None and (late := await _by_former_name(conn, names, at)):
        return late
    customer = await customers.find_or_create(
        conn, phone=sender.phone, wa_user_id=sender.wa_user_id, name=sender.name
    )
    if len(rows) > 1:
        await _defer_waiting_work(conn, boutique, customer.id, names)
    return customer


async def _by_former_name(conn: Connection, names: Names, at: datetime) -> Customer | None:
    customer_id = await identities.former_holder(
        conn, phone=names.phone, wa_user_id=names.wa_user_id, at=at
    )
    return await customers.get(conn, customer_id=customer_id) if customer_id else None


# A merge and a turn may lock in opposite order; the one that PostgreSQL aborts is retried.
@stamina.retry(on=DeadlockDetected, attempts=3, wait_initial=0.05, wait_jitter=0.05)
async def record_change(webhooks: Webhooks, boutique: Boutique, item: IdentityChange) -> None:
    """Give the customer the new phone or user id; cart, orders and consents move along."""
    async with webhooks.services.database.tenant_connection(boutique.id) as conn:
        event = event_of(item) | {"boutique_id": boutique.id, "outcome": "handled"}
        event_id = await webhook_events.store(conn, **event)
        if event_id is None:
            return
        customer_id = await identities.move(
            conn,
            phone=item.before.phone,
            wa_user_id=item.before.wa_user_id,
            new_phone=item.after.phone,
            new_wa_user_id=item.after.wa_user_id,
            changed_at=item.changed_at,
        )
        log.info("identity_changed", boutique=boutique.slug, known=customer_id is not None)
        if customer_id is None:
            await webhook_events.set_outcome(conn, event_id=event_id, outcome="ignored")
            return
        await _defer_waiting_work(conn, boutique, customer_id, item.after)


async def _known(conn: Connection, names: Names) -> list[inbox.Known]:
    return await inbox.known(conn, phone=names.phone, wa_user_id=names.wa_user_id)


async def _defer_waiting_work(
    conn: Connection, boutique: Boutique, customer_id: str, names: Names
) -> None:
    """Defer a turn and a delivery in the merged partition, for what waited in the former two."""
    for known in await _known(conn, names):
        if known.customer_id == customer_id and known.conversation_id is not None:
            partition = Partition(boutique.id, known.conversation_id)
            await defer_turn(conn, boutique_id=boutique.id, conversation_id=known.conversation_id)
            await defer_delivery(conn, partition)
