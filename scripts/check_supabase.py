"""Tries the `supabase/` project on an empty PostgreSQL, as `supabase start` and `db push` would.

python -m scripts.check_supabase [--against postgresql://…]

The CLI needs Docker; this needs the embedded server. Its settings are held against what the CLI
knows; every migration runs as the project's owner, who is no superuser there, in a transaction of
its own; then the seed, then `dukani migrate` twice. `--against`: a database that has some of the
migrations, to see which of the rest `db push` would refuse as late. The exit code is 1 if anything
is wrong.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from dukani.core import migrations
from dukani.core.embedded import EmbeddedServer
from dukani.core.settings import ROOT, Storage
from scripts.supabase import config, files, project

FOLDER = ROOT / "supabase"


def check(superuser_url: str, owner_url: str) -> Iterator[tuple[str, list[str]]]:
    """Each thing that is looked at, and what is wrong with it. The server is empty before."""
    paths = sorted(migrations.FOLDER.glob("*.sql"))
    settings = config.read(FOLDER / "config.toml")
    yield "config.toml", list(config.faults(settings))
    yield "names of migrations", list(files.faults(paths))
    yield "settings that functions bring along", list(files.own_settings(paths))
    project.begin(superuser_url)
    seed = FOLDER / "seed.sql"
    broken = list(project.push(owner_url, paths, seed=seed))
    yield f"{len(paths)} migrations, then the seed", broken
    if broken:
        return
    yield "`dukani migrate` after them, twice", list(project.migrate_twice(owner_url, paths))
    yield "row level security, grants and roles", list(project.walls(owner_url))
    yield "what Realtime publishes", list(project.published(owner_url))
    name = Storage().bucket
    yield f"the bucket {name!r}", list(project.bucket(owner_url, settings, name))


def late_against(url: str) -> list[str]:
    with psycopg.connect(url) as conn:
        rows = conn.execute("select version from supabase_migrations.schema_migrations").fetchall()
    return files.late(sorted(migrations.FOLDER.glob("*.sql")), {version for (version,) in rows})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", metavar="URL")
    against = parser.parse_args().against
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder))
        server.start()
        try:
            database = "postgres"
            held = [
                _told(what, wrong)
                for what, wrong in check(
                    server.url(database, user="postgres"), server.url(database, user=project.OWNER)
                )
            ]
        finally:
            server.stop()
    if against:
        held.append(_told("migrations that `db push` needs --include-all for",
                          late_against(against)))  # fmt: skip
    return 0 if all(held) else 1


def _told(what: str, wrong: list[str]) -> bool:
    print(f"{'ok   ' if not wrong else 'WRONG'} {what}")
    for line in wrong:
        print(f"        {line}")
    return not wrong


if __name__ == "__main__":
    sys.exit(main())
