"""What only the demo does: writes to have happened before now, and messages of the past."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from psycopg.types.json import Jsonb

from dukani.agent.outcomes import Outcome
from dukani.core.database import Connection
from dukani.core.store import unmet_wishes
from dukani.core.store.chat_sessions import LASTS
from dukani.core.store.conversations import Conversation
from dukani.core.store.members import Role
from dukani.core.store.unmet_wishes import NewWish
from dukani.domain.acts import Language


async def is_new(conn: Connection) -> bool:
    """Whether nobody has written to the boutique or bought in it yet."""
    cursor = await conn.execute(
        """select not exists (select from customers) and not exists (select from counter_sales)
             as nobody"""
    )
    row = await cursor.fetchone()
    assert row is not None  # a select without `from` has one row
    return bool(row["nobody"])


async def act_as(conn: Connection, *, user_id: str, role: Role) -> None:
    """What follows in this transaction is this member's work, for the audit log."""
    await conn.execute(
        "select set_config('app.actor', %(actor)s, true)", {"actor": f"{role}:{user_id}"}
    )


async def happened(conn: Connection, *, boutique_id: str, at: datetime) -> None:
    """All that this transaction wrote in the boutique was written at `at`; ends its rights.

    By a function that only the embedded server has (`bootstrap.sql`), with its owner's rights:
    ledgers are append-only for everybody else, and so are their times.
    """
    await conn.execute("select set_config('role', 'none', true)")
    await conn.execute(
        "select demo.happened(%(boutique_id)s, %(at)s)", {"boutique_id": boutique_id, "at": at}
    )


async def left(conn: Connection, *, boutique_id: str, customer_id: str) -> None:
    """The customer's cart counts as left now."""
    await conn.execute(
        """update carts set left_at = now()
           where boutique_id = %(boutique_id)s and customer_id = %(customer_id)s
             and status = 'active'""",
        {"boutique_id": boutique_id, "customer_id": customer_id},
    )


async def opened_before(conn: Connection, *, boutique_id: str, by: timedelta) -> None:
    """The boutique's pieces, their opening stock and its first tokens came in earlier, by `by`."""
    await conn.execute("select set_config('role', 'none', true)")
    await conn.execute(
        "select demo.opened_before(%(boutique_id)s, %(by)s)", {"boutique_id": boutique_id, "by": by}
    )


async def imported(conn: Connection, *, import_id: str, at: datetime, took: timedelta) -> None:
    """A list of pieces came in at `at`."""
    await conn.execute(
        """update piece_imports set created_at = %(at)s, finished_at = %(at)s + %(took)s
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": import_id, "at": at, "took": took},
    )


@dataclass(frozen=True, slots=True)
class Said:
    """A message that came, or was sent and read, at `at`; none is delivered, nobody answers."""

    author: Literal["customer", "assistant", "staff"]
    at: datetime
    body: str
    kind: str = "text"
    media_path: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    purpose: Literal["reply", "utility"] = "reply"

    @property
    def inbound(self) -> bool:
        return self.author == "customer"


async def write_down(conn: Connection, conversation: Conversation, said: Sequence[Said]) -> None:
    """The messages of a talk, in their order."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            """insert into messages (boutique_id, conversation_id, direction, author, kind, body,
                 media_path, payload, channel, provider, provider_id, status, purpose, created_at,
                 updated_at, sent_at)
               values (private.current_boutique(), %(conversation_id)s, %(direction)s, %(author)s,
                 %(kind)s, %(body)s, %(media_path)s, %(payload)s, %(channel)s, %(provider)s,
                 %(provider_id)s, %(status)s, %(purpose)s, %(at)s, %(at)s, %(at)s)""",
            [_row(conversation, one) for one in said],
        )
    heard = [one.at for one in said if one.inbound]
    if heard:
        await conn.execute(
            """update conversations set last_inbound_at = %(at)s, step = 'browsing'
               where id = %(id)s""",
            {"id": conversation.id, "at": max(heard)},
        )


async def count_session(
    conn: Connection, conversation: Conversation, outcomes: Sequence[Outcome], *, at: datetime
) -> None:
    """How far the talk that began at `at` came, as the turns of it would have told."""
    told = {
        name: any(getattr(one, name) for one in outcomes)
        for name in ("replied", "shown", "in_cart", "quoted", "with_person")
    }
    counts = {
        "turns": max(1, len(outcomes)),
        "missed": sum(one.misunderstood for one in outcomes),
    }
    values = told | counts | {"conversation_id": conversation.id, "at": at}
    cursor = await conn.execute(
        f"""update chat_sessions set turns = turns + %(turns)s, replied = replied or %(replied)s,
             shown = shown or %(shown)s, in_cart = in_cart or %(in_cart)s,
             quoted = quoted or %(quoted)s, with_person = with_person or %(with_person)s,
             misunderstood = misunderstood + %(missed)s
           where boutique_id = private.current_boutique() and conversation_id = %(conversation_id)s
             and started_at <= %(at)s and started_at > %(at)s - {LASTS}""".encode(),
        values,
    )
    if cursor.rowcount == 0:
        await conn.execute(
            b"""insert into chat_sessions (boutique_id, conversation_id, started_at, turns, replied,
                 shown, in_cart, quoted, with_person, misunderstood)
               values (private.current_boutique(), %(conversation_id)s, %(at)s, %(turns)s,
                 %(replied)s, %(shown)s, %(in_cart)s, %(quoted)s, %(with_person)s, %(missed)s)""",
            values,
        )
    wishes = [
        NewWish(wish.kind, wish.subject, wish.details) for one in outcomes for wish in one.unmet
    ]
    if wishes:
        await unmet_wishes.add(
            conn,
            wishes,
            conversation_id=conversation.id,
            message_id=await _last_heard(conn, conversation),
        )


async def _last_heard(conn: Connection, conversation: Conversation) -> str | None:
    cursor = await conn.execute(
        b"""select id::text from messages
           where boutique_id = private.current_boutique() and conversation_id = %(id)s
             and direction = 'in' order by seq desc limit 1""",
        {"id": conversation.id},
    )
    row = await cursor.fetchone()
    return row["id"] if row else None


def _row(conversation: Conversation, said: Said) -> dict[str, Any]:
    return {
        "conversation_id": conversation.id,
        "direction": "in" if said.inbound else "out",
        "author": said.author,
        "kind": said.kind,
        "body": said.body,
        "media_path": said.media_path,
        "payload": Jsonb(dict(said.payload)),
        "channel": conversation.channel,
        "provider": conversation.provider,
        "provider_id": f"past-{secrets.token_hex(12)}",
        "status": "received" if said.inbound else "read",
        "purpose": said.purpose,
        "at": said.at,
    }


async def set_language(conn: Connection, *, customer_id: str, language: Language) -> None:
    """The language that she writes in."""
    await conn.execute(
        "update customers set language = %(language)s where id = %(id)s",
        {"id": customer_id, "language": language},
    )


async def read_before(conn: Connection, *, at: datetime) -> None:
    """The shop's people have read what was written before `at`, in every conversation."""
    await conn.execute(
        """update conversations c set staff_read_seq = coalesce((
             select max(seq) from messages m
             where m.boutique_id = c.boutique_id and m.conversation_id = c.id
               and m.created_at < %(at)s), 0)""",
        {"at": at},
    )


async def job_failed(conn: Connection, *, error: str, attempts: int = 5) -> int:
    """Let the job deferred last in this transaction have failed for good with an error; its id."""
    cursor = await conn.execute(
        """update jobs.procrastinate_jobs set status = 'doing', attempts = %(attempts)s
           where id = (select max(id) from jobs.procrastinate_jobs where status = 'todo'
             and xmin = pg_current_xact_id()::xid)
           returning id""",
        {"attempts": attempts},
    )
    row = await cursor.fetchone()
    assert row is not None  # a job was deferred before
    await conn.execute(
        """insert into private.job_errors (job_id, attempt, error)
           values (%(id)s, %(attempts)s + 1, %(error)s)""",
        {"id": row["id"], "attempts": attempts, "error": error},
    )
    await conn.execute(
        b"select jobs.procrastinate_finish_job_v1(%(id)s, 'failed', false)", {"id": row["id"]}
    )
    return int(row["id"])
