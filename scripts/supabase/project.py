"""Brings the project up on an empty server as the CLI does, and looks at what is there then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg

from dukani.core import migrations
from dukani.core.supabase.walls import published, walls

__all__ = ["published", "walls"]  # looked for here by the check and its test

STAND_IN = Path(__file__).with_name("stand_in.sql")
OWNER = "project_owner"

_HISTORY = """create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
  version text not null primary key, statements text[], name text)"""


def begin(superuser_url: str, *, schema_of_vector: str = "public") -> None:
    """What a new project has."""
    text = STAND_IN.read_text().replace(":schema_of_vector", schema_of_vector)
    with psycopg.connect(superuser_url, autocommit=True) as conn:
        conn.execute(text.encode())
        database = conn.info.dbname
        conn.execute(f'grant all on database "{database}" to {OWNER}'.encode())


def push(owner_url: str, files: Sequence[Path], *, seed: Path | None = None) -> Iterator[str]:
    """Apply each file as `db push` does: one transaction, with its row. Faults, then it stops."""
    with psycopg.connect(owner_url, autocommit=True, prepare_threshold=None) as conn:
        conn.execute(_HISTORY.encode())
        for path in files:
            try:
                _apply(conn, path)
            except psycopg.Error as error:
                yield f"{path.name}: {str(error).splitlines()[0]}"
                return
        if seed is not None:
            conn.execute(seed.read_bytes())


def _apply(conn: psycopg.Connection, path: Path) -> None:
    version, _, name = path.stem.partition("_")
    with conn.transaction():
        conn.execute(path.read_bytes())
        # What a file set for itself must not leak into the next one.
        conn.execute("reset all")
        conn.execute(
            "insert into supabase_migrations.schema_migrations (version, statements, name)"
            " values (%s, %s, %s)",
            (version, [path.read_text()], name),
        )


def migrate_twice(owner_url: str, files: Sequence[Path]) -> Iterator[str]:
    """`dukani migrate` after the CLI adds the libraries' tables and no file; then nothing."""
    for time in ("first", "second"):
        applied = migrations.migrate(owner_url)
        if applied:
            yield f"`dukani migrate`, the {time} time, applied {', '.join(applied)} anew"
    with psycopg.connect(owner_url) as conn:
        if conn.execute("select to_regclass('jobs.procrastinate_jobs')").fetchone() == (None,):
            yield "`dukani migrate` left no queue behind"
        known = conn.execute(
            "select count(*) from supabase_migrations.schema_migrations"
        ).fetchone()
        if known != (len(files),):
            yield f"the history has {known} rows of {len(files)} files"


def bucket(owner_url: str, config: dict[str, object], name: str) -> Iterator[str]:
    """The service alone reaches the media: a private bucket, and no policy that opens it."""
    storage = config.get("storage")
    buckets = storage.get("buckets", {}) if isinstance(storage, dict) else {}
    if name not in buckets:
        yield f"[storage.buckets.{name}] is missing: the service keeps its media there"
    elif buckets[name].get("public") is not False:
        yield f"[storage.buckets.{name}] is not private"
    with psycopg.connect(owner_url) as conn:
        for (policy,) in conn.execute(
            "select policyname from pg_policies where schemaname = 'storage'"
        ).fetchall():
            yield f"the policy {policy!r} opens files to others than the service"
