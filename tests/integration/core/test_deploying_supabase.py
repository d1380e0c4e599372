"""A Supabase project is brought to this version as its owner, and what is open in it is told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from dukani.core import migrations
from dukani.core.embedded import EmbeddedServer
from dukani.core.errors import ConfigurationError
from dukani.core.supabase.deploying import deploy, faults, look
from scripts.supabase import project
from tests.processes import own_environment


@pytest.fixture
def owner_url(tmp_path: Path) -> Iterator[str]:
    """A new project, on a server of its own."""
    server = EmbeddedServer(tmp_path)
    server.start()
    project.begin(server.url("postgres", user="postgres"))
    yield server.url("postgres", user=project.OWNER)
    server.stop()


def command(url: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """`dukani deploy supabase` in a folder without an `.env`."""
    return subprocess.run(
        [sys.executable, "-m", "dukani", "deploy", "supabase", *options],
        env=own_environment(DUKANI_DATABASE__URL=url),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.slow
def test_a_new_project_is_brought_up_once_and_what_is_opened_is_told(
    owner_url: str, tmp_path: Path
) -> None:
    # given a new project, of which a look changes nothing
    first = look(owner_url, bucket="media")
    assert len(first.migrations) == len(list(migrations.FOLDER.glob("*.sql")))
    assert first.bucket
    assert look(owner_url, bucket="media") == first

    # when it is brought up, as its operator does
    assert command(owner_url, tmp_path, "--check").returncode == 1
    brought_up = command(owner_url, tmp_path, "--yes")
    assert brought_up.returncode == 0, brought_up.stderr
    assert "closed to strangers" in brought_up.stdout
    assert "Nothing is to be done" in command(owner_url, tmp_path, "--check").stdout

    # then nothing is left to be done, nothing is open, and again changes nothing
    again = look(owner_url, bucket="media")
    assert again.empty
    assert list(again.lines("media")) == []
    assert faults(owner_url) == []
    deploy(owner_url, again, bucket="media")

    # when somebody opens what should be closed, then each is told
    with psycopg.connect(owner_url, autocommit=True) as conn:
        conn.execute("create table public.open_to_all (id int)")
        conn.execute("alter publication supabase_realtime add table public.api_keys")
        conn.execute(
            "create function private.careless() returns int language sql security definer"
            " as 'select 1'"
        )
        conn.execute("set role service_role")
        conn.execute("update storage.buckets set public = true where id = 'media'")
    told = "\n".join(faults(owner_url))
    assert "public.open_to_all has no row level security" in told
    assert "api_keys" in told
    assert "supabase_realtime tells api_keys.digest, which is a secret" in told
    assert "private.careless() has its owner's rights and no search_path of its own" in told
    opened = look(owner_url, bucket="media")
    assert opened.close_bucket

    # and a public bucket is closed
    deploy(owner_url, opened, bucket="media")
    assert look(owner_url, bucket="media").empty


def test_a_database_that_is_no_project_is_refused(superuser_url: str) -> None:
    with psycopg.connect(superuser_url, autocommit=True) as conn:
        conn.execute("drop schema storage cascade")
    with pytest.raises(ConfigurationError, match="no Supabase project"):
        look(superuser_url, bucket="media")
