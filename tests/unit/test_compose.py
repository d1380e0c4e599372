"""The compose file, workflows and Vercel's file are of their form, and name what exists."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from typer.core import TyperGroup
from typer.main import get_command

from dukani.cli import app
from dukani.core.setting_names import known_names
from dukani.core.settings import ROOT

COMPOSE = YAML(typ="safe").load(ROOT / "docker-compose.yml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))

NAMING_SETTINGS = (ROOT / "docker-compose.yml", ROOT / "docs/shipping.md", *WORKFLOWS)


def ours() -> dict[str, dict[str, Any]]:
    return {name: one for name, one in SERVICES.items() if "DUKANI_IMAGE" in one["image"]}


def settled(text: str) -> str:
    """The text with the defaults of its variables."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)


@pytest.mark.parametrize(
    ("schema", "files"),
    [("compose-spec", [ROOT / "docker-compose.yml"]), ("github-workflows", WORKFLOWS)],
    ids=["compose-spec", "github-workflows"],
)
def test_files_are_of_their_form(schema: str, files: list[Path]) -> None:
    checker = Path(sys.executable).with_name("check-jsonschema")
    run = subprocess.run(
        [checker, "--builtin-schema", f"vendor.{schema}", *files], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_services_are_the_api_the_worker_and_a_migration_before_them() -> None:
    assert {name: one["command"][3] for name, one in ours().items()} == {
        "migrate": "migrate", "api": "serve", "worker": "worker",
    }  # fmt: skip
    for name in ("api", "worker"):
        assert SERVICES[name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"}
        }
    assert SERVICES["migrate"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert SERVICES["migrate"]["restart"] == "no"


@pytest.mark.parametrize("name", sorted(ours()))
def test_each_command_exists_with_its_options(name: str) -> None:
    words = SERVICES[name]["command"]
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    assert words[:3] == ["python", "-m", "dukani"]
    assert group.commands[words[3]].make_context(words[3], words[4:]).command.name == words[3]


@pytest.mark.parametrize("name", sorted(ours()))
def test_a_service_of_ours_writes_to_its_volume_alone(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["volumes"] == ["data:/app/.data"]
    assert service["environment"]["DUKANI_DATA_DIR"] == "/app/.data"


def test_what_is_mounted_exists() -> None:
    mounted = {
        volume.split(":")[0] for one in SERVICES.values() for volume in one.get("volumes", [])
    }
    files = {path for path in mounted if path.startswith(".")}
    assert files
    assert {path for path in files if not (ROOT / path).exists()} == set()
    assert mounted - files == set(COMPOSE["volumes"])


def test_whoever_watches_is_started_by_a_profile_and_finds_every_process() -> None:
    # given the processes that Prometheus is told of, and Grafana of Prometheus
    watched = YAML(typ="safe").load(ROOT / "deploy/prometheus/prometheus.yml")["scrape_configs"][0]
    targets = {target for one in watched["static_configs"] for target in one["targets"]}
    sources = ROOT / "deploy/grafana/provisioning/datasources/prometheus.yml"
    source = YAML(typ="safe").load(sources)["datasources"][0]

    # then each is a service with its door at that port
    doors = {
        f"{name}:{one['environment']['DUKANI_WATCH__PORT']}"
        for name, one in ours().items()
        if "DUKANI_WATCH__PORT" in one["environment"]
    }
    assert targets == doors == {"api:9100", "worker:9101"}
    assert settled(SERVICES["prometheus"]["ports"][0]).endswith(":9090:9090")
    assert source["url"] == "http://prometheus:9090"
    for name in ("prometheus", "grafana"):
        assert SERVICES[name]["profiles"] == ["watch"]


def test_files_are_mounted_where_their_reader_looks() -> None:
    # given what each container finds, and where
    inside = {
        volume.split(":")[1]: volume.split(":")[0]
        for name in ("prometheus", "grafana")
        for volume in SERVICES[name]["volumes"]
    }
    rules = YAML(typ="safe").load(ROOT / "deploy/prometheus/prometheus.yml")["rule_files"]
    dashboards = ROOT / "deploy/grafana/provisioning/dashboards/dukani.yml"
    folder = YAML(typ="safe").load(dashboards)["providers"][0]["options"]["path"]
    home = SERVICES["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]

    # then the rules lie beside the configuration, and the dashboard in the folder that is read
    assert {f"/etc/prometheus/{name}" for name in rules} <= set(inside)
    assert inside[home] == "./deploy/grafana/dukani.json"
    assert str(Path(home).parent) == folder


def test_secrets_of_whoever_watches_are_no_part_of_a_file() -> None:
    token = SERVICES["prometheus"]["secrets"][0]
    kept = ROOT / "deploy/prometheus/prometheus.yml"
    authorization = YAML(typ="safe").load(kept)["scrape_configs"][0]["authorization"]
    password = SERVICES["grafana"]["environment"]["GF_SECURITY_ADMIN_PASSWORD__FILE"]

    assert COMPOSE["secrets"][token["source"]] == {"environment": "DUKANI_WATCH__TOKEN"}
    assert authorization["credentials_file"] == token["target"]
    assert password == f"/run/secrets/{SERVICES['grafana']['secrets'][0]}"


def test_nothing_but_the_proxy_is_open_to_the_world() -> None:
    for name, one in SERVICES.items():
        if name != "https":
            assert [p for p in one.get("ports", []) if not p.startswith("127.0.0.1:")] == []


def named_settings() -> Iterator[str]:
    text = "".join(path.read_text() for path in NAMING_SETTINGS)
    # What chooses images, ports and the domain is the compose file's own.
    own = re.compile(r"DUKANI_(IMAGE|DOMAIN|[A-Z]+_PORT|\w+_IMAGE)")
    yield from (name for name in re.findall(r"DUKANI_\w+", text) if not own.fullmatch(name))


def test_every_setting_that_is_named_is_one() -> None:
    named = set(named_settings())
    assert "DUKANI_DATABASE__TRANSACTION_POOLER" in named
    assert named <= set(known_names())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_their_version_is_told(path: Path) -> None:
    used = re.findall(r"(?m)uses: (?!\./)(\S+)(.*)$", path.read_text())
    assert used
    for action, comment in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r"  # v\d+\.\d+\.\d+", comment), action


def test_scripts_that_a_workflow_runs_are_there() -> None:
    text = "".join(path.read_text() for path in WORKFLOWS)
    for module in re.findall(r"python -m (scripts\.\w+)", text):
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file()
    for target in re.findall(r"(?m)^\s+(?:run: )?make (\w+)$", text):
        assert re.search(rf"(?m)^{target}:", (ROOT / "Makefile").read_text())
    assert (ROOT / ".ci/run").is_file()
    assert "bash .ci/run" in text


def test_vercel_builds_with_scripts_that_exist() -> None:
    vercel = json.loads((ROOT / "dashboard/vercel.json").read_text())
    scripts = json.loads((ROOT / "dashboard/package.json").read_text())["scripts"]
    assert vercel["buildCommand"].removeprefix("npm run ") in scripts
    assert vercel["framework"] == "nextjs"
    # A policy of pages here would take the place of each page's own (policy.mjs).
    keys = {header["key"] for one in vercel["headers"] for header in one["headers"]}
    assert "content-security-policy" not in keys


def test_commands_of_the_guide_exist() -> None:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    guide = (ROOT / "docs/shipping.md").read_text()
    named = set(re.findall(r"(?m)(?:^ *|`|-m )dukani ([a-z][a-z-]+)", guide))
    assert {"backup", "restore", "deploy", "migrate", "doctor", "audit"} <= named
    assert named <= set(group.commands)


def test_files_that_the_guide_names_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / "docs/shipping.md").read_text()):
        assert (ROOT / "docs" / target).exists(), target
