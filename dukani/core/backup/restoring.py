"""Restores a backup into an empty database: all of it, or nothing."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from dukani.core import migrations
from dukani.core.backup.in_flight import Rested, put_to_rest
from dukani.core.backup.manifest import DUMP, MEDIA, Manifest, Role, check_files, read
from dukani.core.backup.programs import program, run
from dukani.core.backup.taking import TABLES, rows_of
from dukani.core.database_url import explaining
from dukani.core.errors import ConfigurationError

# What a new database of ours has before its first migration (`bootstrap.sql`): empty, and in the
# dump again.
_BEGINNINGS = ("auth", "storage", "supabase_migrations")


def restore(folder: Path, url: str, *, media: Path | None) -> tuple[Manifest, Rested]:
    """Bring the backup in `folder` into the empty database of `url`, whose role is a superuser.

    It is migrated, and what was under way when the backup was taken is put to rest
    (`in_flight.py`). Raises
    ConfigurationError on a damaged backup, one of a newer version, a database that has something,
    and media that lie where they would go; then nothing was changed.
    """
    manifest = read(folder)
    check_files(folder, manifest)
    _refuse_newer(manifest)
    if media is not None and media.is_dir() and any(media.iterdir()):
        raise ConfigurationError(f"{media} has files already: name another DUKANI_DATA_DIR")
    with explaining(url), psycopg.connect(url, autocommit=True) as conn:
        _refuse_full(conn)
        _clear_beginnings(conn)
        for role in manifest.roles:
            _make(conn, role)
        for role in manifest.roles:
            _let_join(conn, role)
        run(
            program("pg_restore", server_major=manifest.server_major),
            ["--no-owner", "--exit-on-error", "--single-transaction", str(folder / DUMP)],
            url=url,
        )
        _refuse_other_rows(rows_of(conn), manifest)
        migrations.migrate(url)  # what is put to rest has the tables of this version
        with conn.transaction():
            rested = put_to_rest(conn, made_at=datetime.fromisoformat(manifest.made_at))
        conn.execute("analyze")
    if media is not None and (folder / MEDIA).is_dir():
        shutil.copytree(folder / MEDIA, media, dirs_exist_ok=True)
    return manifest, rested


def _refuse_newer(manifest: Manifest) -> None:
    known = {path.stem.partition("_")[0] for path in migrations.FOLDER.glob("*.sql")}
    if newer := sorted(set(manifest.migrations) - known):
        raise ConfigurationError(
            f"The backup has migrations that this version does not know ({newer[0]}):"
            f" restore it with Dukani {manifest.version} or newer"
        )


def _refuse_full(conn: psycopg.Connection) -> None:
    full = [f"{schema}.{table}" for schema, table in conn.execute(TABLES).fetchall()
            if schema not in _BEGINNINGS]  # fmt: skip
    if not full and conn.execute("select to_regclass('auth.users')").fetchone() != (None,):
        full = ["auth.users"] if _finds(conn, "select 1 from auth.users limit 1") else []
    if full:
        raise ConfigurationError(
            f"The database is not empty (it has {full[0]}): name a new one, nothing is overwritten"
        )


def _clear_beginnings(conn: psycopg.Connection) -> None:
    for schema in _BEGINNINGS:
        name = sql.Identifier(schema)
        conn.execute(sql.SQL("drop schema if exists {} cascade").format(name))


def _make(conn: psycopg.Connection, role: Role) -> None:
    if _finds(conn, "select 1 from pg_roles where rolname = %s", role.name):
        return
    rights = [
        "login" if role.login else "nologin",
        "inherit" if role.inherit else "noinherit",
        "bypassrls" if role.bypass_rls else "nobypassrls",
    ]
    conn.execute(
        sql.SQL("create role {} {}").format(
            sql.Identifier(role.name), sql.SQL(" ").join(sql.SQL(right) for right in rights)
        )
    )


def _finds(conn: psycopg.Connection, query: LiteralString, *values: str) -> bool:
    return conn.execute(query, values).fetchone() is not None


def _let_join(conn: psycopg.Connection, role: Role) -> None:
    for group in role.member_of:
        conn.execute(
            sql.SQL("grant {} to {}").format(sql.Identifier(group), sql.Identifier(role.name))
        )


def _refuse_other_rows(found: dict[str, int], manifest: Manifest) -> None:
    other = {name for name in found.keys() | manifest.rows.keys()
             if found.get(name) != manifest.rows.get(name)}  # fmt: skip
    if other:
        raise ConfigurationError(
            f"{min(other)} has other rows than the backup counted: drop this database, and tell us"
        )
