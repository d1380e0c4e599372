"""The packaged server for real: killed with its process, started again on the same data."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.errors import ConfigurationError
from dukani.core.settings import GivenSettings
from dukani.running import running_database
from tests.factories import a_boutique

# A process that commits a row and is gone, without a word to its server.
KILLED = """
import os, sys
from pathlib import Path
import psycopg
from dukani.core.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]))
server.start()
with psycopg.connect(server.url("postgres", user="postgres"), autocommit=True) as conn:
    conn.execute("create table kept as select 1 as one")
os.kill(os.getpid(), 9)
"""

pytestmark = pytest.mark.slow  # each starts a database of its own


def test_what_was_committed_survives_kill_9_and_a_recycled_pid(tmp_path: Path) -> None:
    # given a row committed by a process that was killed, and its server after it
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False, timeout=60)
    pid_file = tmp_path / "postgres" / "postmaster.pid"
    pid, rest = pid_file.read_text().split("\n", 1)
    postmaster = psutil.Process(int(pid))
    family = [postmaster, *postmaster.children(recursive=True)]
    postmaster.kill()
    psutil.wait_procs(family, timeout=10)

    # when its pid belongs to a stranger, and the next process starts
    pid_file.write_text(f"{os.getpid()}\n{rest}")
    server = EmbeddedServer(tmp_path)
    server.start()

    # then the row is there, and durability is on
    try:
        with psycopg.connect(server.url("postgres", user="postgres")) as conn:
            assert conn.execute("select one from kept").fetchone() == (1,)
            assert conn.execute("show fsync").fetchone() == ("on",)
            assert conn.execute("show max_connections").fetchone() == ("120",)
    finally:
        server.stop()
    assert not pid_file.exists()


def test_a_start_that_fails_is_tried_again(tmp_path: Path) -> None:
    # given a server that cannot start, for now
    server = EmbeddedServer(tmp_path)
    server.start()
    server.stop()
    configuration = tmp_path / "postgres" / "postgresql.conf"
    sound = configuration.read_text()
    configuration.write_text(sound + "\nno_such_setting = on\n")
    repair = threading.Timer(0.5, configuration.write_text, [sound])

    # when it is started and what was wrong is put right meanwhile
    repair.start()
    server.start()

    # then it runs
    try:
        with psycopg.connect(server.url("postgres", user="postgres")) as conn:
            assert conn.execute("select 1").fetchone() == (1,)
    finally:
        server.stop()


async def test_it_is_started_again_while_it_is_used(tmp_path: Path) -> None:
    # given a process that works with its embedded database, and a boutique in it
    with running_database(GivenSettings(data_dir=tmp_path)) as server:
        async with Database(server.url) as database:
            boutique = await a_boutique(database)

            # when the server is killed, with all its children
            pid = int((tmp_path / "postgres" / "postmaster.pid").read_text().split()[0])
            postmaster = psutil.Process(pid)
            family = [postmaster, *postmaster.children(recursive=True)]
            for process in family:
                process.kill()
            psutil.wait_procs(family, timeout=10)

            # then the pool finds another with the same data, and takes more
            async with asyncio.timeout(60):
                while not await _seen(database, boutique):  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
            await a_boutique(database)
        assert int((tmp_path / "postgres" / "postmaster.pid").read_text().split()[0]) != pid
    assert not (tmp_path / "postgres" / "postmaster.pid").exists()


async def _seen(database: Database, boutique: str) -> bool:
    try:
        async with asyncio.timeout(5), database.tenant_connection(boutique) as conn:
            cursor = await conn.execute("select id::text from boutiques")
            return await cursor.fetchall() == [{"id": boutique}]
    except (psycopg.OperationalError, TimeoutError):
        return False


def test_production_starts_no_database_of_its_own(tmp_path: Path) -> None:
    settings = GivenSettings(environment="production", data_dir=tmp_path)

    with (
        pytest.raises(ConfigurationError, match="DUKANI_DATABASE__URL is not set"),
        running_database(settings),
    ):
        pass

    assert list(tmp_path.iterdir()) == []
