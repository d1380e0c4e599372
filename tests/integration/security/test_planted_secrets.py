"""A secret in every setting that takes one, and none of them in what a service says or serves."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import pytest
from pydantic import BaseModel

from dukani.core import migrations
from dukani.core.clients.web_push import new_vapid_key
from dukani.core.crypto import new_key
from dukani.core.embedded import EmbeddedServer
from dukani.core.settings import GivenSettings
from dukani.web_app.bundle import unpack
from tests.fakes.receiver import receiving
from tests.processes import free_port, own_environment, until_answered

PLANTED = "planted"
ASKED = [
    "/healthz", "/readyz", "/config.json", "/metrics", "/openapi.json", "/docs", "/", "/s/nobody",
    "/webhook/meta?hub.mode=subscribe&hub.verify_token=x&hub.challenge=1", "/media/a/b.jpg?sig=x",
    "/api/v1/me", "/api/v1/boutiques/1/orders", "/auth/v1/health", "/mcp/nobody", "/nothing",
]  # fmt: skip
# What a key looks like in a file that browsers get.
KEYS = re.compile(
    r"\b(?:sk|rk)-[\w-]{16,}|\bAIza[\w-]{30,}|\beyJ[\w-]{16,}\.eyJ|\bgAAAA[\w-]{20,}"
    r"|-----BEGIN|\bsb_secret_|\bservice_role\b"
)


def places_of_secrets(model: type[BaseModel], above: str = "DUKANI") -> Iterator[str]:
    """The environment's name of every setting that takes a secret."""
    for name, field in model.model_fields.items():
        kind, here = field.annotation, f"{above}_{name.upper()}"
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from places_of_secrets(kind, f"{here}_")
        elif "SecretStr" in str(kind):
            yield here


def planted_in(places: list[str], *, database: str, reports: str) -> dict[str, str]:
    """A secret in each, of the form that it needs: (name, value)."""
    planted = {place: f"{PLANTED}-{uuid4().hex}" for place in places}
    in_a_form = {
        "DUKANI_DATABASE__URL": lambda one: re.sub("//[^@]*@", f"//postgres:{one}@", database),
        "DUKANI_REDIS_URL": lambda one: f"redis://:{one}@127.0.0.1:1/0",
        "DUKANI_SENTRY__DSN": lambda one: (
            reports.replace("//", f"//{one.replace('-', '')}@") + "/1"
        ),
        "DUKANI_SECURITY__ENCRYPTION_KEYS": lambda _: json.dumps([new_key()]),
        "DUKANI_PUSH__PRIVATE_KEY": lambda _: new_vapid_key().text,
    }
    return {place: in_a_form.get(place, str)(one) for place, one in planted.items()}


def secrets_in(settings: dict[str, str]) -> dict[str, str]:
    """What nobody may read, by the setting: of an address, its password."""
    found = {}
    for place, value in settings.items():
        within = re.search(rf"{PLANTED}-?[0-9a-f]{{32}}", value)
        found[place] = within[0] if within else value.strip('[]"')
    return found


@pytest.fixture
def empty_url(server: EmbeddedServer) -> Iterator[str]:
    name, admin = f"t_planted_{uuid4().hex[:8]}", server.url("postgres", user="postgres")
    migrations.create_database(admin, name)
    with psycopg.connect(server.url(name, user="postgres"), autocommit=True) as conn:
        conn.execute(migrations.BOOTSTRAP.read_bytes())
    yield server.url(name, user="postgres")
    with psycopg.connect(admin, autocommit=True) as conn:
        conn.execute(f'drop database if exists "{name}" with (force)'.encode())


@pytest.mark.slow
def test_no_planted_secret_is_said_served_or_reported(empty_url: str, tmp_path: Path) -> None:
    # given a service with a secret in every setting that takes one, and providers out of reach
    places = list(places_of_secrets(GivenSettings))
    assert len(places) >= 20
    port, said = free_port(), tmp_path / "said.txt"
    with receiving() as receiver:
        settings = planted_in(places, database=empty_url, reports=receiver.url)
        environment = own_environment(
            DUKANI_ENVIRONMENT="production",
            DUKANI_DATA_DIR=str(tmp_path / "data"),
            DUKANI_LOG_LEVEL="DEBUG",
            DUKANI_AUTH__URL="http://127.0.0.1:1/auth/v1",
            DUKANI_LANGFUSE__PUBLIC_KEY="pk-lf-1",
            DUKANI_LANGFUSE__BASE_URL=receiver.url,
            DUKANI_STORAGE__SUPABASE_URL="http://127.0.0.1:1",
            DUKANI_PLATFORM_MPESA__SHORTCODE="600100",
            DUKANI_WEB__API_DOCS="true",
            **settings,
        )

        def run(*words: str) -> str:
            command = [sys.executable, "-m", "dukani", *words]
            done = subprocess.run(
                command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
            )
            return done.stdout + done.stderr

        told = [run("migrate"), run("doctor"), run("members", "list", "nobody")]

        # when it is asked, also while a table is gone
        with said.open("wb") as out:
            serving = subprocess.Popen(
                [sys.executable, "-m", "dukani", "serve", "--port", str(port)],
                cwd=tmp_path, env=environment, stdout=out, stderr=subprocess.STDOUT,
            )  # fmt: skip
            try:
                until_answered(f"http://127.0.0.1:{port}/readyz", lambda: serving.poll() is None)
                told += asked(port, ASKED)
                with psycopg.connect(empty_url, autocommit=True) as conn:
                    conn.execute("alter table boutiques rename to gone")
                told += asked(port, ASKED)
            finally:
                serving.send_signal(signal.SIGTERM)
                serving.wait(30)
        told += [said.read_text(), receiver.everything]

    # then none is in any answer, line of the log, or report
    everything = "\n".join(told)
    assert "UndefinedTable" in everything  # an error of ours was told
    assert [place for place, one in secrets_in(settings).items() if one in everything] == []


def asked(port: int, paths: list[str]) -> list[str]:
    """Every answer, with its headers."""
    answers = []
    headers = {"authorization": "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x", "accept": "*/*"}
    for path in paths:
        for method, body in (("GET", None), ("POST", b"\xff{")):
            # A connection each: after a body that nobody read the server closes it.
            answer = httpx.request(
                method,
                f"http://127.0.0.1:{port}{path}",
                content=body,
                headers=headers,
                timeout=60,
            )
            answers.append(f"{answer.headers} {answer.text}")
    return answers


def test_the_packed_dashboard_names_no_secret_of_the_server() -> None:
    """A build that took a setting of the machine it was made on along would name it."""
    names = [*places_of_secrets(GivenSettings), "SUPABASE_SERVICE", "NPM_TOKEN", "GITHUB_TOKEN"]
    everything = b"\n".join(unpack().values())

    assert len(names) > 20
    assert [name for name in names if name.encode() in everything] == []


def test_the_packed_dashboard_holds_no_key() -> None:
    files = unpack()

    assert len(files) > 20
    found = {
        path: KEYS.search(content.decode("utf-8", "replace")) for path, content in files.items()
    }
    assert {path: hit[0] for path, hit in found.items() if hit} == {}
