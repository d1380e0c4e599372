"""Migrates a database: applies our SQL files, then the queue's own tables.

The files in `supabase/migrations` are plain SQL with timestamped names, so `supabase db push`
can apply them too; both record them in `supabase_migrations.schema_migrations`.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from procrastinate.schema import SchemaManager

from dukani.core.database_url import explaining
from dukani.core.errors import ConfigurationError
from dukani.core.settings import ROOT

FOLDER = ROOT / "supabase" / "migrations"
BOOTSTRAP = Path(__file__).with_name("bootstrap.sql")
QUEUE_GRANTS = Path(__file__).with_name("queue_grants.sql")

CONNECT_TIMEOUT_S = 15
LOCK_TIMEOUT_MS = 3000
PATIENCE_S = (1.0, 3.0, 10.0, 30.0, 0.0)  # after each try; the service goes on meanwhile

_HISTORY = """
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
  version text primary key, statements text[], name text
);
"""


def create_database(server_url: str, name: str) -> bool:
    """Create database `name` with the roles and schemas Supabase has. False if it existed."""
    with psycopg.connect(server_url, autocommit=True) as conn:
        if conn.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            return False
        try:
            conn.execute(f'create database "{name}"'.encode())
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return False  # another process created the database
        return True


def migrate(url: str, *, bootstrap: bool = False) -> list[str]:
    """Apply the missing files; returns their names.

    Each file is one transaction with its line in the history. `bootstrap` first adds the roles
    and schemas of Supabase that a plain PostgreSQL lacks. Two migrations may run at once: a lock
    lets one of them apply each file.
    Raises ConfigurationError when the database cannot be reached or may not be changed.
    """
    with explaining(url), _connected(url) as conn:
        with _locked_transaction(conn):
            if bootstrap:
                conn.execute(BOOTSTRAP.read_bytes())
            conn.execute(_HISTORY.encode())
        applied = [path.name for path in _missing(conn) if _apply(conn, path)]
        with _locked_transaction(conn):
            _install_procrastinate(conn)
        with _locked_transaction(conn):
            conn.execute(QUEUE_GRANTS.read_bytes())
        return applied


def _connected(url: str) -> psycopg.Connection:
    """A connection with nothing kept between transactions, which suits a transaction pooler too."""
    return psycopg.connect(
        url, autocommit=True, prepare_threshold=None, connect_timeout=CONNECT_TIMEOUT_S
    )


@contextmanager
def _locked_transaction(conn: psycopg.Connection) -> Iterator[None]:
    """A transaction under the migrations' advisory lock, which ends with the transaction."""
    with conn.transaction():
        conn.execute("select pg_advisory_xact_lock(hashtext('dukani.migrate'))")
        yield


def pending(applied: Collection[str]) -> list[Path]:
    """The files that a database with these versions lacks, in the order to apply them."""
    return [path for path in sorted(FOLDER.glob("*.sql")) if _version(path) not in applied]


def _missing(conn: psycopg.Connection) -> list[Path]:
    rows = conn.execute("select version from supabase_migrations.schema_migrations")
    return pending({row[0] for row in rows})


def _apply(conn: psycopg.Connection, path: Path) -> bool:
    """Apply one file; false when another migration has applied it.

    Raises ConfigurationError when a table is held by others again and again.
    """
    for patience_s in PATIENCE_S:
        try:
            return _apply_once(conn, path)
        except psycopg.errors.LockNotAvailable:
            time.sleep(patience_s)
    raise ConfigurationError(
        f"{path.name} waits for a table that a long transaction holds: end that transaction"
        " (pg_stat_activity shows it), and run `dukani migrate` again"
    )


def _apply_once(conn: psycopg.Connection, path: Path) -> bool:
    with _locked_transaction(conn):
        # Whoever comes after a waiting migration waits behind it, so it must not wait for long.
        conn.execute(f"set local lock_timeout = {LOCK_TIMEOUT_MS}".encode())
        cursor = conn.execute(
            """insert into supabase_migrations.schema_migrations (version, name)
               values (%s, %s) on conflict do nothing""",
            (_version(path), path.stem.partition("_")[2]),
        )
        if cursor.rowcount == 0:
            return False
        conn.execute(path.read_bytes())
    return True


def _version(path: Path) -> str:
    return path.stem.partition("_")[0]


def _install_procrastinate(conn: psycopg.Connection) -> None:
    if conn.execute("select to_regclass('jobs.procrastinate_jobs')").fetchone() != (None,):
        return
    conn.execute("set local search_path = jobs")
    conn.execute(SchemaManager.get_schema().encode())
