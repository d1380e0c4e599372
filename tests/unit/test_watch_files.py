"""What is in `deploy/prometheus` names metrics, labels and chapters that exist."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Any

import pytest
from ruamel.yaml import YAML

from dukani.core.settings import ROOT
from tests.rehearsal.written import chapters as written
from tests.watched_names import chapters, told_by, unknown_in

FOLDER = ROOT / "deploy" / "prometheus"
RULES: list[dict[str, Any]] = YAML(typ="safe").load(FOLDER / "alerts.yml")["groups"][0]["rules"]
EXPRESSIONS = {rule["alert"]: rule["expr"] for rule in RULES}
TOLD = {rule["alert"]: rule["annotations"]["summary"] for rule in RULES}


@pytest.mark.parametrize("alert", EXPRESSIONS)
def test_an_alert_names_metrics_that_exist_with_their_labels(alert: str) -> None:
    assert unknown_in(EXPRESSIONS[alert]) == []
    assert set(re.findall(r"\$labels\.(\w+)", TOLD[alert])) <= told_by(EXPRESSIONS[alert])


@pytest.mark.parametrize("rule", RULES, ids=list(EXPRESSIONS))
def test_an_alert_waits_has_a_severity_and_a_chapter_of_the_runbook(rule: dict[str, Any]) -> None:
    path, _, anchor = rule["annotations"]["runbook_url"].partition("#")
    assert (path, anchor in chapters()) == ("docs/runbook.md", True)
    noticed = {name for chapter in written().values() for name in chapter.alerts}
    assert rule["alert"] in noticed
    assert rule["for"] and rule["labels"]["severity"] in ("page", "ticket")


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not on this machine")
@pytest.mark.parametrize(
    "asked",
    [
        ("check", "rules", "alerts.yml"),
        ("test", "rules", "alerts_test.yml"),
        ("check", "config", "--syntax-only", "prometheus.yml"),
    ],
    ids=" ".join,
)
def test_prometheus_own_tool_accepts_the_files(asked: tuple[str, ...]) -> None:
    ran = subprocess.run(
        ["promtool", *asked], cwd=FOLDER, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
