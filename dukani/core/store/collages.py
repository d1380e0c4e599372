"""The collages a boutique has, by what is drawn on them."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.database import Connection


async def path_of(conn: Connection, *, key: str) -> str | None:
    """Where the picture is in the media store; None if it was not made yet."""
    cursor = await conn.execute(
        """select media_path from collages
           where boutique_id = private.current_boutique() and key = %(key)s""",
        {"key": key},
    )
    row = await cursor.fetchone()
    return row["media_path"] if row else None


async def paths_of(conn: Connection, *, keys: Sequence[str]) -> dict[str, str]:
    """Where those that were made already are, by key."""
    cursor = await conn.execute(
        """select key, media_path from collages
           where boutique_id = private.current_boutique() and key = any(%(keys)s)""",
        {"keys": list(keys)},
    )
    return {row["key"]: row["media_path"] for row in await cursor.fetchall()}


async def put(conn: Connection, *, key: str, media_path: str) -> None:
    """Two who make the same at once store the same picture under the same path."""
    await conn.execute(
        """insert into collages (boutique_id, key, media_path)
           values (private.current_boutique(), %(key)s, %(media_path)s) on conflict do nothing""",
        {"key": key, "media_path": media_path},
    )
