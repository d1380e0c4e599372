"""Queries of `dukani doctor`: schema, roles, row level security, queue and credentials.

The doctor also examines a database that our pool refuses to open, so these functions take a plain
synchronous connection. All need the rights of the tables' owner, except `can_take_role`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import psycopg
from psycopg.rows import DictRow, class_row

from dukani.core.queue_health import QueueState, WorkerState
from dukani.core.store.queue_states import KNOWN, STATES, WORKERS, in_order

Conn = psycopg.Connection[DictRow]
QUEUE_TABLE = "jobs.procrastinate_jobs"
HISTORY_TABLE = "supabase_migrations.schema_migrations"


class SealedAccount(NamedTuple):
    """A boutique's active account at a provider, its secrets still encrypted."""

    boutique: str
    provider: str
    sealed: str


def has_table(conn: Conn, table: str) -> bool:
    return bool(_row(conn, "select to_regclass(%s) is not null as found", table)["found"])


def applied_migrations(conn: Conn) -> set[str]:
    """The versions of the migrations applied; none before the first."""
    if not has_table(conn, HISTORY_TABLE):
        return set()
    rows = conn.execute("select version from supabase_migrations.schema_migrations").fetchall()
    return {row["version"] for row in rows}


def vector_version(conn: Conn) -> str | None:
    """The version of pgvector; none when the extension is not installed."""
    rows = conn.execute("select extversion from pg_extension where extname = 'vector'").fetchall()
    return str(rows[0]["extversion"]) if rows else None


def can_take_role(conn: Conn, role: str) -> bool:
    """Whether the connection's login may take `role`."""
    try:
        with conn.transaction():
            conn.execute("select set_config('role', %s, true)", (role,))
    except psycopg.Error:
        return False
    return True


class RetentionRun(NamedTuple):
    """The night's last look at one kind of thing."""

    kind: str
    days: int
    removed: int
    finished: bool
    hours_ago: float


def retention_runs(conn: Conn) -> list[RetentionRun]:
    """Of each kind; none before the first night."""
    with conn.cursor(row_factory=class_row(RetentionRun)) as cursor:
        return cursor.execute(
            """select kind, days, removed, finished_at is not null as finished,
                 extract(epoch from now() - ran_at)::float8 / 3600 as hours_ago
               from private.retention_runs order by kind"""
        ).fetchall()


def row_level_security(conn: Conn) -> dict[str, bool]:
    """Each of our tables, and whether row level security is on for it."""
    rows = conn.execute(
        """select n.nspname || '.' || relname as name, relrowsecurity as secured
           from pg_class join pg_namespace n on n.oid = relnamespace
           where n.nspname in ('public', 'memory') and relkind in ('r', 'p') order by 1"""
    ).fetchall()
    return {row["name"]: row["secured"] for row in rows}


def stalled_jobs(conn: Conn, *, stalled_after_s: float) -> int:
    """The number of jobs whose worker has died."""
    stalled = _row(
        conn,
        """select count(*) as n from jobs.procrastinate_jobs j
           left join jobs.procrastinate_workers w on w.id = j.worker_id
           where j.status = 'doing'
             and (w.id is null or w.last_heartbeat < now() - make_interval(secs => %s))""",
        stalled_after_s,
    )
    return int(stalled["n"])


def living_workers(conn: Conn, *, stalled_after_s: float) -> int:
    """The number of workers with a recent heartbeat."""
    alive = _row(
        conn,
        """select count(*) as n from jobs.procrastinate_workers
           where last_heartbeat >= now() - make_interval(secs => %s)""",
        stalled_after_s,
    )
    return int(alive["n"])


def overdue_jobs(conn: Conn, *, overdue_after_s: float) -> int:
    """The number of waiting jobs that were due `overdue_after_s` ago."""
    overdue = _row(
        conn,
        """select count(*) as n from jobs.procrastinate_jobs j where status = 'todo'
           and coalesce(scheduled_at, (select min(at) from jobs.procrastinate_events
             where job_id = j.id)) < now() - make_interval(secs => %s)""",
        overdue_after_s,
    )
    return int(overdue["n"])


def queue_states(conn: Conn) -> list[QueueState]:
    """The queues as they are now."""
    with conn.cursor(row_factory=class_row(QueueState)) as cursor:
        found = cursor.execute(STATES.encode(), {"known": KNOWN}).fetchall()
    return in_order(found)


def workers(conn: Conn, *, stalled_after_s: float) -> list[WorkerState]:
    """The workers, those without a recent heartbeat too."""
    with conn.cursor(row_factory=class_row(WorkerState)) as cursor:
        return cursor.execute(WORKERS.encode(), {"stalled_after_s": stalled_after_s}).fetchall()


def sealed_accounts(conn: Conn) -> list[SealedAccount]:
    """Every active account of an open boutique; none while the tables do not exist yet."""
    try:
        rows = conn.execute(
            """select slug, provider, secrets from provider_credentials c
               join boutiques b on b.id = c.boutique_id
               where c.active and b.active order by slug, provider"""
        ).fetchall()
    except psycopg.errors.UndefinedTable:
        return []
    return [SealedAccount(row["slug"], row["provider"], row["secrets"]) for row in rows]


def _row(conn: Conn, statement: str, *values: Any) -> DictRow:
    row = conn.execute(statement.encode(), values or None).fetchone()
    assert row is not None  # every statement here returns one row
    return row
