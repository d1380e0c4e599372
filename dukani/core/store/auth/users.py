"""People who can sign in, known by their e-mail address in lower case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection

_COLUMNS = """id::text as id, email, encrypted_password, raw_app_meta_data as app_metadata,
  raw_user_meta_data as user_metadata, role, email_confirmed_at, invited_at, recovery_sent_at,
  last_sign_in_at, created_at, updated_at, coalesce(banned_until > now(), false) as banned"""


@dataclass(frozen=True, slots=True)
class AuthUser:
    """`encrypted_password` is an argon2 hash; none until the person chose a password."""

    id: str
    email: str | None = field(repr=False)
    encrypted_password: str | None = field(repr=False)
    app_metadata: dict[str, Any] = field(repr=False)
    user_metadata: dict[str, Any] = field(repr=False)
    role: str
    email_confirmed_at: datetime | None
    invited_at: datetime | None
    recovery_sent_at: datetime | None
    last_sign_in_at: datetime | None
    created_at: datetime
    updated_at: datetime
    banned: bool


async def _one(conn: Connection, statement: str, values: Mapping[str, Any]) -> AuthUser | None:
    async with conn.cursor(row_factory=class_row(AuthUser)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchone()


async def get(conn: Connection, *, user_id: str) -> AuthUser | None:
    return await _one(conn, f"select {_COLUMNS} from auth.users where id = %(id)s", {"id": user_id})


async def by_email(conn: Connection, *, email: str) -> AuthUser | None:
    return await _one(
        conn, f"select {_COLUMNS} from auth.users where email = %(email)s", {"email": email}
    )


async def page(conn: Connection, *, number: int, size: int) -> list[AuthUser]:
    """People in the order they came; pages count from one."""
    async with conn.cursor(row_factory=class_row(AuthUser)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from auth.users order by created_at, id
                limit %(size)s offset %(skipped)s""".encode(),
            {"size": size, "skipped": (number - 1) * size},
        )
        return await cursor.fetchall()


async def add(
    conn: Connection,
    *,
    email: str,
    password_hash: str | None = None,
    user_metadata: Mapping[str, Any] | None = None,
    confirmed: bool = False,
    invited: bool = False,
) -> AuthUser | None:
    """The new person; None when the e-mail address is known already."""
    return await _one(
        conn,
        f"""insert into auth.users (email, encrypted_password, raw_app_meta_data,
              raw_user_meta_data, email_confirmed_at, invited_at)
            values (%(email)s, %(hash)s, '{{"provider": "email", "providers": ["email"]}}',
              %(metadata)s, case when %(confirmed)s then now() end,
              case when %(invited)s then now() end)
            on conflict (email) do nothing returning {_COLUMNS}""",
        {
            "email": email,
            "hash": password_hash,
            "metadata": Jsonb(dict(user_metadata or {})),
            "confirmed": confirmed,
            "invited": invited,
        },
    )


async def change(
    conn: Connection,
    *,
    user_id: str,
    password_hash: str | None = None,
    user_metadata: Mapping[str, Any] | None = None,
    confirmed: bool = False,
) -> AuthUser | None:
    """Set what is given; metadata is merged into what is there. None: no such person."""
    return await _one(
        conn,
        f"""update auth.users set
              encrypted_password = coalesce(%(hash)s, encrypted_password),
              raw_user_meta_data = raw_user_meta_data || %(metadata)s,
              email_confirmed_at = coalesce(
                email_confirmed_at, case when %(confirmed)s then now() end),
              updated_at = now()
            where id = %(id)s returning {_COLUMNS}""",
        {
            "id": user_id,
            "hash": password_hash,
            "metadata": Jsonb(dict(user_metadata or {})),
            "confirmed": confirmed,
        },
    )


async def signed_in(conn: Connection, *, user_id: str) -> None:
    await conn.execute("update auth.users set last_sign_in_at = now() where id = %s", (user_id,))


async def was_sent_a_link(conn: Connection, *, user_id: str, invitation: bool) -> None:
    column = "invited_at" if invitation else "recovery_sent_at"
    await conn.execute(f"update auth.users set {column} = now() where id = %s".encode(), (user_id,))


async def remove(conn: Connection, *, user_id: str) -> bool:
    """False: no such person. The person's memberships go too."""
    cursor = await conn.execute("delete from auth.users where id = %s", (user_id,))
    return cursor.rowcount == 1
