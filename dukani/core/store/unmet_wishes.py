"""What customers asked for and did not get, and what the shop did about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection

Kind = Literal["piece", "size", "colour", "price", "stock", "delivery", "question", "words"]
How = Literal["fact", "zone", "piece", "stock", "synonym", "answer", "dismissed"]


@dataclass(frozen=True, slots=True)
class NewWish:
    kind: Kind
    subject: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WishGroup:
    """One wish of several customers. `details` are those of who asked last."""

    kind: Kind
    subject: str
    customers: int
    times: int
    last_at: datetime
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """One time it was asked; `words` are the customer's, None when they are not kept any more."""

    id: int
    conversation_id: str
    customer_name: str | None
    words: str | None
    created_at: datetime


async def add(
    conn: Connection, wishes: Sequence[NewWish], *, conversation_id: str, message_id: str | None
) -> None:
    async with conn.cursor() as cursor:
        await cursor.executemany(
            """insert into unmet_wishes (boutique_id, conversation_id, message_id, kind, subject,
                 details)
               values (private.current_boutique(), %(conversation_id)s, %(message_id)s, %(kind)s,
                 %(subject)s, %(details)s)""",
            [
                {
                    "conversation_id": conversation_id,
                    "message_id": message_id,
                    "kind": wish.kind,
                    "subject": wish.subject,
                    "details": Jsonb(dict(wish.details)),
                }
                for wish in wishes
            ],
        )


# SQL, for wishes as `w`: nobody of the shop has dealt with it since.
_OPEN: LiteralString = """not exists (select from unmet_wishes_done d
  where d.boutique_id = w.boutique_id and d.kind = w.kind and d.subject = w.subject
    and d.done_at >= w.created_at)"""


async def groups(
    conn: Connection, *, since: datetime, until: datetime, kind: Kind | None, limit: int
) -> list[WishGroup]:
    """What is still open, asked from `since` to before `until`; most customers first."""
    async with conn.cursor(row_factory=class_row(WishGroup)) as cursor:
        await cursor.execute(
            f"""select w.kind, w.subject,
                  count(distinct w.conversation_id)::int as customers, count(*)::int as times,
                  max(w.created_at) as last_at,
                  (array_agg(w.details order by w.created_at desc, w.id desc))[1] as details
                from unmet_wishes w
                where w.boutique_id = private.current_boutique()
                  and w.created_at >= %(since)s and w.created_at < %(until)s
                  and (%(kind)s::text is null or w.kind = %(kind)s) and {_OPEN}
                group by w.kind, w.subject
                order by customers desc, times desc, last_at desc, w.kind, w.subject
                limit %(limit)s""".encode(),
            {"since": since, "until": until, "kind": kind, "limit": limit},
        )
        return await cursor.fetchall()


async def asked(
    conn: Connection, *, kind: Kind, subject: str, since: datetime, until: datetime, limit: int
) -> list[Asked]:
    """Who asked for it in these days, newest first."""
    async with conn.cursor(row_factory=class_row(Asked)) as cursor:
        await cursor.execute(
            f"""select w.id, w.conversation_id::text, c.name as customer_name,
                  nullif(m.body, '') as words, w.created_at
                from unmet_wishes w
                join conversations v on v.boutique_id = w.boutique_id and v.id = w.conversation_id
                join customers c on c.boutique_id = v.boutique_id and c.id = v.customer_id
                left join messages m on m.boutique_id = w.boutique_id and m.id = w.message_id
                where w.boutique_id = private.current_boutique() and w.kind = %(kind)s
                  and w.subject = %(subject)s and w.created_at >= %(since)s
                  and w.created_at < %(until)s and {_OPEN}
                order by w.created_at desc, w.id desc limit %(limit)s""".encode(),
            {"kind": kind, "subject": subject, "since": since, "until": until, "limit": limit},
        )
        return await cursor.fetchall()


async def done(conn: Connection, *, kind: Kind, subject: str, how: How) -> None:
    """The shop has dealt with it: it is shown again when it is asked for again."""
    await conn.execute(
        """insert into unmet_wishes_done (boutique_id, kind, subject, how)
           values (private.current_boutique(), %(kind)s, %(subject)s, %(how)s)""",
        {"kind": kind, "subject": subject, "how": how},
    )
