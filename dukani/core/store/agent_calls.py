"""How often other agents called, by key, day and tool; and whether the boutique lets them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class AgentKey:
    """A key of an agent that is not revoked, and its boutique."""

    id: str
    boutique_id: str
    slug: str
    is_on: bool
    user_id: str  # who made it


@dataclass(frozen=True, slots=True)
class CallsOfKey:
    key_id: str
    calls: int  # of the days asked for
    refused: int
    last_at: datetime


async def key_of(conn: Connection, *, digest: bytes) -> AgentKey | None:
    """The agent's key with this digest; its use is noted once a minute. Needs a system connection.

    It ends with its maker's membership as an owner, as every key does.
    """
    async with conn.cursor(row_factory=class_row(AgentKey)) as cursor:
        await cursor.execute(
            """with used as (
                 update api_keys set last_used_at = now()
                 where digest = %(digest)s and scope = 'agents' and revoked_at is null
                   and (last_used_at is null or last_used_at < now() - interval '1 minute'))
               select k.id::text, k.boutique_id::text, b.slug, b.agents_on and b.active as is_on,
                 k.created_by::text as user_id
               from api_keys k
               join boutiques b on b.id = k.boutique_id
               join boutique_members m on m.boutique_id = k.boutique_id
                 and m.user_id = k.created_by and m.role = 'owner'
               where k.digest = %(digest)s and k.scope = 'agents' and k.revoked_at is null""",
            {"digest": digest},
        )
        return await cursor.fetchone()


async def note(conn: Connection, *, key_id: str, tool: str, refused: bool) -> None:
    await conn.execute(
        """insert into agent_calls as c (boutique_id, key_id, day, tool, calls, refused)
           values (private.current_boutique(), %(key_id)s, (now() at time zone 'utc')::date,
             %(tool)s, 1, %(refused)s::int)
           on conflict (boutique_id, key_id, day, tool) do update set calls = c.calls + 1,
             refused = c.refused + excluded.refused, last_at = clock_timestamp()""",
        {"key_id": key_id, "tool": tool, "refused": refused},
    )


async def by_key(conn: Connection, *, days: int) -> list[CallsOfKey]:
    """What each key was used for in the last days; keys without calls are left out."""
    async with conn.cursor(row_factory=class_row(CallsOfKey)) as cursor:
        await cursor.execute(
            """select key_id::text, sum(calls)::int as calls, sum(refused)::int as refused,
                 max(last_at) as last_at
               from agent_calls
               where boutique_id = private.current_boutique()
                 and day > (now() at time zone 'utc')::date - %(days)s
               group by key_id""",
            {"days": days},
        )
        return await cursor.fetchall()


async def by_tool(conn: Connection, *, days: int) -> dict[str, int]:
    """How often each tool was called in the last days, the most called first."""
    cursor = await conn.execute(
        """select tool, sum(calls)::int as calls from agent_calls
           where boutique_id = private.current_boutique()
             and day > (now() at time zone 'utc')::date - %(days)s
           group by tool order by 2 desc, 1""",
        {"days": days},
    )
    return {str(row["tool"]): int(row["calls"]) for row in await cursor.fetchall()}


async def is_on(conn: Connection) -> bool:
    cursor = await conn.execute(
        "select agents_on from boutiques where id = private.current_boutique()"
    )
    row = await cursor.fetchone()
    return bool(row and row["agents_on"])


async def switch(conn: Connection, *, on: bool) -> None:
    await conn.execute(
        """update boutiques set agents_on = %(on)s
           where id = private.current_boutique() and agents_on is distinct from %(on)s""",
        {"on": on},
    )
