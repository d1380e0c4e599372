"""Takes a backup: one snapshot of the database, then the media files that it names."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

from dukani import __version__
from dukani.core.backup import manifest as manifests
from dukani.core.backup.manifest import DUMP, FILE, MEDIA, Manifest, Role
from dukani.core.backup.programs import program, run
from dukani.core.database_url import explaining
from dukani.core.errors import ConfigurationError

ON_SUPABASE = (
    "This is a Supabase project, whose people and files are not in our reach: it keeps its own"
    " backups (Database, Backups), to any minute with point-in-time recovery"
)
TABLES = """select n.nspname, c.relname from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
order by 1, 2"""
_ROLES = """select r.rolname as name, r.rolcanlogin as login, r.rolinherit as inherit,
  r.rolbypassrls as bypass_rls,
  array(select g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid
    where m.member = r.oid order by 1)::text[] as member_of
from pg_roles r
where r.rolname in ('anon', 'authenticated', 'service_role') or r.rolname ~ '^(boutique|dukani)_'
order by 1"""


def take(url: str, folder: Path, *, media: Path | None, bucket: str | None) -> Manifest:
    """Write the database of `url` and the files under `media` into `folder`, which is new or empty.

    `url` is of who owns the tables, on a direct or session connection. Files are copied after the
    database, so that each that it names is there. Raises ConfigurationError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise ConfigurationError(f"{folder} is not empty: name a new folder")
    with explaining(url), psycopg.connect(url) as conn:
        manifest = _dump(conn, url, folder, bucket)
    if media is not None and media.is_dir():
        shutil.copytree(media, folder / MEDIA)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest.sums = {str(path.relative_to(folder)): manifests.sum_of(path) for path in files}
    # Last and at once: what was cut off has none.
    written = folder / f"{FILE}.part"
    written.write_text(manifest.model_dump_json(indent=2) + "\n")
    written.rename(folder / FILE)
    return manifest


def _dump(conn: psycopg.Connection, url: str, folder: Path, bucket: str | None) -> Manifest:
    conn.execute("set transaction isolation level repeatable read, read only")
    if conn.execute("select 1 from pg_roles where rolname = 'supabase_admin'").fetchone():
        raise ConfigurationError(ON_SUPABASE)
    [snapshot] = conn.execute("select pg_export_snapshot()").fetchone() or [""]
    major = conn.info.server_version // 10_000
    run(
        program("pg_dump", server_major=major),
        ["--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={folder / DUMP}"],
        url=url,
    )
    return Manifest(
        version=__version__,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        server_major=major,
        migrations=[
            version
            for (version,) in conn.execute(
                "select version from supabase_migrations.schema_migrations order by 1"
            )
        ],
        roles=_roles(conn),
        rows=rows_of(conn),
        sums={},
        media_elsewhere=bucket,
    )


def _roles(conn: psycopg.Connection) -> list[Role]:
    cursor = conn.execute(_ROLES)
    names = [column.name for column in cursor.description or ()]
    return [Role(**dict(zip(names, row, strict=True))) for row in cursor]


def rows_of(conn: psycopg.Connection) -> dict[str, int]:
    """How many rows each table of the database has."""
    counted = {}
    for schema, table in conn.execute(TABLES).fetchall():
        count = sql.SQL("select count(*) from {}").format(sql.Identifier(schema, table))
        [rows] = conn.execute(count).fetchone() or [0]
        counted[f"{schema}.{table}"] = rows
    return counted
