"""The workflows may do little, run what the repository has, and repeat nothing by accident."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dukani.core.settings import ROOT

WORKFLOWS: dict[str, dict[str, Any]] = {
    path.name: YAML(typ="safe").load(path)
    for path in sorted((ROOT / ".github/workflows").glob("*.yml"))
}
JOBS = [
    pytest.param(name, job, id=f"{name}:{job_name}")
    for name, workflow in WORKFLOWS.items()
    for job_name, job in workflow["jobs"].items()
    if "steps" in job
]
STEPS = [(name, step) for name, workflow in WORKFLOWS.items()
         for job in workflow["jobs"].values() for step in job.get("steps", [])]  # fmt: skip
# Beyond reading the repository, what each may do.
RIGHTS = {"release.yml": {"contents": "write", "packages": "write"}}


def used(name: str, action: str) -> list[dict[str, Any]]:
    return [step for of, step in STEPS
            if of == name and step.get("uses", "").startswith(f"{action}@")]  # fmt: skip


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_reads_and_a_job_names_what_more_it_does(name: str) -> None:
    workflow = WORKFLOWS[name]
    asked = {right: how for job in workflow["jobs"].values()
             for right, how in job.get("permissions", {}).items()}  # fmt: skip

    assert workflow["permissions"] == {"contents": "read"}
    assert asked == RIGHTS.get(name, {})


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_a_job_ends(name: str, job: dict[str, Any]) -> None:
    assert 0 < job["timeout-minutes"] <= 120
    assert re.fullmatch(r"ubuntu-\d\d\.\d\d", job["runs-on"])  # not whatever is the latest


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_script_that_runs_later_finds_the_token_in_the_checkout(name: str) -> None:
    assert used(name, "actions/checkout")
    for step in used(name, "actions/checkout"):
        assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize(
    ("name", "script"), [(name, step["run"]) for name, step in STEPS if "run" in step]
)
def test_a_script_is_a_script_and_takes_no_text_of_strangers(name: str, script: str) -> None:
    """What an expression gives stands in the script as if it were written there: use `env`."""
    run = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True)

    assert run.returncode == 0, run.stderr
    assert "${{" not in script


def test_a_pull_request_passes_what_a_change_passes_anywhere() -> None:
    ci = WORKFLOWS["ci.yml"]
    assert set(ci["on"]) == {"push", "pull_request", "workflow_call"}
    assert "bash .ci/run" in [step.get("run") for step in ci["jobs"]["check"]["steps"]]
    assert ci["concurrency"]["cancel-in-progress"] is True
    assert subprocess.run(["bash", "-n", ROOT / ".ci/run"]).returncode == 0


def test_what_is_fetched_is_kept_by_the_lock_files() -> None:
    cached = {key: value for step in used("ci.yml", "actions/cache")
              for key, value in step["with"].items()}  # fmt: skip
    kept_by = {named for node in used("ci.yml", "actions/setup-node")
               if (named := node["with"].get("cache-dependency-path"))}  # fmt: skip
    for named in re.findall(r"hashFiles\('([^']+)'\)", cached["key"]):
        assert (ROOT / named).is_file()
    assert kept_by == {"dashboard/package-lock.json"}


def test_a_release_is_of_a_tag_and_checked_before_anything_is_published() -> None:
    release = WORKFLOWS["release.yml"]
    assert release["on"] == {"push": {"tags": ["v*.*.*"]}}
    assert release["jobs"]["check"]["uses"] == "./.github/workflows/ci.yml"
    assert release["jobs"]["release"]["needs"] == "check"
    steps = release["jobs"]["release"]["steps"]
    texts = [f"{step.get('run', '')}{step.get('uses', '')}" for step in steps]

    def place(word: str) -> int:
        [found] = [at for at, text in enumerate(texts) if word in text]
        return found

    # The version, the migrations and the SBOM stand before the push, the release behind it.
    push = place("docker/build-push-action")
    for before in ("scripts.changelog", "scripts.check_migrations", "make sbom"):
        assert place(before) < push
    assert place("gh release create") > push
    assert steps[push]["with"]["push"] is True
    assert steps[push]["with"]["provenance"] is True
    for attached in re.findall(r"(\S+\.cdx\.json|docker-compose\.yml|\.env\.example)", texts[-2]):
        assert Path(attached).parts[0] == "sbom" or (ROOT / attached).is_file()
