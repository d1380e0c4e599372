"""The files the image holds are enough: from them alone the database is migrated and served."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
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


@pytest.fixture
def empty_url(server: EmbeddedServer) -> Iterator[str]:
    """A database as a platform gives it: with the roles, and nothing applied to it."""
    name, admin = f"t_image_{uuid4().hex[:8]}", server.url("postgres", user="postgres")
    migrations.create_database(admin, name)
    with psycopg.connect(server.url(name, user="postgres"), autocommit=True) as conn:
        conn.execute(migrations.BOOTSTRAP.read_bytes())
    yield server.url(name, user="postgres")
    with psycopg.connect(admin, autocommit=True) as conn:
        conn.execute(f'drop database "{name}" with (force)'.encode())


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """What the Dockerfile copies."""
    app = tmp_path / "app"
    app.mkdir()
    for source, target in re.findall(r"(?m)^COPY (\S+) (\S+)$", (ROOT / "Dockerfile").read_text()):
        if (ROOT / source).is_dir():
            without = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / source, app / target, ignore=without)
        else:
            shutil.copy(ROOT / source, app / target)
    return app


def test_the_image_s_files_migrate_and_serve(image: Path, empty_url: str, tmp_path: Path) -> None:
    # given the program by itself, and its settings
    port = free_port()
    environment = own_environment(
        DUKANI_ENVIRONMENT="production",
        DUKANI_DATABASE__URL=empty_url,
        DUKANI_DATA_DIR=str(tmp_path / "data"),
        DUKANI_LOG_JSON="true",
        DUKANI_SECURITY__ENCRYPTION_KEYS=json.dumps([new_key()]),
        PYTHONDONTWRITEBYTECODE="1",
    )
    del environment["PYTHONPATH"]  # it would lead to the files beside the image

    def dukani(*words: str) -> list[str]:
        return [sys.executable, "-m", "dukani", *words]

    # when it is deployed
    subprocess.run(dukani("migrate"), cwd=image, env=environment, check=True, capture_output=True)
    serving = subprocess.Popen(dukani("serve", "--port", str(port)), cwd=image, env=environment)
    try:
        until_answered(f"http://127.0.0.1:{port}/readyz", lambda: serving.poll() is None)
        alive = httpx.get(f"http://127.0.0.1:{port}/healthz")
    finally:
        serving.terminate()
        ended = serving.wait(20)

    # then it serves, and stops when it is told to
    assert alive.status_code == 200
    assert ended == 0
