"""The Dockerfile's steps, carried out, make an image that migrates and serves: as on a platform.

Where this machine cannot carry them out, what it copies is tried alone: from those files the
database is migrated and served, by the packages of the tests.
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
from contextlib import contextmanager
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
from tests.built_image import BuiltImage, why_not
from tests.dockerfiles import STEPS, ignored, instructions
from tests.processes import free_port, own_environment, until_answered

pytestmark = pytest.mark.slow
USER_ID = 10_001  # as the Dockerfile gives it
DATA, SOCKETS = "/app/.data", "/run/dukani-database"


@pytest.fixture
def empty_name(server: EmbeddedServer) -> Iterator[str]:
    """A database as a platform gives it: with the roles, and nothing applied to it."""
    name, admin = f"t_image_{uuid4().hex[:8]}", server.url("postgres", user="postgres")
    migrations.create_database(admin, name)
    with psycopg.connect(server.url(name, user="postgres"), autocommit=True) as conn:
        conn.execute(migrations.BOOTSTRAP.read_bytes())
    yield name
    with psycopg.connect(admin, autocommit=True) as conn:
        conn.execute(f'drop database "{name}" with (force)'.encode())


@pytest.fixture
def folder() -> Iterator[Path]:
    with entered_by_others() as folder:
        yield folder


@pytest.fixture(scope="module")
def image() -> Iterator[BuiltImage]:
    """The image by the Dockerfile, every step of it."""
    if reason := why_not():
        pytest.skip(reason)
    with entered_by_others() as folder:
        built = BuiltImage(folder)
        for step in STEPS:
            built.carry_out(step)
        yield built


@contextmanager
def entered_by_others() -> Iterator[Path]:
    """A folder that the container's user may enter, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="dukani-image-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def settings(url: str) -> dict[str, str]:
    """What the platform gives beside what the image has."""
    return {
        "DUKANI_DATABASE__URL": url,
        "DUKANI_SECURITY__ENCRYPTION_KEYS": json.dumps([new_key()]),
    }


def test_the_dockerfile_s_steps_make_an_image_that_migrates_and_serves(
    image: BuiltImage, server: EmbeddedServer, empty_name: str, folder: Path
) -> None:
    # given its volume, and the database's socket
    data, socket = folder / "data", Path(_socket_of(server))
    shutil.copytree(image.layer / DATA.lstrip("/"), data)  # as a new volume is filled
    os.chown(data, USER_ID, USER_ID)
    place = f"{SOCKETS}/{socket.name}"
    image.place(place)
    port = free_port()
    given = settings(f"postgresql://postgres@/{empty_name}?host={SOCKETS}") | {"PORT": str(port)}

    def starting(command: list[str]) -> list[str]:
        return image.starting(command, environment=given, volumes={data: DATA, socket: place})

    # when it is deployed as railway.toml says
    for words in (["migrate"], ["--version"]):
        subprocess.run(starting(["python", "-m", "dukani", *words]), check=True)
    serving = subprocess.Popen(starting(image.command))
    try:
        until_answered(f"http://127.0.0.1:{port}/readyz", lambda: serving.poll() is None)
        alive = httpx.get(f"http://127.0.0.1:{port}/healthz")
        page = httpx.get(f"http://127.0.0.1:{port}/sign-in")  # unpacked when it is asked for
        asked = image.beside(serving.pid, image.health, environment=given)
        healthy = subprocess.run(asked).returncode
        process = psutil.Process(serving.pid)
        runs_as, runs_by = process.uids().effective, process.exe()
        may = Path(f"/proc/{serving.pid}/status").read_text()
    finally:
        serving.terminate()
        ended = serving.wait(20)

    # then it serves, finds itself healthy, and stops when it is told to
    assert (alive.status_code, page.status_code, healthy, ended) == (200, 200, 0, 0)
    # by the Python of its own, as its own user, who may do nothing that is root's
    assert runs_as == USER_ID
    assert Path(runs_by).name == "python3.11"
    assert f"CapEff:\t{0:016x}" in may
    # and its user owns nothing of the program
    theirs = {path for path in image.layer.rglob("*") if path.lstat().st_uid == USER_ID}
    homes = (image.layer / "home/dukani", image.layer / DATA.lstrip("/"))
    assert {path for path in theirs if not path.is_relative_to(homes[0])} == {homes[1]}


def test_the_image_has_the_packages_of_the_lock_file_alone(image: BuiltImage) -> None:
    frozen = subprocess.run(
        image.starting(["pip", "freeze"]), check=True, capture_output=True, text=True
    ).stdout.split()
    lock = re.findall(
        r"(?m)^([\w.-]+)(?:\[[^]]*\])?==([^\s;\\]+)", (ROOT / "requirements.txt").read_text()
    )

    assert len(frozen) > 50
    installed = {tuple(canonical(one).split("==")) for one in frozen}
    assert installed - {(canonical(name), version) for name, version in lock} == set()
    # and each was compiled with the program: its user may write no bytecode there
    program = list((image.layer / "app/dukani").rglob("*.py"))
    assert program
    assert [
        one for one in program if not list((one.parent / "__pycache__").glob(f"{one.stem}.*"))
    ] == []


def test_the_files_that_are_copied_migrate_and_serve(
    server: EmbeddedServer, empty_name: str, folder: Path
) -> None:
    # given the program by itself, and its settings
    app = folder / "app"
    _copied_into(app)
    port = free_port()
    environment = own_environment(
        **settings(server.url(empty_name, user="postgres")),
        DUKANI_ENVIRONMENT="production",
        DUKANI_DATA_DIR=str(folder / "data"),
        PYTHONDONTWRITEBYTECODE="1",
        HOME="/nonexistent",
    )
    del environment["PYTHONPATH"]  # it would lead to the files beside the image

    def dukani(*words: str) -> list[str]:
        return [sys.executable, "-m", "dukani", *words]

    # when it is deployed
    subprocess.run(dukani("migrate"), cwd=app, env=environment, check=True, capture_output=True)
    before = set(app.rglob("*"))
    serving = subprocess.Popen(dukani("serve", "--port", str(port)), cwd=app, env=environment)
    try:
        until_answered(f"http://127.0.0.1:{port}/readyz", lambda: serving.poll() is None)
        page = httpx.get(f"http://127.0.0.1:{port}/sign-in")
    finally:
        serving.terminate()
        ended = serving.wait(20)

    # then it serves, stops when it is told to, and has written nothing beside its data
    assert (page.status_code, ended) == (200, 0)
    assert set(app.rglob("*")) == before


def canonical(name: str) -> str:
    """As the registry knows a package, however it is spelt."""
    return re.sub(r"[-_]+", "-", name).lower()


def _copied_into(app: Path) -> None:
    for line in instructions("COPY"):
        source, target = line.split()
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, app / target, ignore=_left_out)
        else:
            app.mkdir(exist_ok=True)
            shutil.copy(ROOT / source, app / target)


def _left_out(folder: str, names: list[str]) -> set[str]:
    within = Path(folder).relative_to(ROOT)
    return {name for name in names if ignored((within / name).as_posix())}


def _socket_of(server: EmbeddedServer) -> str:
    with psycopg.connect(server.url("postgres", user="postgres")) as conn:
        return f"{conn.info.host}/.s.PGSQL.{conn.info.port}"
