"""Sign-ins: one row each, with the counter of the refresh token that counts."""

from __future__ import annotations

from dataclasses import dataclass, field

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class AuthSession:
    """`sealed_key` signs the session's refresh tokens; `counter` is the current one's."""

    id: str
    user_id: str
    sealed_key: str = field(repr=False)
    counter: int
    since_refresh_s: float
    over: bool


_COLUMNS = """id::text as id, user_id::text as user_id, refresh_token_hmac_key as sealed_key,
  refresh_token_counter as counter, not_after <= now() as over,
  extract(epoch from now() - refreshed_at)::float8 as since_refresh_s"""


async def add(
    conn: Connection,
    *,
    user_id: str,
    sealed_key: str,
    days: int,
    user_agent: str | None,
    ip: str | None,
) -> AuthSession:
    """A new session; the person's sessions that are over are removed."""
    await conn.execute(
        "delete from auth.sessions where user_id = %s and not_after <= now()", (user_id,)
    )
    async with conn.cursor(row_factory=class_row(AuthSession)) as cursor:
        await cursor.execute(
            f"""insert into auth.sessions
                  (user_id, refresh_token_hmac_key, not_after, user_agent, ip)
                values (%(user_id)s, %(key)s, now() + make_interval(days => %(days)s),
                  left(%(user_agent)s, 400), %(ip)s)
                returning {_COLUMNS}""".encode(),
            {
                "user_id": user_id,
                "key": sealed_key,
                "days": days,
                "user_agent": user_agent,
                "ip": ip,
            },
        )
        session = await cursor.fetchone()
        assert session is not None  # an insert returns its row
        return session


async def locked(conn: Connection, *, session_id: str) -> AuthSession | None:
    """The session, held until the transaction ends: its refreshes come one after another."""
    async with conn.cursor(row_factory=class_row(AuthSession)) as cursor:
        await cursor.execute(
            f"select {_COLUMNS} from auth.sessions where id = %s for update".encode(),
            (session_id,),
        )
        return await cursor.fetchone()


async def rotate(conn: Connection, *, session_id: str, ip: str | None) -> int:
    """Count the refresh; returns the new token's counter."""
    cursor = await conn.execute(
        """update auth.sessions set refresh_token_counter = refresh_token_counter + 1,
             refreshed_at = now(), updated_at = now(), ip = coalesce(%(ip)s, ip)
           where id = %(id)s returning refresh_token_counter as counter""",
        {"id": session_id, "ip": ip},
    )
    row = await cursor.fetchone()
    assert row is not None  # it is locked
    return int(row["counter"])


async def is_open(conn: Connection, *, session_id: str, user_id: str) -> bool:
    cursor = await conn.execute(
        "select from auth.sessions where id = %s and user_id = %s and not_after > now()",
        (session_id, user_id),
    )
    return await cursor.fetchone() is not None


async def remove(conn: Connection, *, session_id: str) -> None:
    await conn.execute("delete from auth.sessions where id = %s", (session_id,))


async def remove_all(conn: Connection, *, user_id: str, but: str | None = None) -> None:
    """The person's sessions, or all but one of them."""
    await conn.execute(
        "delete from auth.sessions where user_id = %s and id is distinct from %s::uuid",
        (user_id, but),
    )
