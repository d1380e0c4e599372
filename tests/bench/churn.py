"""The queue's own statements while no vacuum comes by: dead rows grow, and live ones are few.

So it is in a burst, and for as long as a statement of minutes keeps the old rows from being
removed. Jobs are deferred, fetched and finished one by one, with `enable_seqscan` off and as the
server has it, in turn; what counts is the processor's time of the server.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import psutil
import psycopg
from rich.table import Table

from dukani.core.embedded import EmbeddedServer

JOBS = (2_000, 10_000, 20_000)  # since the last vacuum, when a thousand more are measured
MEASURED = 1_000

_DEFER = """select procrastinate_defer_jobs_v1(array[
  row('q', 't', 0, %(lock)s, null, '{}'::jsonb, null)::procrastinate_job_to_defer_v1])"""
_FETCH = "select id from procrastinate_fetch_job_v2(null, %(worker)s)"
_FINISH = "select procrastinate_finish_job_v1(%(job)s, 'succeeded', true)"


@dataclass(frozen=True, slots=True)
class _Line:
    """A worker's connection."""

    conn: psycopg.Connection
    worker: int

    def work(self, jobs: int) -> float:
        """Processor ms a job, of the server."""
        server = psutil.Process(self.conn.info.backend_pid)
        before = server.cpu_times()
        for number in range(jobs):
            self.conn.execute(_DEFER, {"lock": str(number % 300)})
            job = self.conn.execute(_FETCH, {"worker": self.worker}).fetchone()
            assert job is not None
            self.conn.execute(_FINISH, {"job": job[0]})
        after = server.cpu_times()
        return 1000 * (after.user + after.system - before.user - before.system) / jobs


def churn(server: EmbeddedServer, ours: str, theirs: str) -> Table:
    """On two databases that are alike, given by their names."""
    table = Table(title="The queue between two vacuums: processor ms a job", title_justify="left")
    for heading in ("jobs since the last", "enable_seqscan on", "off", "ratio"):
        table.add_column(heading)
    with ExitStack() as stack:
        on = stack.enter_context(_line(server.url(ours, user="postgres"), "on"))
        off = stack.enter_context(_line(server.url(theirs, user="postgres"), "off"))
        done = 0
        for jobs in JOBS:
            for line in (on, off):
                line.work(jobs - done)
            with_scans, without = on.work(MEASURED), off.work(MEASURED)
            done = jobs + MEASURED
            ratio = f"{with_scans / without:.2f}"
            table.add_row(f"{jobs:,}", f"{with_scans:.2f}", f"{without:.2f}", ratio)
    return table


@contextmanager
def _line(url: str, seqscan: str) -> Iterator[_Line]:
    # No commit waits for the disk, as the queue's own connections have it.
    options = (
        f"-c search_path=jobs -c jit=off -c synchronous_commit=off -c enable_seqscan={seqscan}"
    )
    with psycopg.connect(url, autocommit=True, options=options) as conn:
        for name in ("procrastinate_jobs", "procrastinate_events"):
            conn.execute(f"alter table {name} set (autovacuum_enabled = off)".encode())
            conn.execute(f"vacuum analyze {name}".encode())
        row = conn.execute("select procrastinate_register_worker_v1()").fetchone()
        assert row is not None
        yield _Line(conn, row[0])
