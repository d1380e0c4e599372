"""A secret in every setting that takes one, and none in what the processes say, serve or send."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
from tests.integration.security.planted_shop import (
    QUOTING,
    a_planted_account,
    buy_and_be_refused,
    open_shop,
)
from tests.processes import free_port, outside_world, own_environment, until_answered

PLANTED = "planted"
ASKED = [
    "/healthz", "/readyz", "/config.json", "/metrics", "/openapi.json", "/docs", "/", "/s/nobody",
    "/webhook/meta?hub.mode=subscribe&hub.verify_token=x&hub.challenge=1", "/media/a/b.jpg?sig=x",
    "/api/v1/me", "/api/v1/boutiques/1/orders", "/auth/v1/health", "/mcp/nobody", "/nothing",
]  # fmt: skip
ASKED_OF_A_WORKER = ["/healthz", "/readyz", "/metrics", "/nothing"]
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


# Of a shop: what it is known by at Meta and at M-Pesa, sealed in the database.
OF_A_SHOP = ("access_token", "consumer_key", "consumer_secret", "passkey")


@pytest.mark.slow
def test_no_planted_secret_is_said_served_or_reported(empty_url: str, tmp_path: Path) -> None:
    # given a service with a secret in every setting that takes one, and a shop of such keys; its
    # own providers are the sandbox, and the others are out of reach
    places = list(places_of_secrets(GivenSettings))
    assert len(places) >= 20
    of_the_shop = {name: f"{PLANTED}-{uuid4().hex}" for name in OF_A_SHOP}
    port, door, outside_port = free_port(), free_port(), free_port()
    outside = f"http://127.0.0.1:{outside_port}"
    world = {
        "data_dir": tmp_path,
        "sandbox": {"url": outside},
        "web": {"public_url": f"http://127.0.0.1:{port}"},
    }
    with receiving() as receiver, outside_world(world):
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
            DUKANI_WEB__PUBLIC_URL=f"http://127.0.0.1:{port}",
            DUKANI_CONVERSATION__QUIET_TIME_S="0",
            DUKANI_META__BASE_URL=outside,
            DUKANI_DARAJA__BASE_URL=outside,
            DUKANI_GEMINI__BASE_URL=outside,
            **settings,
        )

        def run(*words: str) -> str:
            command = [sys.executable, "-m", "dukani", *words]
            done = subprocess.run(
                command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
            )
            return done.stdout + done.stderr

        told = [run("migrate"), run("doctor"), run("members", "list", "nobody")]
        account = a_planted_account(settings, of_the_shop)
        keys = settings["DUKANI_SECURITY__ENCRYPTION_KEYS"]
        asyncio.run(open_shop(outside, empty_url, keys, account))

        # when somebody buys and is refused, and when it is asked, also while a table is gone
        with (
            started("serve", "--port", str(port), folder=tmp_path, env=environment) as serving,
            started("worker", folder=tmp_path, env=environment | at_a_door(door)) as working,
        ):
            until_answered(f"http://127.0.0.1:{port}/readyz", lambda: serving.poll() is None)
            until_answered(f"http://127.0.0.1:{door}/readyz", lambda: working.poll() is None)
            key = settings["DUKANI_GEMINI__API_KEY"]
            told.append(
                asyncio.run(buy_and_be_refused(outside, empty_url, account, key_at_google=key))
            )
            told += asked(port, ASKED) + asked(door, ASKED_OF_A_WORKER)
            with psycopg.connect(empty_url, autocommit=True) as conn:
                conn.execute("alter table boutiques rename to gone")
            told += asked(port, ASKED) + asked(door, ASKED_OF_A_WORKER)
        served, worked = ((tmp_path / f"{what}.txt").read_text() for what in ("serve", "worker"))
        told += [served, worked, receiver.everything]

    # then none is in any answer, line of the log, trace, report, or message to the customer
    assert "UndefinedTable" in served and QUOTING in worked  # errors were told
    assert {"turn", "reading", "model"} <= {span["name"] for span in receiver.spans()}
    everything = "\n".join(told)
    planted = secrets_in(settings) | of_the_shop
    assert [place for place, one in planted.items() if one in everything] == []


def at_a_door(port: int) -> dict[str, str]:
    return {"DUKANI_WATCH__PORT": str(port)}


@contextmanager
def started(*words: str, folder: Path, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The process; what it says is in a file of its name, and whole at the end of the block."""
    with (folder / f"{words[0]}.txt").open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "dukani", *words],
            cwd=folder, env=env, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


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
