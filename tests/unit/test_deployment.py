"""What the image and the platform's files name exists: nothing here can build or run them."""

from __future__ import annotations

import re
import shlex
import tomllib

import pytest
from fastapi.routing import APIRoute
from typer.core import TyperGroup
from typer.main import get_command

from dukani.cli import app
from dukani.core.database import Database
from dukani.core.setting_names import known_names
from dukani.core.settings import ROOT
from dukani.health import health_routes
from tests.dockerfiles import STEPS, ignored, instructions

RAILWAY = {
    name: tomllib.loads((ROOT / name).read_text())
    for name in ("railway.toml", "railway.worker.toml")
}
PLAIN_COMMAND = re.compile(r"\bpython -m dukani ([^\"]+)")


def copied() -> list[str]:
    return [source for line in instructions("COPY") for source in line.split()[:-1]]


def commands() -> list[str]:
    """Everything that is run as `python -m dukani …`, by image and platform."""
    lines = [*instructions("CMD"), *instructions("RUN")]
    for file in RAILWAY.values():
        lines += [*file["deploy"]["preDeployCommand"], file["deploy"]["startCommand"]]
    return [words.strip() for line in lines for words in PLAIN_COMMAND.findall(line)]


def test_what_is_copied_is_there_and_not_ignored() -> None:
    assert copied()
    assert [path for path in copied() if not (ROOT / path).exists()] == []
    assert [path for path in copied() if ignored(path)] == []


@pytest.mark.parametrize(
    "path",
    [".env", ".data/encryption.key", ".git/config", "tests/conftest.py", "dukani/__pycache__"],
)
def test_secrets_and_what_no_service_needs_stay_outside(path: str) -> None:
    assert ignored(path)


def test_everything_the_program_reads_beside_itself_is_copied() -> None:
    """Files are found from `ROOT`; whatever is named after it must be in the image."""
    named = {
        "/".join(re.findall(r'"([^"]+)"', tail))
        for path in (ROOT / "dukani").rglob("*.py")
        for tail in re.findall(r'\bROOT((?: / "[^"]+")+)', path.read_text())
    }
    assert named - {".data"} <= set(copied())  # the data's folder is made, not copied
    assert any(".data" in line for line in instructions("RUN"))


@pytest.mark.parametrize("command", commands())
def test_every_command_exists_with_its_options(command: str) -> None:
    words = shlex.split(re.sub(r"\$(PORT\b|\{PORT[^}]*\})", "8000", command))
    group = get_command(app)
    assert isinstance(group, TyperGroup)

    # Parsed, and not run; raises UsageError for what the command does not know.
    called = group.commands[words[0]].make_context(words[0], words[1:])

    assert "$" not in " ".join(words)
    assert called.command.name == words[0]


def test_both_services_migrate_first_and_are_the_api_and_the_worker() -> None:
    started = {name: file["deploy"]["startCommand"] for name, file in RAILWAY.items()}
    assert "dukani serve" in started["railway.toml"]
    assert "dukani worker" in started["railway.worker.toml"]
    for file in RAILWAY.values():
        assert file["deploy"]["preDeployCommand"] == ["python -m dukani migrate"]
        assert (ROOT / file["build"]["dockerfilePath"]).is_file()


def test_a_shell_hands_the_signal_to_stop_on() -> None:
    """A shell that stays would be told to stop, and Python would be killed in the middle."""
    lines = [*instructions("CMD"), *(file["deploy"]["startCommand"] for file in RAILWAY.values())]
    through_shell = [line for line in lines if re.search(r"\bsh\b", line)]
    assert through_shell
    assert [line for line in through_shell if "exec python" not in line] == []


def test_both_are_asked_whether_they_are_ready() -> None:
    routes = health_routes(Database("postgresql://nowhere")).routes
    paths = {route.path for route in routes if isinstance(route, APIRoute)}
    assert paths == {"/healthz", "/readyz"}
    for file in RAILWAY.values():
        assert file["deploy"]["healthcheckPath"] == "/readyz"
    # The worker answers at its door, on the port that the platform asks.
    assert "DUKANI_WATCH__PORT=${PORT:-" in RAILWAY["railway.worker.toml"]["deploy"]["startCommand"]


def test_the_image_is_slim_locked_and_not_root() -> None:
    assert instructions("FROM") == ["${BASE}"]
    assert "BASE=python:3.11-slim" in instructions("ARG")
    installs = [line for line in instructions("RUN") if "pip install" in line]
    locks = [re.findall(r"--require-hashes\s+-r ([\w.-]+)", line) for line in installs]
    assert locks == [["requirements.txt"], ["requirements-clip.txt"]]
    assert instructions("USER") == ["dukani"]
    assert STEPS.index(("USER", "dukani")) > STEPS.index(("RUN", installs[0]))
    assert all("--no-cache-dir" in line and "--no-compile" in line for line in installs)
    assert "compileall -q --invalidation-mode unchecked-hash" in " ".join(instructions("RUN"))
    assert "/readyz" in " ".join(instructions("HEALTHCHECK"))
    fetched = re.findall(r"https?://[^'\"]+", (ROOT / "Dockerfile").read_text())
    assert fetched == ["http://127.0.0.1:"]  # itself


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-clip.txt"])
def test_every_locked_package_has_a_hash(name: str) -> None:
    lock = re.sub(r"\\\n\s*", "", (ROOT / name).read_text())
    packages = [line for line in lock.splitlines() if line and not line.lstrip().startswith("#")]
    assert packages
    assert [line for line in packages if "--hash=sha256:" not in line] == []


def test_settings_of_the_image_are_settings() -> None:
    given = re.findall(r"(DUKANI_\w+)=", " ".join(instructions("ENV")))
    assert given
    assert set(given) <= set(known_names())
