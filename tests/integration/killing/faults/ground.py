"""What a fleet stands on: a database server of its own, and the settings of its processes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from dukani.core import migrations
from dukani.core.crypto import new_key
from dukani.core.embedded import EmbeddedServer
from tests.processes import free_port, separate_settings


@contextmanager
def a_server(folder: Path, database: str) -> Iterator[EmbeddedServer]:
    """With the database migrated, and empty; its data are in `folder/database`."""
    (folder / "database").mkdir()
    server = EmbeddedServer(folder / "database")
    server.start()
    try:
        migrations.create_database(server.url("postgres", user="postgres"), database)
        migrations.migrate(server.url(database, user="postgres"), bootstrap=True)
        yield server
    finally:
        server.stop()


def to_the_outside(address: str) -> httpx.AsyncClient:
    """What people's phones are asked with; each call has a connection of its own.

    The sandbox closes one that was idle for five seconds, which on a busy machine is often just
    when it would be used again.
    """
    return httpx.AsyncClient(
        base_url=address, timeout=60.0, limits=httpx.Limits(max_keepalive_connections=0)
    )


def settings_of_a_fleet(folder: Path, *, dead_after_s: float = 1.5) -> dict[str, Any]:
    """A worker without a sign of life for `dead_after_s` loses its jobs to the others.

    Where nobody is killed, a busy machine must not pass for a dead worker: give it the 30 s that
    workers have by default.
    """
    return separate_settings(
        folder,
        port=free_port(),
        sandbox_port=free_port(),
        key=new_key(),
        queue={"heartbeat_s": dead_after_s / 3, "stalled_after_s": dead_after_s},
        campaigns={"settle_s": 5.0, "users_per_day": 1_000_000},
    )
