"""Finds messages and customers of a boutique by words, as its people search its chats."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.keyset import Key
from dukani.core.store.messages import Author

MOST_WORDS = 6
MOST_CUSTOMERS = 8


@dataclass(frozen=True, slots=True)
class FoundMessage:
    id: str
    seq: int
    conversation_id: str
    customer_name: str | None
    phone: str | None = field(repr=False)
    author: Author
    kind: str
    body: str = field(repr=False)
    created_at: datetime

    @property
    def key(self) -> Key:
        return Key(self.seq, self.id)


@dataclass(frozen=True, slots=True)
class FoundChat:
    conversation_id: str
    customer_name: str | None
    phone: str | None = field(repr=False)
    last_at: datetime


# Through the view, because row level security lets no index of words be used. The latest message
# first; of a word that thousands of messages hold, all of them are found before they are sorted.
_MESSAGES: LiteralString = """
select m.id::text, m.seq, m.conversation_id::text, c.name as customer_name, c.phone, m.author,
  m.kind, m.body, m.created_at
from private.own_messages m
join conversations v on v.boutique_id = m.boutique_id and v.id = m.conversation_id
join customers c on c.boutique_id = v.boutique_id and c.id = v.customer_id
where private.lexemes_of(m.boutique_id, m.body) @@ {query} {narrowed}
order by m.seq desc limit %(limit)s
"""
_QUERY: LiteralString = """(select string_agg(
    quote_literal(private.current_boutique()::text || ' ' || word) || ':*', ' & ')::tsquery
  from unnest(%(words)s::text[]) word)"""


def words_of(search: str) -> list[str]:
    """What is looked for: each word begins a word of the message."""
    return re.findall(r"[^\W_]+", search.lower())[:MOST_WORDS]


async def messages(
    conn: Connection,
    *,
    words: list[str],
    conversation_id: str | None = None,
    after: Key | None = None,
    limit: int,
) -> list[FoundMessage]:
    """The messages that hold all of `words` (never empty), in all chats or in one."""
    narrowed: LiteralString = ""
    if conversation_id:
        narrowed = "and m.conversation_id = %(conversation_id)s"
    if after:
        narrowed += " and m.seq < %(before)s"
    async with conn.cursor(row_factory=class_row(FoundMessage)) as cursor:
        await cursor.execute(
            _MESSAGES.format(query=_QUERY, narrowed=narrowed).encode(),
            {
                "words": words,
                "conversation_id": conversation_id,
                "before": after.value if after else None,
                "limit": limit,
            },
        )
        return await cursor.fetchall()


_CHATS: LiteralString = """
select v.id::text as conversation_id, c.name as customer_name, c.phone,
  greatest(v.last_inbound_at, v.created_at) as last_at
from customers c
join conversations v on v.boutique_id = c.boutique_id and v.customer_id = c.id
where c.boutique_id = private.current_boutique()
  and (({names}) or (%(digits)s <> '' and position(%(digits)s in c.phone) > 0))
order by last_at desc limit %(limit)s
"""
_NAMED: LiteralString = "' ' || lower(c.name) like %(begins{n})s"


async def chats(conn: Connection, *, words: list[str], digits: str = "") -> list[FoundChat]:
    """The chats of customers whose names have all of `words`, or whose phone has the digits."""
    names = " and ".join(_NAMED.format(n=n) for n in range(len(words))) or "false"
    async with conn.cursor(row_factory=class_row(FoundChat)) as cursor:
        await cursor.execute(
            _CHATS.format(names=names).encode(),
            {"digits": digits, "limit": MOST_CUSTOMERS}
            | {f"begins{n}": f"% {word}%" for n, word in enumerate(words)},
        )
        return await cursor.fetchall()
