"""Conversations: one for each customer of a boutique, and its handoff to a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from psycopg.rows import class_row

from dukani.core.channels import Channel, WhatsAppProvider
from dukani.core.database import Connection

# asked: by the customer; misunderstood: by the assistant; staff: a person wrote unasked; failed: a
# turn failed for good; owner: the owner answered a note. Only with `staff` the owner sees the chat
# (in the phone app).
HandoffReason = Literal["asked", "misunderstood", "staff", "failed", "owner"]

_COLUMNS = """id::text as id, boutique_id::text as boutique_id, customer_id::text as customer_id,
  channel, provider, step, last_inbound_at, handed_off_at, handoff_reason, last_staff_at, answer_to,
  created_at, assigned_to::text as assigned_to"""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation. With `handed_off_at` set people answer, and the assistant is silent.

    `answer_to` is the name the customer wrote with last: a phone in E.164 or a WhatsApp user id.
    """

    id: str
    boutique_id: str
    customer_id: str
    channel: Channel  # of the customer's last message: answers go there
    provider: WhatsAppProvider  # of the customer's last message
    step: str
    last_inbound_at: datetime | None
    handed_off_at: datetime | None
    handoff_reason: HandoffReason | None
    last_staff_at: datetime | None
    created_at: datetime
    answer_to: str | None = field(default=None, repr=False)
    assigned_to: str | None = None  # the member it is left to


async def find_or_create(
    conn: Connection,
    *,
    customer_id: str,
    provider: WhatsAppProvider,
    channel: Channel = "whatsapp",
) -> Conversation:
    """The customer's conversation, set to `channel` and `provider`."""
    async with conn.cursor(row_factory=class_row(Conversation)) as cursor:
        await cursor.execute(
            f"""insert into conversations (boutique_id, customer_id, channel, provider)
                values (private.current_boutique(), %(customer_id)s, %(channel)s, %(provider)s)
                on conflict (boutique_id, customer_id) do update
                  set channel = excluded.channel, provider = excluded.provider
                returning {_COLUMNS}""",
            {"customer_id": customer_id, "channel": channel, "provider": provider},
        )
        created = await cursor.fetchone()
        assert created is not None, "an upsert returns its row"
        return created


async def of_customer(conn: Connection, *, customer_id: str, provider: WhatsAppProvider) -> str:
    """The id of the customer's conversation as it is; a new one is at `provider`."""
    cursor = await conn.execute(
        """insert into conversations as v (boutique_id, customer_id, provider)
           values (private.current_boutique(), %(customer_id)s, %(provider)s)
           on conflict (boutique_id, customer_id) do update set customer_id = v.customer_id
           returning id::text""",
        {"customer_id": customer_id, "provider": provider},
    )
    row = await cursor.fetchone()
    assert row is not None  # an upsert returns its row
    conversation: str = row["id"]
    return conversation


async def get(conn: Connection, *, conversation_id: str) -> Conversation | None:
    async with conn.cursor(row_factory=class_row(Conversation)) as cursor:
        await cursor.execute(
            f"select {_COLUMNS} from conversations where id = %(conversation_id)s",
            {"conversation_id": conversation_id},
        )
        return await cursor.fetchone()


async def wait_for_turn(conn: Connection, *, conversation_id: str) -> None:
    """Wait until no turn of the conversation writes, and let none begin before the commit.

    The lock is the one that `Database.tenant_connection` takes for a turn's partition.
    """
    await conn.execute(
        "select pg_advisory_xact_lock(hashtextextended(%(partition)s, 0))",
        {"partition": conversation_id},
    )


async def touch_staff(conn: Connection, *, conversation_id: str) -> None:
    """Note that staff wrote now; the time until the assistant takes over starts anew."""
    await conn.execute(
        "update conversations set last_staff_at = now() where id = %(conversation_id)s",
        {"conversation_id": conversation_id},
    )


async def hand_off(conn: Connection, *, conversation_id: str, reason: HandoffReason) -> bool:
    """Leave the conversation to people. False when it already was."""
    cursor = await conn.execute(
        """update conversations set handed_off_at = now(), handoff_reason = %(reason)s
           where id = %(conversation_id)s and handed_off_at is null""",
        {"conversation_id": conversation_id, "reason": reason},
    )
    return cursor.rowcount == 1


async def assign(conn: Connection, *, conversation_id: str, user_id: str | None) -> None:
    """Leave the conversation to one of the members, or to whoever of them sees it first."""
    await conn.execute(
        "update conversations set assigned_to = %(user_id)s where id = %(conversation_id)s",
        {"conversation_id": conversation_id, "user_id": user_id},
    )


async def hand_back(conn: Connection, *, conversation_id: str) -> bool:
    """Let the assistant answer again. False when it already did."""
    cursor = await conn.execute(
        """update conversations set handed_off_at = null, handoff_reason = null, assigned_to = null
           where id = %(conversation_id)s and handed_off_at is not null""",
        {"conversation_id": conversation_id},
    )
    return cursor.rowcount == 1


async def waiting_since(conn: Connection, *, conversation_id: str) -> datetime | None:
    """Since when the customer has waited for a person's answer; None when nothing is unanswered.

    Who was just called for is waited for since then; after an answer, the next message counts.
    """
    cursor = await conn.execute(
        """select case when v.last_staff_at >= v.handed_off_at
             then (select min(m.created_at) from messages m
                   where m.boutique_id = v.boutique_id and m.conversation_id = v.id
                     and m.direction = 'in' and m.created_at > v.last_staff_at)
             else v.handed_off_at end as since
           from conversations v
           where v.boutique_id = private.current_boutique() and v.id = %(conversation_id)s""",
        {"conversation_id": conversation_id},
    )
    row = await cursor.fetchone()
    return row["since"] if row else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation that a person answers, and the customer's name and phone."""

    id: str
    name: str | None
    phone: str | None


async def with_people(
    conn: Connection, *, patience: timedelta, owner_phone: str, limit: int = 2
) -> list[Waiting]:
    """Conversations that people answer and last wrote in within `patience`; not the owner's own.

    In a paused shop also those of customers who have written since.
    """
    async with conn.cursor(row_factory=class_row(Waiting)) as cursor:
        await cursor.execute(
            """select v.id::text as id, c.name, c.phone
               from conversations v
               join customers c on c.boutique_id = v.boutique_id and c.id = v.customer_id
               join boutiques b on b.id = v.boutique_id
               where (v.handed_off_at is not null
                   and greatest(v.handed_off_at, v.last_staff_at) > now() - %(patience)s
                   or v.last_inbound_at >= b.paused_at
                   or v.last_inbound_at >= (b.platform_pauses ->> 'all')::timestamptz
                   or v.last_inbound_at >= (b.platform_pauses ->> v.provider)::timestamptz)
                 and c.phone is distinct from %(owner_phone)s
               order by coalesce(v.handed_off_at, v.last_inbound_at) limit %(limit)s""",
            {"patience": patience, "owner_phone": owner_phone, "limit": limit},
        )
        return await cursor.fetchall()


async def set_step(conn: Connection, *, conversation_id: str, step: str) -> None:
    """Set the step (dialogue state) shown to people; the graph keeps its own state."""
    await conn.execute(
        "update conversations set step = %(step)s"
        " where id = %(conversation_id)s and step <> %(step)s",
        {"conversation_id": conversation_id, "step": step},
    )
