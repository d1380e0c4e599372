"""A pooler that ends its connections every few seconds, keeps no prepared statement and has three.

Twenty customers write at once, again and again; nobody is answered twice or not at all.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import httpx
import psycopg
import pytest

from dukani.agent.local_reader import LocalReader
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.graph.context import Senses
from dukani.worker import build_worker, run_worker
from tests.fakes.providers import FakeProviders
from tests.journeys.talk import ScriptedEye
from tests.pooler import PGBOUNCER, pgbouncer, through
from tests.wiring import TWILIO_NUMBER, Caller, a_line, doors_of, jobs, some_services, with_settings

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(PGBOUNCER is None, reason="PgBouncer is not installed"),
]

CUSTOMERS, ROUNDS, APART_S = 20, 3, 6.0
# Versions before 1.21 keep no prepared statements and refuse to be told so.
SHORT_LIVED = """default_pool_size = 3
server_lifetime = 4
server_idle_timeout = 2"""


@pytest.fixture
def port(server: EmbeddedServer) -> Iterator[int]:
    folder = Path(mkdtemp(prefix="dukani-pooler-"))
    try:
        with pgbouncer(server.url("postgres"), folder, more=SHORT_LIVED) as port:
            yield port
    finally:
        shutil.rmtree(folder)


async def test_everybody_is_answered_once_while_connections_come_and_go(
    port: int, server: EmbeddedServer, database_name: str, tmp_path: Path
) -> None:
    # given webhooks and a worker behind the pooler
    providers = FakeProviders()
    http = httpx.AsyncClient(transport=httpx.MockTransport(providers.answer))
    url = through(port, server.url(database_name))
    async with (
        Database(url, transaction_pooler=True) as pooled,
        some_services(pooled, tmp_path, http=http, conversation={"quiet_time_s": 0.0}) as plain,
    ):
        services = with_settings(plain, database={"transaction_pooler": True})
        await a_line(services, "twilio", TWILIO_NUMBER)
        senses = Senses(reader=LocalReader(), eye=ScriptedEye())
        working = asyncio.create_task(run_worker(build_worker(services, senses, url=url)))
        async with doors_of(services) as client, asyncio.timeout(120):

            async def write(n: int, round_: int) -> int:
                phone = f"2547120000{n:02d}"
                answer = await Caller(client).twilio(
                    MessageSid=f"IN{round_}-{n}",
                    From=f"whatsapp:+{phone}",
                    WaId=phone,
                    Body="what time do you open?",
                )
                return answer.status_code

            # when all write at once, and again when the connections of before have ended
            taken: list[int] = []
            for round_ in range(ROUNDS):
                taken += await asyncio.gather(*(write(n, round_) for n in range(CUSTOMERS)))
                await asyncio.sleep(APART_S)
            while await jobs(services):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        working.cancel()
        await asyncio.wait({working})

        # then every message was taken, and answered once
        assert set(taken) == {200}
        answered = Counter(sent["To"] for sent in providers.sent)
        assert len(answered) == CUSTOMERS
        assert set(answered.values()) == {ROUNDS}

    # and no lock has outlived its transaction
    with psycopg.connect(server.url(database_name, user="postgres")) as conn:
        held = conn.execute(
            """select count(*) from pg_locks l join pg_database d on d.oid = l.database
               where l.locktype = 'advisory' and d.datname = current_database()"""
        ).fetchone()
    assert held == (0,)
