"""The people of a boutique, and their roles in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection

Role = Literal["owner", "staff"]


@dataclass(frozen=True, slots=True)
class Member:
    """`confirmed`: the person has followed the invitation's link."""

    user_id: str
    email: str | None = field(repr=False)
    role: Role
    confirmed: bool
    joined_at: datetime
    last_sign_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    user_id: str
    confirmed: bool


_COLUMNS = "user_id::text as user_id, email, role, confirmed, joined_at, last_sign_in_at"


async def colleagues(conn: Connection) -> list[Member]:
    """The members of the boutique that a member acts in, owners first."""
    async with conn.cursor(row_factory=class_row(Member)) as cursor:
        await cursor.execute(f"select {_COLUMNS} from private.my_colleagues()".encode())
        return await cursor.fetchall()


async def of_boutique(conn: Connection, *, boutique_id: str) -> list[Member]:
    """The same for any boutique. Needs a system connection."""
    async with conn.cursor(row_factory=class_row(Member)) as cursor:
        await cursor.execute(
            f"select {_COLUMNS} from private.people_of(%s)".encode(), (boutique_id,)
        )
        return await cursor.fetchall()


async def person_by_email(conn: Connection, *, email: str) -> KnownPerson | None:
    """Anybody who can sign in. Needs a system connection."""
    async with conn.cursor(row_factory=class_row(KnownPerson)) as cursor:
        await cursor.execute(
            """select user_id::text as user_id, confirmed
               from private.person_by_email(%(email)s)""",
            {"email": email},
        )
        return await cursor.fetchone()


async def add(conn: Connection, *, boutique_id: str, user_id: str, role: Role) -> bool:
    """False when the person is a member already, in whatever role."""
    cursor = await conn.execute(
        """insert into boutique_members (boutique_id, user_id, role)
           values (%(boutique_id)s, %(user_id)s, %(role)s)
           on conflict (boutique_id, user_id) do nothing""",
        {"boutique_id": boutique_id, "user_id": user_id, "role": role},
    )
    return cursor.rowcount == 1


async def change_role(conn: Connection, *, boutique_id: str, user_id: str, role: Role) -> bool:
    """False when there is no such member, or none whom the connection may change."""
    cursor = await conn.execute(
        """update boutique_members set role = %(role)s
           where boutique_id = %(boutique_id)s and user_id = %(user_id)s""",
        {"boutique_id": boutique_id, "user_id": user_id, "role": role},
    )
    return cursor.rowcount == 1


async def remove(conn: Connection, *, boutique_id: str, user_id: str) -> bool:
    """False when there is no such member, or none whom the connection may remove."""
    cursor = await conn.execute(
        """delete from boutique_members
           where boutique_id = %(boutique_id)s and user_id = %(user_id)s""",
        {"boutique_id": boutique_id, "user_id": user_id},
    )
    return cursor.rowcount == 1
