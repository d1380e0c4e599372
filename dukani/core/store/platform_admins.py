"""The people who run the installation. All but `am_i` need a system connection."""

from __future__ import annotations

from dukani.core.database import Connection


async def am_i(conn: Connection) -> bool:
    """Whether the person of a `user_connection` is one."""
    cursor = await conn.execute("select private.am_i_platform_admin() as am")
    row = await cursor.fetchone()
    assert row is not None  # a select without a from has one row
    return bool(row["am"])


async def add(conn: Connection, *, user_id: str) -> bool:
    """Make the person one; false when the person was one before."""
    cursor = await conn.execute(
        """insert into private.platform_admins (user_id) values (%(user_id)s)
           on conflict (user_id) do nothing""",
        {"user_id": user_id},
    )
    return cursor.rowcount == 1


async def remove(conn: Connection, *, user_id: str) -> bool:
    """Take the right away; false when the person had none."""
    cursor = await conn.execute(
        "delete from private.platform_admins where user_id = %(user_id)s", {"user_id": user_id}
    )
    return cursor.rowcount == 1


async def emails(conn: Connection) -> list[str]:
    """Of all of them, in the order in which they were added."""
    cursor = await conn.execute(
        """select u.email
           from private.platform_admins p join private.platform_people() u using (user_id)
           order by p.created_at, u.email"""
    )
    return [str(row["email"]) for row in await cursor.fetchall()]
