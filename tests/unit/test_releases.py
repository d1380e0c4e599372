"""A release says one version everywhere, what is new in it, and what it is made of."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dukani import __version__
from dukani.cli import app
from dukani.core.settings import ROOT
from scripts import changelog, sbom

CHANGELOG = (ROOT / "CHANGELOG.md").read_text()


def test_there_is_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == __version__
    assert CliRunner().invoke(app, ["--version"]).output == f"dukani {__version__}\n"


def test_the_changelog_tells_of_this_version() -> None:
    told = changelog.section(CHANGELOG, __version__)
    assert told is not None
    assert "### Added" in told
    assert changelog.section(CHANGELOG, "99.0.0") is None


def test_a_section_ends_where_the_next_begins() -> None:
    text = "## [2.0.0]\n\nnew\n\n## [1.0.0] - 2026-01-01\n\nold\n"
    assert changelog.section(text, "2.0.0") == "new\n"
    assert changelog.section(text, "1.0.0") == "old\n"
    assert changelog.section("## [1.0.0]\n\n## [0.9.0]\n\nx\n", "1.0.0") is None


def test_a_tag_of_another_version_is_refused() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "scripts.changelog", "99.0.0"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 1
    assert f"tag v{__version__}" in run.stderr


def named(path: Path) -> set[tuple[str, str]]:
    return {
        ("/".join(filter(None, (part.get("group"), part["name"]))).lower(), part["version"])
        for part in json.loads(path.read_text())["components"]
    }


@pytest.mark.slow
def test_what_python_installs_is_what_the_sbom_tells(tmp_path: Path) -> None:
    sbom.of_python(tmp_path / "python.json")

    locked = re.findall(r"(?m)^([\w.-]+)(?:\[[^]]*\])?==([^\s;\\]+)",
                        (ROOT / "requirements.txt").read_text())  # fmt: skip
    assert named(tmp_path / "python.json") == {(name.lower(), version) for name, version in locked}


@pytest.mark.slow
def test_what_the_pages_are_built_from_is_what_the_sbom_tells(tmp_path: Path) -> None:
    sbom.of_dashboard(tmp_path / "dashboard.json")

    lock = json.loads((ROOT / "dashboard/package-lock.json").read_text())["packages"]
    locked = {(path.rpartition("node_modules/")[2], one["version"]) for path, one in lock.items()
              if path}  # fmt: skip
    assert named(tmp_path / "dashboard.json") == {(name.lower(), is_) for name, is_ in locked}
    assert (
        json.loads((tmp_path / "dashboard.json").read_text())["metadata"]["component"]["version"]
        == __version__
    )
