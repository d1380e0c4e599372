"""The version before serves on the schema of this one: while it is deployed, and after a rollback.

Before the first release there is no tag, so the version before is the commit before the newest
migration.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import pytest

from dukani.core import migrations
from dukani.core.crypto import new_key
from dukani.core.embedded import EmbeddedServer
from dukani.core.settings import ROOT
from tests.processes import free_port, own_environment, until_answered

pytestmark = pytest.mark.slow


def git(*words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True).stdout


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """The program of the version before."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("no history here")
    tags = git("tag", "--list", "v*", "--sort=-version:refname", "--merged", "HEAD").split()
    newest = git("log", "-1", "--format=%H", "--", "supabase/migrations").decode().strip()
    commit = tags[0].decode() if tags else f"{newest}^"
    try:
        packed = git("archive", commit, "dukani", "supabase/migrations", "docs")
    except subprocess.CalledProcessError:
        pytest.skip("the history here does not reach back to it")
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(tmp_path / "before", filter="data")
    return tmp_path / "before"


@pytest.fixture
def new_url(server: EmbeddedServer) -> Iterator[str]:
    """A database with this version's schema."""
    name, admin = f"t_before_{uuid4().hex[:8]}", server.url("postgres", user="postgres")
    migrations.create_database(admin, name)
    url = server.url(name, user="postgres")
    migrations.migrate(url, bootstrap=True)
    yield url
    with psycopg.connect(admin, autocommit=True) as conn:
        conn.execute(f'drop database "{name}" with (force)'.encode())


def test_the_version_before_sells_on_this_schema(
    before: Path, new_url: str, tmp_path: Path
) -> None:
    # given the version before, and a database that is ahead of it
    port = free_port()
    environment = own_environment(
        DUKANI_ENVIRONMENT="production",
        DUKANI_DATABASE__URL=new_url,
        DUKANI_DATA_DIR=str(tmp_path / "data"),
        DUKANI_SECURITY__ENCRYPTION_KEYS=json.dumps([new_key()]),
        PYTHONDONTWRITEBYTECODE="1",
    )
    del environment["PYTHONPATH"]  # it would lead to this version

    def dukani(*words: str) -> list[str]:
        return [sys.executable, "-m", "dukani", *words]

    def run(*words: str) -> None:
        done = subprocess.run(
            dukani(*words), cwd=before, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr

    # when it adds a boutique with its pieces, and serves
    run("add-boutique", "docs/boutique.toml")
    run("products", "add", "docs/pieces.csv", "--boutique", "malaika")
    serving = subprocess.Popen(dukani("serve", "--port", str(port)), cwd=before, env=environment)
    try:
        base = f"http://127.0.0.1:{port}"
        until_answered(f"{base}/readyz", lambda: serving.poll() is None)
        window = httpx.get(f"{base}/s/malaika")
    finally:
        serving.terminate()
        ended = serving.wait(20)

    # then it is ready, and shows what it sells
    assert window.status_code == 200
    assert "Malaika" in window.text
    assert ended == 0
