"""Raw webhook events, each stored once (idempotent by event key), for later questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection

PAYMENT = "payment"

# How an event was handled; `stored` waits for its job.
Outcome = Literal[
    "stored", "handled", "ignored", "unreadable", "unmatched", "unconfirmed", "unknown_number",
]  # fmt: skip

_COLUMNS = """id, boutique_id::text as boutique_id, provider, event_key, kind, payload, outcome,
  created_at, envelope"""


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """One event of a provider; `boutique_id` is none while its boutique is unknown."""

    id: int
    boutique_id: str | None
    provider: str
    event_key: str
    kind: str
    payload: dict[str, Any] = field(repr=False)
    outcome: Outcome
    created_at: datetime
    envelope: dict[str, Any] | None = field(default=None, repr=False)


async def store(
    conn: Connection,
    *,
    provider: str,
    event_key: str,
    kind: str,
    payload: Mapping[str, Any],
    boutique_id: str | None = None,
    outcome: Outcome = "stored",
    envelope: Mapping[str, Any] | None = None,
) -> int | None:
    """Store an event; its id, or none when it is stored already (for this boutique or for none)."""
    cursor = await conn.execute(
        """insert into webhook_events
             (boutique_id, provider, event_key, kind, payload, outcome, envelope)
           values (%(boutique_id)s, %(provider)s, %(event_key)s, %(kind)s, %(payload)s,
             %(outcome)s, %(envelope)s)
           on conflict (boutique_id, provider, event_key) do nothing returning id""",
        {
            "boutique_id": boutique_id,
            "provider": provider,
            "event_key": event_key,
            "kind": kind,
            "payload": Jsonb(dict(payload)),
            "outcome": outcome,
            "envelope": None if envelope is None else Jsonb(dict(envelope)),
        },
    )
    row = await cursor.fetchone()
    return None if row is None else int(row["id"])


async def known(conn: Connection, *, provider: str, event_keys: Sequence[str]) -> set[str]:
    """The keys among these whose events are stored for this boutique."""
    cursor = await conn.execute(
        """select event_key from webhook_events
           where boutique_id = private.current_boutique() and provider = %(provider)s
             and event_key = any(%(event_keys)s)""",
        {"provider": provider, "event_keys": list(event_keys)},
    )
    return {str(row["event_key"]) for row in await cursor.fetchall()}


async def get(conn: Connection, *, event_id: int) -> WebhookEvent | None:
    async with conn.cursor(row_factory=class_row(WebhookEvent)) as cursor:
        await cursor.execute(
            f"select {_COLUMNS} from webhook_events where id = %(event_id)s",
            {"event_id": event_id},
        )
        return await cursor.fetchone()


async def set_outcome(
    conn: Connection, *, event_id: int, outcome: Outcome, boutique_id: str | None = None
) -> None:
    """Set the outcome, and the boutique unless that boutique has the same event already."""
    await conn.execute(
        """update webhook_events e set outcome = %(outcome)s,
             boutique_id = coalesce(boutique_id, (
               select %(boutique_id)s::uuid where not exists (
                 select from webhook_events other
                 where other.boutique_id = %(boutique_id)s
                   and other.provider = e.provider and other.event_key = e.event_key)))
           where id = %(event_id)s""",
        {"event_id": event_id, "outcome": outcome, "boutique_id": boutique_id},
    )


async def read_again(
    conn: Connection, *, event_id: int, payload: Mapping[str, Any], kind: str
) -> None:
    """Keep what a later reading made of an event that nobody could read when it came."""
    await conn.execute(
        """update webhook_events set payload = %(payload)s, kind = %(kind)s, outcome = 'stored'
           where id = %(event_id)s and outcome = 'unreadable'""",
        {"event_id": event_id, "payload": Jsonb(dict(payload)), "kind": kind},
    )


# Before the key of an event that is replayed, so that its key is free to be stored once more.
_ASIDE = "replayed:"


async def step_aside(conn: Connection, *, event_id: int) -> None:
    """Free the event's key for a second recording of it; `replaced` or `step_back` ends that."""
    await conn.execute(
        f"""update webhook_events set event_key = '{_ASIDE}' || id || ':' || event_key
            where id = %(event_id)s and event_key not like '{_ASIDE}%%'""".encode(),
        {"event_id": event_id},
    )


async def replaced(
    conn: Connection, *, event: WebhookEvent, provider: str, event_key: str
) -> str | None:
    """Let the event take the place of its second recording; that one's outcome, or None.

    None: nothing was recorded a second time. The event keeps its id and the time it came. An event
    that has its boutique never takes another boutique's place.
    """
    cursor = await conn.execute(
        """delete from webhook_events
           where id = (select id from webhook_events
             where provider = %(provider)s and event_key = %(event_key)s and id <> %(event_id)s
               and (%(boutique_id)s::uuid is null or boutique_id = %(boutique_id)s)
             order by boutique_id nulls last, id limit 1)
           returning boutique_id::text, kind, payload, outcome""",
        {
            "event_id": event.id,
            "provider": provider,
            "event_key": event_key,
            "boutique_id": event.boutique_id,
        },
    )
    second = await cursor.fetchone()
    if second is None:
        return None
    await conn.execute(
        """update webhook_events set event_key = %(event_key)s, kind = %(kind)s,
             payload = %(payload)s, outcome = %(outcome)s,
             boutique_id = coalesce(%(boutique_id)s::uuid, boutique_id)
           where id = %(event_id)s""",
        {"event_id": event.id, "event_key": event_key}
        | {name: second[name] for name in ("kind", "outcome", "boutique_id")}
        | {"payload": Jsonb(second["payload"])},
    )
    return str(second["outcome"])


async def step_back(conn: Connection, *, event_id: int) -> None:
    """Give an event that stepped aside its key again."""
    await conn.execute(
        f"""update webhook_events set event_key = substr(event_key,
              length('{_ASIDE}' || id || ':') + 1)
            where id = %(event_id)s and event_key like '{_ASIDE}' || id || ':%%'""".encode(),
        {"event_id": event_id},
    )


async def unmatched_payments(conn: Connection, *, checkout_request_id: str) -> list[WebhookEvent]:
    """Callbacks that came before their prompt's id was stored, oldest first."""
    async with conn.cursor(row_factory=class_row(WebhookEvent)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from webhook_events
                where outcome = 'unmatched' and provider in ('daraja', 'paylink')
                  and kind = '{PAYMENT}'
                  and payload #>> '{{Body,stkCallback,CheckoutRequestID}}' = %(checkout)s
                order by id""",
            {"checkout": checkout_request_id},
        )
        return await cursor.fetchall()


# Unmatched payments are kept longer than calls to unknown numbers.
_PURGE = """
delete from webhook_events where id in (
  select id from webhook_events
  where boutique_id is null and created_at < now() - %(age)s::interval
    and outcome in ('unknown_number', 'unreadable', 'ignored', 'unmatched', 'rate_limited',
      'handled')  -- by a replay
    and (kind <> 'payment' or created_at < now() - interval '90 days')
  order by created_at limit %(most)s)
"""


async def purge_without_boutique(conn: Connection, *, age: timedelta, most: int = 5000) -> int:
    """Delete events of no boutique older than `age`, oldest first, `most` at once; their number.

    Needs a system connection.
    """
    cursor = await conn.execute(_PURGE, {"age": age, "most": most})
    return cursor.rowcount
