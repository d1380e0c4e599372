"""A real PgBouncer in transaction mode before the tests' server, where one is installed.

Strict: it refuses startup options as it does out of the box, and it has two servers for all, so
that whatever lives in a session meets another one soon.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
START_S = 10.0

_CONFIG = """[databases]
* = host={socket_folder} port={server_port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
pool_mode = transaction
default_pool_size = 2
max_client_conn = 200
auth_type = trust
auth_file = {folder}/users.txt
{more}
"""


@contextmanager
def pgbouncer(server_url: str, folder: Path, *, more: str = "") -> Iterator[int]:
    """The port it listens on; `server_url` names a Unix socket."""
    assert PGBOUNCER is not None
    port = _free_port()
    where = urlsplit(server_url)
    sockets = Path(parse_qs(where.query)["host"][0])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "users.txt").write_text('"postgres" ""\n"dukani_app" ""\n')
    config = _CONFIG.format(
        socket_folder=sockets,
        server_port=where.port or 5432,
        port=port,
        folder=folder,
        more=more,
    )
    if os.getuid() == 0:  # it refuses to run as root: as the server's own user it sees the socket
        config += f"user = {sockets.owner()}\n"
        shutil.chown(folder, sockets.owner())
    (folder / "pgbouncer.ini").write_text(config)
    with (folder / "pgbouncer.log").open("w") as log:  # opened here: its user may not reach it
        process = subprocess.Popen(
            [PGBOUNCER, str(folder / "pgbouncer.ini")], start_new_session=True, stderr=log
        )
    try:
        _until_it_listens(port, process, folder)
        yield port
        if process.poll() is not None:
            raise RuntimeError(f"PgBouncer ended while it was used:\n{_last_lines(folder)}")
    finally:
        process.terminate()
        process.wait(10)


def _last_lines(folder: Path) -> str:
    return "\n".join((folder / "pgbouncer.log").read_text().splitlines()[-20:])


def through(port: int, url: str) -> str:
    """The same database and login by way of the pooler."""
    where = urlsplit(url)
    return f"postgresql://{where.username}@127.0.0.1:{port}{where.path}"


def _until_it_listens(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    give_up = time.monotonic() + START_S
    while time.monotonic() < give_up and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError(f"PgBouncer did not start:\n{_last_lines(folder)}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
