"""The packaged server for real: killed with its process, started again on the same data."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import psycopg

from dukani.core.embedded import EmbeddedServer

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
