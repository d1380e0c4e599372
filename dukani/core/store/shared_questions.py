"""What a number of several boutiques says for itself: a question which is meant, a confirmation.

Everything here is of no boutique, and needs a system connection.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class Question:
    """Which shop she wants to write to; `options`: ids and names, in the order shown."""

    options: list[dict[str, str]]
    waiting: list[dict[str, Any]] = field(repr=False)
    asked_at: datetime


async def question(
    conn: Connection, *, provider: WhatsAppProvider, account: str, identity: str
) -> Question | None:
    """The open one; nobody else answers it until the transaction ends."""
    async with conn.cursor(row_factory=class_row(Question)) as cursor:
        await cursor.execute(
            """select options, waiting, asked_at from private.shared_questions
               where provider = %(provider)s and account = %(account)s
                 and identity = %(identity)s
                 and asked_at > now() - interval '1 day' for update""",
            {"provider": provider, "account": account, "identity": identity},
        )
        return await cursor.fetchone()


async def ask(
    conn: Connection,
    *,
    provider: WhatsAppProvider,
    account: str,
    identity: str,
    options: list[dict[str, str]],
    item: Mapping[str, Any],
) -> None:
    """Open the question, or let one more message of hers wait for its answer."""
    await conn.execute(
        """insert into private.shared_questions as q
             (provider, account, identity, options, waiting)
           values (%(provider)s, %(account)s, %(identity)s, %(options)s,
             jsonb_build_array(%(item)s::jsonb))
           on conflict (provider, account, identity) do update set options = excluded.options,
             asked_at = now(),
             waiting = case when q.asked_at <= now() - interval '1 day' then excluded.waiting
               when q.waiting @> jsonb_build_array(
                 jsonb_build_object('event_key', %(item)s::jsonb -> 'event_key')) then q.waiting
               when jsonb_array_length(q.waiting) < 20 then q.waiting || excluded.waiting
               else q.waiting end""",
        {
            "provider": provider,
            "account": account,
            "identity": identity,
            "options": Jsonb(options),
            "item": Jsonb(dict(item)),
        },
    )


async def answered(
    conn: Connection, *, provider: WhatsAppProvider, account: str, identity: str
) -> None:
    await conn.execute(
        """delete from private.shared_questions where provider = %(provider)s
             and account = %(account)s and identity = %(identity)s""",
        {"provider": provider, "account": account, "identity": identity},
    )


@dataclass(frozen=True, slots=True)
class Note:
    provider: WhatsAppProvider
    account: str
    recipient: str = field(repr=False)
    body: str = field(repr=False)
    rows: list[list[str]] = field(repr=False)  # id and title of each


async def add_note(conn: Connection, note: Note, *, key: str) -> str | None:
    """Its id; None: what it answers was answered before."""
    cursor = await conn.execute(
        """insert into private.number_notes (provider, account, key, recipient, body, rows)
           values (%(provider)s, %(account)s, %(key)s, %(recipient)s, %(body)s, %(rows)s)
           on conflict do nothing returning id::text as id""",
        {
            "provider": note.provider,
            "account": note.account,
            "key": key,
            "recipient": note.recipient,
            "body": note.body,
            "rows": Jsonb(note.rows),
        },
    )
    row = await cursor.fetchone()
    return str(row["id"]) if row else None


async def take_note(conn: Connection, *, note_id: str) -> Note | None:
    """The note, which is this job's to send; None: it was sent, or is being sent."""
    async with conn.cursor(row_factory=class_row(Note)) as cursor:
        await cursor.execute(
            """update private.number_notes set taken_at = now()
               where id = %(id)s and taken_at is null
               returning provider, account, recipient, body, rows""",
            {"id": note_id},
        )
        return await cursor.fetchone()


async def give_note_back(conn: Connection, *, note_id: str) -> None:
    """It did not leave."""
    await conn.execute(
        "update private.number_notes set taken_at = null where id = %(id)s", {"id": note_id}
    )


async def forget(conn: Connection) -> None:
    """Forget notes and questions of more than two days ago."""
    await conn.execute(
        "delete from private.number_notes where created_at < now() - interval '2 days'"
    )
    await conn.execute(
        "delete from private.shared_questions where asked_at < now() - interval '2 days'"
    )
