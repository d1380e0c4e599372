"""Grafana's dashboard asks for what is there, and says what each panel shows and what to do."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dukani.core.settings import ROOT, Queue
from tests.watched_names import chapters, grouped_in, known, names_in, unknown_in

FILE = ROOT / "deploy/grafana/dukani.json"
DASHBOARD: dict[str, Any] = json.loads(FILE.read_text())
PANELS: list[dict[str, Any]] = [one for one in DASHBOARD["panels"] if one["type"] != "row"]
ROWS: list[str] = [one["title"] for one in DASHBOARD["panels"] if one["type"] == "row"]
QUERIES = [(panel, target) for panel in PANELS for target in panel["targets"]]
RULES = YAML(typ="safe").load(ROOT / "deploy/prometheus/alerts.yml")["groups"][0]["rules"]
# From when on a worker's jobs are given to others.
LINES_WITHOUT_ALERT = {"dukani_worker_sign_age_seconds": (Queue().stalled_after_s,)}
# Grafana's own, as it is where the range is short.
RATE_INTERVAL = "2m"

titled = pytest.mark.parametrize("panel", PANELS, ids=[one["title"] for one in PANELS])
queried = pytest.mark.parametrize(
    ("panel", "target"), QUERIES, ids=[f"{p['title']} {t['refId']}" for p, t in QUERIES]
)


def expression_of(target: dict[str, Any]) -> str:
    return str(target["expr"]).replace("$__rate_interval", RATE_INTERVAL)


def asked_for() -> set[str]:
    return set().union(*(names_in(expression_of(target)) for _, target in QUERIES))


@queried
def test_a_query_names_metrics_that_exist_with_their_labels(
    panel: dict[str, Any], target: dict[str, Any]
) -> None:
    assert unknown_in(expression_of(target)) == []


@queried
def test_a_legend_names_labels_that_its_query_leaves(
    panel: dict[str, Any], target: dict[str, Any]
) -> None:
    labels = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
    assert labels <= grouped_in(target["expr"]) | {"instance"}
    if panel["type"] == "timeseries" and not re.match(r"(sum|max|min)\(", target["expr"]):
        assert labels == (grouped_in(target["expr"]) - {"le"} or {"instance"})


@titled
def test_a_panel_has_title_unit_and_a_description(panel: dict[str, Any]) -> None:
    assert panel["title"]
    assert panel["fieldConfig"]["defaults"]["unit"]
    assert panel["description"].endswith(".")


@titled
def test_a_panel_leads_to_a_chapter_that_exists(panel: dict[str, Any]) -> None:
    named = re.findall(r"[Cc]hapter ([A-Z][\w, ]+)\.", panel["description"])
    assert set(named) <= set(chapters().values())


@titled
def test_a_line_of_a_panel_is_where_an_alert_begins(panel: dict[str, Any]) -> None:
    steps = panel["fieldConfig"]["defaults"].get("thresholds", {}).get("steps", [])
    if panel["type"] == "timeseries" and steps:
        (name,) = {_family(name) for name in names_in(expression_of(panel["targets"][0]))}
        assert float(steps[-1]["value"]) in {*begins_at(name), *LINES_WITHOUT_ALERT.get(name, ())}


def begins_at(family: str) -> set[float]:
    """The thresholds of the alerts that read these metrics."""
    return {
        float(number)
        for rule in RULES
        if family in rule["expr"]
        for number in re.findall(r"> ([\d.]+)", rule["expr"])
    }


def test_what_somebody_on_call_asks_for_first_is_there() -> None:
    assert ROWS[:5] == [
        "Now: is anybody not being served?", "Traffic", "How long answers take", "Providers",
        "Queues and workers",
    ]  # fmt: skip
    assert {
        "dukani_webhook_events_total", "dukani_turns_total", "dukani_turn_answer_seconds_bucket",
        "dukani_provider_call_seconds_count", "dukani_queue_jobs", "dukani_queue_oldest_seconds",
        "dukani_queue_listeners", "dukani_payments_total", "dukani_model_cost_micro_usd_total",
        "dukani_wallet_tokens", "dukani_worker_sign_age_seconds", "up",
    } <= asked_for()  # fmt: skip


def test_every_metric_that_an_alert_reads_is_shown() -> None:
    read = {_family(name) for rule in RULES for name in names_in(rule["expr"])}
    assert read - {_family(name) for name in asked_for()} == set()


def test_every_metric_of_ours_is_shown() -> None:
    ours = {_family(name) for name in known() if name.startswith("dukani_")}
    assert ours - {_family(name) for name in asked_for()} == set()


def _family(name: str) -> str:
    return re.sub(r"_(bucket|count|sum|total)$", "", name)


def test_panels_have_ids_of_their_own_and_do_not_overlap() -> None:
    everything = DASHBOARD["panels"]
    assert len({one["id"] for one in everything}) == len(everything)
    for one, other in combinations([panel["gridPos"] for panel in everything], 2):
        apart = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        above = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
        assert apart or above
        assert one["x"] + one["w"] <= 24


def test_panels_ask_the_data_source_that_is_chosen() -> None:
    chosen = {"type": "prometheus", "uid": "${datasource}"}
    assert [one["name"] for one in DASHBOARD["templating"]["list"]] == ["datasource"]
    for panel, target in QUERIES:
        assert panel["datasource"] == target["datasource"] == chosen


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not on this machine")
def test_prometheus_own_tool_parses_every_query(tmp_path: Path) -> None:
    # given the queries as recording rules, which is a form that promtool reads
    rules = [
        {"record": f"panel:{panel['id']}:{target['refId']}", "expr": expression_of(target)}
        for panel, target in QUERIES
    ]
    file = tmp_path / "queries.yml"
    file.write_text(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}))

    ran = subprocess.run(["promtool", "check", "rules", file], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
