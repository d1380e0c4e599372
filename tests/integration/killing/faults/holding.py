"""A turn in another host, which is in the middle of its transaction when the network is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from psycopg import OperationalError

from dukani.core.database import Database
from tests.integration.killing.faults.hosts import Host

PULLED_WITHIN_S = 600.0


def hold(host: Host, url: str, boutique_id: str, conversation_id: str, folder: Path) -> None:
    """A process of its own; what it has come to is told by files in `folder`.

    `held`: the conversation is locked. It goes on when `pulled` is there. `noticed`: it was told
    that its connection is gone.
    """
    host.move_in()
    asyncio.run(_hold(url, boutique_id, conversation_id, folder))


async def _hold(url: str, boutique_id: str, conversation_id: str, folder: Path) -> None:
    async with Database(url) as database:
        with suppress(OperationalError):
            async with database.tenant_connection(boutique_id, partition=conversation_id) as conn:
                (folder / "held").touch()
                await until((folder / "pulled").exists, within_s=PULLED_WITHIN_S)
                await conn.execute("select 1")
        (folder / "noticed").touch()


async def until(holds: Callable[[], bool], *, within_s: float) -> None:
    """Raises TimeoutError."""
    for _ in range(int(10 * within_s)):
        if holds():
            return
        await asyncio.sleep(0.1)
    raise TimeoutError(f"not within {within_s:.0f} s")
