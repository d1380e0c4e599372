"""The version before serves on the schema of this one: while it is deployed, and after a rollback.

Before the first release there is no tag, so the version before is the commit before the newest
migration.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from dukani.core import migrations
from dukani.core.audit.running import audit
from dukani.core.crypto import new_key
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.settings import ROOT
from dukani.sandbox.accounts import ZURI
from tests.buyer import Buyer
from tests.integration.killing.town import open_shops
from tests.processes import (
    free_port,
    outside_world,
    own_environment,
    separate_settings,
    until_answered,
)

pytestmark = pytest.mark.slow

SERVED_WITHIN_S = 120.0


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


def test_the_version_before_shows_its_shop_on_this_schema(
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


async def test_the_version_before_takes_an_order_and_its_money_on_this_schema(
    before: Path, new_url: str, tmp_path: Path
) -> None:
    # given a boutique that this version opened, and the version before on its database
    settings = separate_settings(
        tmp_path, port=free_port(), sandbox_port=free_port(), key=new_key()
    )
    await open_shops(settings, new_url)
    environment = own_environment(**_as_variables(settings), DUKANI_DATABASE__URL=new_url)
    del environment["PYTHONPATH"]  # it would lead to this version

    # when a customer writes to it, orders and pays
    with outside_world(settings) as outside, served(before, environment) as serving:
        ready = f"{settings['web']['public_url']}/readyz"
        await asyncio.to_thread(until_answered, ready, lambda: serving.poll() is None)
        async with httpx.AsyncClient(base_url=outside, timeout=10.0) as http:
            buyer = Buyer(http, ZURI.key, "+254711000001", random.Random(1), patience_s=15.0)
            async with asyncio.timeout(SERVED_WITHIN_S):
                await buyer.buy()

    # then the order is paid, the piece has left, and this version's audit agrees
    with psycopg.connect(new_url) as conn:
        orders = conn.execute("select status, payment_status from orders").fetchall()
        moved = conn.execute("select sum(delta) from stock_movements where reason = 'sale'")
        assert (orders, moved.fetchone()) == ([("confirmed", "paid")], (-1,))
    async with Database(new_url) as database:
        assert (await audit(database)).findings == []


@contextmanager
def served(folder: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The API and its jobs, of the program in a folder."""
    command = [sys.executable, "-m", "dukani", "serve", "--worker"]
    serving = subprocess.Popen(command, cwd=folder, env=environment)
    try:
        yield serving
    finally:
        serving.terminate()
        serving.wait(20)


def _as_variables(settings: dict[str, Any], above: str = "DUKANI") -> dict[str, str]:
    """Settings as the environment names them."""
    found: dict[str, str] = {}
    for name, value in settings.items():
        place = f"{above}_{name.upper()}"
        if isinstance(value, dict):
            found |= _as_variables(value, f"{place}_")
        else:
            found[place] = json.dumps(value) if isinstance(value, list) else str(value)
    return found
