"""The files the image holds are enough: from them alone the database is migrated and served.

By nobody, who may write into none of them, as the container's user may not: where the tests are
root's, who alone can become somebody else.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import psutil
import psycopg
import pytest

from dukani.core import migrations
from dukani.core.crypto import new_key
from dukani.core.embedded import EmbeddedServer
from dukani.core.settings import ROOT
from tests.processes import free_port, own_environment, until_answered

pytestmark = pytest.mark.slow
NOBODY = 65_534
IS_ROOT = os.geteuid() == 0 and shutil.which("setpriv") is not None
# It may read what is closed, since Python itself may lie in root's own folder; and nothing else.
_READS = "-all,+dac_read_search"
AS_NOBODY = (
    "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
    f"--inh-caps={_READS}", f"--ambient-caps={_READS}", f"--bounding-set={_READS}",
)  # fmt: skip


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
def volume() -> Iterator[Path]:
    """A folder that its user may write to, below one that others may enter."""
    folder = Path(tempfile.mkdtemp(prefix="dukani-image-"))
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir()
    if IS_ROOT:
        os.chown(data, NOBODY, NOBODY)
    yield data
    shutil.rmtree(folder)


@pytest.fixture
def image(volume: Path) -> Path:
    """What the Dockerfile copies; its owner is who runs the tests."""
    app = volume.parent / "app"
    app.mkdir()
    for source, target in re.findall(r"(?m)^COPY (\S+) (\S+)$", (ROOT / "Dockerfile").read_text()):
        if (ROOT / source).is_dir():
            without = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / source, app / target, ignore=without)
        else:
            shutil.copy(ROOT / source, app / target)
    return app


def test_the_image_s_files_migrate_and_serve(image: Path, empty_url: str, volume: Path) -> None:
    # given the program by itself, and its settings
    port = free_port()
    environment = own_environment(
        DUKANI_ENVIRONMENT="production",
        DUKANI_DATABASE__URL=empty_url,
        DUKANI_DATA_DIR=str(volume),
        DUKANI_LOG_JSON="true",
        DUKANI_SECURITY__ENCRYPTION_KEYS=json.dumps([new_key()]),
        PYTHONDONTWRITEBYTECODE="1",
        HOME="/nonexistent",
    )
    del environment["PYTHONPATH"]  # it would lead to the files beside the image

    def dukani(*words: str) -> list[str]:
        return [*(AS_NOBODY if IS_ROOT else ()), sys.executable, "-m", "dukani", *words]

    # when it is deployed
    subprocess.run(dukani("migrate"), cwd=image, env=environment, check=True, capture_output=True)
    serving = subprocess.Popen(dukani("serve", "--port", str(port)), cwd=image, env=environment)
    try:
        until_answered(f"http://127.0.0.1:{port}/readyz", lambda: serving.poll() is None)
        alive = httpx.get(f"http://127.0.0.1:{port}/healthz")
        page = httpx.get(f"http://127.0.0.1:{port}/sign-in")  # unpacked when it is asked for
        runs_as = psutil.Process(serving.pid).uids().effective
    finally:
        serving.terminate()
        ended = serving.wait(20)

    # then it serves, and stops when it is told to
    assert (alive.status_code, page.status_code) == (200, 200)
    assert ended == 0
    # and whoever it is wrote into its own folder alone
    assert runs_as == (NOBODY if IS_ROOT else os.geteuid())
    theirs = [path for path in image.rglob("*") if path.stat().st_uid == NOBODY]
    assert not IS_ROOT or theirs == []
