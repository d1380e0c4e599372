"""What is in `deploy/prometheus` names metrics, labels and chapters that exist."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from dukani.core.observability import metrics
from dukani.core.settings import ROOT

FOLDER = ROOT / "deploy" / "prometheus"
RULES: list[dict[str, Any]] = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"][0][
    "rules"
]
EXPRESSIONS = {rule["alert"]: rule["expr"] for rule in RULES}
# Prometheus' own labels, and those of histograms' buckets.
GIVEN = {"instance", "job", "le"}


def known() -> dict[str, set[str]]:
    """Each name a sample can have, with its labels."""
    found: dict[str, set[str]] = {}
    for collector in vars(metrics).values():
        if names := getattr(collector, "_labelnames", None) is not None and collector.describe():
            for family in names:
                suffixes = {"histogram": ("_bucket", "_count", "_sum"), "counter": ("_total",)}
                for suffix in suffixes.get(family.type, ("",)):
                    found[family.name + suffix] = set(collector._labelnames)
    return found


@pytest.mark.parametrize("alert", EXPRESSIONS)
def test_an_alert_names_metrics_that_exist_with_their_labels(alert: str) -> None:
    metrics_now = known()
    expression = EXPRESSIONS[alert]
    for name, chosen in re.findall(r"\b(dukani_\w+)(?:\{([^}]*)\})?", expression):
        assert name in metrics_now
        labels = set(re.findall(r"(\w+)\s*(?:=~|!=|=)", chosen))
        assert labels <= metrics_now[name] | GIVEN
    names = re.findall(r"\b(dukani_\w+)", expression)
    for grouped in re.findall(r"\bby \(([^)]*)\)", expression):
        allowed = GIVEN.union(*(metrics_now[name] for name in names))
        assert {one.strip() for one in grouped.split(",")} <= allowed


@pytest.mark.parametrize("rule", RULES, ids=list(EXPRESSIONS))
def test_an_alert_waits_has_a_severity_and_a_chapter_of_the_runbook(rule: dict[str, Any]) -> None:
    chapters = re.findall(r"(?m)^## (.+)$", (ROOT / "docs" / "runbook.md").read_text())
    anchors = {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in chapters}
    path, _, anchor = rule["annotations"]["runbook_url"].partition("#")
    assert (path, anchor in anchors) == ("docs/runbook.md", True)
    assert rule["for"] and rule["labels"]["severity"] in ("page", "ticket")


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not on this machine")
@pytest.mark.parametrize("asked", [("check", "alerts.yml"), ("test", "alerts_test.yml")])
def test_prometheus_own_tool_accepts_the_rules(asked: tuple[str, str]) -> None:
    verb, file = asked
    ran = subprocess.run(
        ["promtool", verb, "rules", file], cwd=FOLDER, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
