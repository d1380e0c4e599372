"""Alerts of a boutique: the event each is about, and to which devices it was pushed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.push_subscriptions import Subscription


@dataclass(frozen=True, slots=True)
class Alerting:
    """An event with what its alert tells; `piece` and `customer_name` where it has them."""

    event_id: int
    kind: str
    subject_id: str
    payload: dict[str, Any]
    occurred_at: datetime
    actor: str | None  # `owner:<user id>`, `staff:<user id>`; none: no member did it
    boutique: str
    customer_name: str | None
    piece: str | None
    colour: str | None
    size: str | None


async def event(conn: Connection, *, event_id: int, subject_id: str) -> Alerting | None:
    """The event; its subject is in the index, its id alone is not."""
    async with conn.cursor(row_factory=class_row(Alerting)) as cursor:
        await cursor.execute(
            """select e.id as event_id, e.kind, e.subject_id::text, e.payload, e.occurred_at,
                 e.actor, b.name as boutique, c.name as customer_name, p.name as piece, v.colour,
                 v.size
               from domain_events e
               join boutiques b on b.id = e.boutique_id
               left join customers c on c.boutique_id = e.boutique_id and c.id = e.customer_id
               left join products p on p.boutique_id = e.boutique_id and p.id = e.subject_id
               left join product_variants v on v.boutique_id = e.boutique_id
                 and v.id = (e.payload ->> 'variant_id')::uuid
               where e.boutique_id = private.current_boutique()
                 and e.subject_id = %(subject_id)s and e.id = %(event_id)s""",
            {"event_id": event_id, "subject_id": subject_id},
        )
        return await cursor.fetchone()


async def to_push(
    conn: Connection, *, event_id: int, subject_id: str, kind: str
) -> list[Subscription]:
    """The devices that the event is still to be pushed to: of whoever wants the kind.

    Whoever did it herself is left out, and so are devices that came after it happened.
    """
    async with conn.cursor(row_factory=class_row(Subscription)) as cursor:
        await cursor.execute(
            """with wanted as (
                 insert into alert_pushes (boutique_id, event_id, subscription_id, kind)
                 select s.boutique_id, e.id, s.id, %(kind)s
                 from domain_events e
                 join push_subscriptions s on s.boutique_id = e.boutique_id
                   and s.created_at <= e.occurred_at
                 left join alert_choices a on a.boutique_id = s.boutique_id
                   and a.user_id = s.user_id
                 where e.boutique_id = private.current_boutique()
                   and e.subject_id = %(subject_id)s and e.id = %(event_id)s
                   and coalesce(split_part(e.actor, ':', 2), '') <> s.user_id::text
                   and not %(kind)s = any (coalesce(a.muted, '{}'))
                 on conflict (boutique_id, event_id, subscription_id)
                   do update set kind = excluded.kind
                 returning subscription_id, sent_at)
               select s.id::text, s.endpoint, s.p256dh, s.auth, s.language
               from wanted w
               join push_subscriptions s on s.boutique_id = private.current_boutique()
                 and s.id = w.subscription_id
               where w.sent_at is null order by s.id""",
            {"event_id": event_id, "subject_id": subject_id, "kind": kind},
        )
        return await cursor.fetchall()


async def mark_pushed(conn: Connection, *, event_id: int, subscription_id: str) -> None:
    await conn.execute(
        """with pushed as (
             update alert_pushes set sent_at = now()
             where boutique_id = private.current_boutique() and event_id = %(event_id)s
               and subscription_id = %(subscription_id)s)
           update push_subscriptions set last_sent_at = now()
           where boutique_id = private.current_boutique() and id = %(subscription_id)s""",
        {"event_id": event_id, "subscription_id": subscription_id},
    )
