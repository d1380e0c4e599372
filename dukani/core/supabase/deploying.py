"""The steps that bring a Supabase project to this version; each looks first, and again changes
nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

from dukani.core import migrations
from dukani.core.database_url import explaining
from dukani.core.errors import ConfigurationError
from dukani.core.supabase import walls

POOLER_PORT = 6543
_KNOWN = "select version from supabase_migrations.schema_migrations"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a project lacks."""

    migrations: list[str]
    bucket: bool  # has to be made
    close_bucket: bool  # is public

    @property
    def empty(self) -> bool:
        return not (self.migrations or self.bucket or self.close_bucket)

    def lines(self, bucket: str) -> Iterator[str]:
        for name in self.migrations:
            yield f"apply {name}"
        if self.bucket:
            yield f"make the private bucket {bucket!r}"
        if self.close_bucket:
            yield f"make the bucket {bucket!r} private"


def look(url: str, *, bucket: str) -> Plan:
    """What is to be done to the project of `url`. Changes nothing.

    Raises ConfigurationError when it is none, or is reached by a way that migrations cannot take.
    """
    with explaining(url), psycopg.connect(url, prepare_threshold=None, connect_timeout=15) as conn:
        _refuse_pooler(conn)
        _refuse_other(conn)
        applied = set()
        if conn.execute(
            "select to_regclass('supabase_migrations.schema_migrations')"
        ).fetchone() != (None,):
            applied = {version for (version,) in conn.execute(_KNOWN).fetchall()}
        conn.execute("set local role service_role")
        found = conn.execute("select public from storage.buckets where id = %s", (bucket,))
        row = found.fetchone()
    return Plan(
        migrations=[path.name for path in migrations.pending(applied)],
        bucket=row is None,
        close_bucket=row is not None and row[0] is True,
    )


def deploy(url: str, plan: Plan, *, bucket: str) -> None:
    """Do what `plan` says: tables, policies and what is published; then the bucket.

    Raises ConfigurationError.
    """
    migrations.migrate(url)
    if plan.bucket or plan.close_bucket:
        with explaining(url), psycopg.connect(url, prepare_threshold=None) as conn:
            conn.execute("set local role service_role")
            conn.execute(
                """insert into storage.buckets (id, name, public) values (%(name)s, %(name)s, false)
                   on conflict (id) do update set public = false""",
                {"name": bucket},
            )


def faults(url: str) -> list[str]:
    """What is open that should not be, once the migrations are there."""
    with explaining(url):
        return list(walls.faults(url))


def _refuse_pooler(conn: psycopg.Connection) -> None:
    if conn.info.port == POOLER_PORT:
        raise ConfigurationError(
            f"Port {POOLER_PORT} is the transaction pooler, through which nothing is migrated:"
            " take the session pooler's or the direct address (port 5432)"
        )


def _refuse_other(conn: psycopg.Connection) -> None:
    wanted = ("auth.users", "storage.buckets", "storage.objects")
    missing = [
        name
        for name in wanted
        if conn.execute("select to_regclass(%s)", (name,)).fetchone() == (None,)
    ]
    if missing:
        raise ConfigurationError(
            f"This is no Supabase project: it has no {missing[0]}. For another PostgreSQL there is"
            " `dukani migrate`"
        )
