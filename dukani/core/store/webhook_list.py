"""Webhook events of every boutique, read page by page, newest first. Needs a system connection.

However many events there are, a page costs the same: the newest of each combination of kind,
outcome and provider are read from an index, and merged. There are some dozens of combinations.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.keyset import Key
from dukani.core.store.webhook_events import Outcome

MOST_FOUND = 200  # events whose id begins with the words searched for
_NO_ID = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class WantedEvents:
    """`search` is the beginning of the provider's id. `nobodys`: those of no boutique.

    `unhandled`: those with any outcome but `handled`.
    """

    provider: str | None = None
    boutique_id: str | None = None
    nobodys: bool = False
    kind: str | None = None
    outcome: str | None = None
    unhandled: bool = False
    since: datetime | None = None
    until: datetime | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """`came_at` is its time; `replays` is how often it was replayed."""

    id: int
    boutique_id: str | None
    boutique: str | None
    provider: str
    event_key: str
    kind: str
    outcome: Outcome
    created_at: datetime
    replays: int

    @property
    def key(self) -> Key:
        # A cursor's id is a UUID: the number is written as one.
        return Key(self.created_at, f"{_NO_ID[:24]}{self.id:012x}")


_SHOWN: LiteralString = """e.id, e.boutique_id::text, b.name as boutique, e.provider,
  regexp_replace(e.event_key, '^replayed:[0-9]+:', '') as event_key, e.kind, e.outcome,
  e.created_at, (select count(*) from private.webhook_replay_results r where r.event_id = e.id)::int
    as replays"""
_WHOSE: LiteralString = "left join boutiques b on b.id = e.boutique_id"

_FITS: LiteralString = """
  and (%(since)s::timestamptz is null or e.created_at >= %(since)s)
  and (%(until)s::timestamptz is null or e.created_at < %(until)s)"""

# The combinations that exist, by a walk that jumps from one to the next in the index.
_COMBINATIONS: LiteralString = """
recursive combinations as (
  (select e.kind, e.outcome, e.provider from webhook_events e where {of}
   order by e.kind, e.outcome, e.provider limit 1)
  union all
  select later.* from combinations c cross join lateral (
    select e.kind, e.outcome, e.provider from webhook_events e
    where {of} and (e.kind, e.outcome, e.provider) > (c.kind, c.outcome, c.provider)
    order by e.kind, e.outcome, e.provider limit 1) later
), wanted as (
  select * from combinations
  where (%(provider)s::text is null or provider = %(provider)s)
    and (%(kind)s::text is null or kind = %(kind)s)
    and (%(outcome)s::text is null or outcome = %(outcome)s)
    and (not %(unhandled)s or outcome <> 'handled')
)"""
_NEWEST: LiteralString = """
with {combinations}
select {shown} from (
  select newest.* from wanted w cross join lateral (
    select e.* from webhook_events e
    where {of} and e.kind = w.kind and e.outcome = w.outcome and e.provider = w.provider
      {fits}{later}
    order by e.created_at desc, e.id desc limit %(limit)s) newest
  order by created_at desc, id desc limit %(limit)s
) e {whose}
order by e.created_at desc, e.id desc
"""
_SEARCHED: LiteralString = """
select {shown} from (
  select * from webhook_events e where e.event_key like %(prefix)s
  order by e.event_key using ~<~ limit {most}
) e {whose}
where {of} {fits}{later}
  and (%(provider)s::text is null or e.provider = %(provider)s)
  and (%(kind)s::text is null or e.kind = %(kind)s)
  and (%(outcome)s::text is null or e.outcome = %(outcome)s)
  and (not %(unhandled)s or e.outcome <> 'handled')
order by e.created_at desc, e.id desc limit %(limit)s
"""


def statement(wanted: WantedEvents, *, after: Key | None) -> str:
    """The page's SQL; a test reads its plan."""
    of: LiteralString = "true"
    if wanted.boutique_id:
        of = "e.boutique_id = %(boutique_id)s::uuid"
    elif wanted.nobodys:
        of = "e.boutique_id is null"
    later: LiteralString = " and (e.created_at, e.id) < (%(at)s, %(id)s)" if after else ""
    if wanted.search:
        return _SEARCHED.format(
            shown=_SHOWN, whose=_WHOSE, of=of, fits=_FITS, later=later, most=str(MOST_FOUND)
        )
    combinations = _COMBINATIONS.format(of=of)
    return _NEWEST.format(
        shown=_SHOWN, whose=_WHOSE, of=of, fits=_FITS, later=later, combinations=combinations
    )


def values(wanted: WantedEvents, *, after: Key | None, limit: int) -> dict[str, Any]:
    escaped = wanted.search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {
        "provider": wanted.provider,
        "boutique_id": wanted.boutique_id,
        "kind": wanted.kind,
        "outcome": wanted.outcome,
        "unhandled": wanted.unhandled,
        "since": wanted.since,
        "until": wanted.until,
        "prefix": f"{escaped}%",
        "at": after.value if after else None,
        "id": int(after.id[-12:], 16) if after else None,
        "limit": limit,
    }


async def page(
    conn: Connection, wanted: WantedEvents, *, after: Key | None, limit: int
) -> list[ListedEvent]:
    """Newest first."""
    async with conn.cursor(row_factory=class_row(ListedEvent)) as cursor:
        await cursor.execute(
            statement(wanted, after=after).encode(), values(wanted, after=after, limit=limit)
        )
        return await cursor.fetchall()


async def get(conn: Connection, *, event_id: int) -> ListedEvent | None:
    async with conn.cursor(row_factory=class_row(ListedEvent)) as cursor:
        await cursor.execute(
            f"select {_SHOWN} from webhook_events e {_WHOSE} where e.id = %(id)s".encode(),
            {"id": event_id},
        )
        return await cursor.fetchone()


async def kinds(conn: Connection) -> list[str]:
    """The kinds there are, by the same walk along the index."""
    cursor = await conn.execute(
        f"""with {_COMBINATIONS.format(of="true")}
            select distinct kind from wanted order by kind""".encode(),
        {"provider": None, "kind": None, "outcome": None, "unhandled": False},
    )
    return [str(row["kind"]) for row in await cursor.fetchall()]
