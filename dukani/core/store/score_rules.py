"""A boutique's rules of scoring, version by version; none is ever changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg.types.json import Jsonb

from dukani.core.database import Connection


async def current(conn: Connection) -> Mapping[str, Any] | None:
    """The last version's rules; None: the boutique has none of its own yet."""
    cursor = await conn.execute(
        """select rules from score_rules where boutique_id = private.current_boutique()
           order by version desc limit 1"""
    )
    row = await cursor.fetchone()
    return row["rules"] if row else None


async def get(conn: Connection, *, version: int) -> Mapping[str, Any] | None:
    cursor = await conn.execute(
        """select rules from score_rules
           where boutique_id = private.current_boutique() and version = %(version)s""",
        {"version": version},
    )
    row = await cursor.fetchone()
    return row["rules"] if row else None


async def add(conn: Connection, *, version: int, rules: Mapping[str, Any]) -> bool:
    """False: there is such a version, which stays."""
    cursor = await conn.execute(
        """insert into score_rules (boutique_id, version, rules)
           values (private.current_boutique(), %(version)s, %(rules)s) on conflict do nothing""",
        {"version": version, "rules": Jsonb(dict(rules))},
    )
    return cursor.rowcount == 1
