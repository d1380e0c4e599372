"""Both ends of a connection notice that the other host is gone.

That a lost host's conversation goes on is tried with a real network in `test_host_gone.py`.
"""

from __future__ import annotations

from procrastinate import PsycopgConnector

from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.queue import build_queue
from dukani.core.settings import Queue

OUR_END = {"keepalives_idle": "20", "tcp_user_timeout": "40000"}
SERVERS_END = ("tcp_keepalives_idle=20", "tcp_user_timeout=40000")


async def test_a_connection_asks_for_it_at_both_ends(database: Database) -> None:
    async with database.system_connection() as conn:
        given = conn.info.get_parameters()

    assert OUR_END.items() <= given.items()
    assert all(setting in given["options"] for setting in SERVERS_END)


async def test_a_connection_through_a_pooler_asks_at_our_end_alone(
    server: EmbeddedServer, database_name: str
) -> None:
    # A pooler refuses startup options, and has settings of its own for the server's end.
    async with (
        Database(server.url(database_name), transaction_pooler=True) as pooled,
        pooled.system_connection() as conn,
    ):
        given = conn.info.get_parameters()

    assert OUR_END.items() <= given.items()
    assert "options" not in given


async def test_the_queue_asks_too(server: EmbeddedServer, database_name: str) -> None:
    queue = build_queue(server.url(database_name), Queue())

    assert isinstance(queue.connector, PsycopgConnector)
    async with queue.open_async(), queue.connector.pool.connection() as conn:
        given = conn.info.get_parameters()

    assert OUR_END.items() <= given.items()
    assert all(setting in given["options"] for setting in SERVERS_END)
