"""The boutiques a signed-in person is a member of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.languages import Language

Role = Literal["owner", "staff"]


@dataclass(frozen=True, slots=True)
class Membership:
    """A boutique and what the person is in it."""

    boutique_id: str
    slug: str
    name: str
    currency: str
    timezone: str
    language: Language
    role: Role


async def mine(conn: Connection) -> list[Membership]:
    """Of the person of a `user_connection`, by the boutiques' names."""
    async with conn.cursor(row_factory=class_row(Membership)) as cursor:
        await cursor.execute(
            """select b.id::text as boutique_id, b.slug, b.name, b.currency, b.timezone, b.language,
                 m.role
               from boutique_members m join boutiques b on b.id = m.boutique_id
               where m.user_id = (select auth.uid()) order by b.name, b.id"""
        )
        return await cursor.fetchall()
