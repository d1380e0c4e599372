"""Demos as processes, each on a folder of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
import psycopg

from dukani.core.embedded import DATABASE
from tests.processes import free_port, own_environment

SERVED_WITHIN_S = 180.0  # the first time the pieces are drawn, and a month is written


class Demo:
    """`dukani demo` on a folder of its own, with two small shops."""

    def __init__(
        self,
        folder: Path,
        *,
        products: int = 1,
        history_days: int | None = None,
        port: int | None = None,
        served_within_s: float = SERVED_WITHIN_S,
    ) -> None:
        self.folder = folder
        self.products = products  # of each shop
        self.history_days = history_days or (30 if products > 1 else 2)
        self.served_within_s = served_within_s
        self.port = port or free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, **settings: str) -> None:
        """Returns when a page is served; `settings` as environment variables."""
        command = [str(Path(sys.executable).parent / "dukani"), "demo", "--port", str(self.port)]
        env = own_environment(
            DUKANI_DATA_DIR=str(self.folder),
            DUKANI_SANDBOX__PRODUCTS=str(self.products),
            DUKANI_SANDBOX__HISTORY_DAYS=str(self.history_days),
            **settings,
        )
        self.process = subprocess.Popen(command, env=env, cwd=self.folder, start_new_session=True)
        give_up = time.monotonic() + self.served_within_s
        while not self._serves():
            assert self.process.poll() is None, "it ended before it served"
            assert time.monotonic() < give_up
            time.sleep(0.1)

    def _serves(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/phone").is_success
        except httpx.TransportError:
            return False

    def stop(self, number: signal.Signals) -> int:
        """Its exit code; raises TimeoutExpired when it does not end, and ends it."""
        assert self.process is not None
        self.process.send_signal(number)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()  # another may be given its port
            raise

    @property
    def postmaster(self) -> psutil.Process | None:
        """The database's process, if there is one."""
        pid_file = self.folder / "postgres" / "postmaster.pid"
        if not pid_file.exists():
            return None
        pid = int(pid_file.read_text().split()[0])
        return psutil.Process(pid) if psutil.pid_exists(pid) else None

    def boutiques(self) -> list[str]:
        """Their ids: the same data has the same."""
        where = f"postgresql://postgres:@/{DATABASE}?host={self.folder / 'postgres'}"
        with psycopg.connect(where) as conn:
            return [str(row[0]) for row in conn.execute("select id from boutiques order by id")]
