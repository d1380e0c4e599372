"""Brings a database up to date: our SQL files, then the queue's own tables.

The files in `supabase/migrations` are plain SQL with timestamped names, so `supabase db push`
takes them too; both keep count in `supabase_migrations.schema_migrations`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from procrastinate.schema import SchemaManager

from dukani.core.database_url import explaining
from dukani.core.settings import ROOT

FOLDER = ROOT / "supabase" / "migrations"
BOOTSTRAP = Path(__file__).with_name("bootstrap.sql")
QUEUE_WALLS = Path(__file__).with_name("queue_grants.sql")

CONNECT_TIMEOUT_S = 15

_HISTORY = """
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
  version text primary key, statements text[], name text
);
"""


def create_database(server_url: str, name: str) -> bool:
    """Create database `name` with what Supabase would bring. False when it was there."""
    with psycopg.connect(server_url, autocommit=True) as conn:
        if conn.execute("select from pg_database where datname = %s", (name,)).fetchone():
            return False
        try:
            conn.execute(f'create database "{name}"'.encode())
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return False  # another process was faster, by much or by little
        return True


def migrate(url: str, *, bootstrap: bool = False) -> list[str]:
    """Apply what is missing; the names of the files applied.

    Each file is one transaction with its line in the history. `bootstrap` first adds what a
    plain PostgreSQL lacks beside Supabase. Of two migrations at once each file is applied by one.
    Raises ConfigurationError when the database cannot be reached or may not be changed.
    """
    with explaining(url), _connected(url) as conn:
        with _in_turn(conn):
            if bootstrap:
                conn.execute(BOOTSTRAP.read_bytes())
            conn.execute(_HISTORY.encode())
        applied = [path.name for path in _missing(conn) if _apply(conn, path)]
        with _in_turn(conn):
            _install_procrastinate(conn)
        with _in_turn(conn):
            conn.execute(QUEUE_WALLS.read_bytes())
        return applied


def _connected(url: str) -> psycopg.Connection:
    """Nothing here outlives its transaction, so that it works through a transaction pooler too."""
    return psycopg.connect(
        url, autocommit=True, prepare_threshold=None, connect_timeout=CONNECT_TIMEOUT_S
    )


@contextmanager
def _in_turn(conn: psycopg.Connection) -> Iterator[None]:
    """A transaction no other migration's runs beside: the lock ends with it."""
    with conn.transaction():
        conn.execute("select pg_advisory_xact_lock(hashtext('dukani.migrate'))")
        yield


def pending(applied: Collection[str]) -> list[Path]:
    """The files that a database with these versions lacks, in the order they are to be applied."""
    return [path for path in sorted(FOLDER.glob("*.sql")) if _version(path) not in applied]


def _missing(conn: psycopg.Connection) -> list[Path]:
    rows = conn.execute("select version from supabase_migrations.schema_migrations")
    return pending({row[0] for row in rows})


def _apply(conn: psycopg.Connection, path: Path) -> bool:
    """False when another migration was faster."""
    with _in_turn(conn):
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
