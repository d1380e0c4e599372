"""What a PromQL expression of ours may name: the metrics of `/metrics`, and their labels."""

from __future__ import annotations

import re

from prometheus_client import generate_latest
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.parser import text_string_to_metric_families

from dukani.core.observability import metrics
from dukani.core.settings import ROOT

# Prometheus' own, which no process of ours shows: whether a scrape worked, and its alerts.
OWN = {
    "up": {"job", "instance", "process"},
    "ALERTS": {"alertname", "alertstate", "severity"},
}
# Given by Prometheus to each series (prometheus.yml names `process`), and those of buckets.
GIVEN = {"instance", "job", "process", "le"}
_SUFFIXES = {"histogram": ("_bucket", "_count", "_sum"), "counter": ("_total",)}
# Labels, ranges, words in quotes and groupings name no metric.
_NOT_A_NAME = re.compile(r"\{[^}]*\}|\[[^\]]*\]|\"[^\"]*\"|\b(?:by|without|on) ?\([^)]*\)")
_WORDS = {"or", "and", "unless", "bool"}


def known() -> dict[str, set[str]]:
    """Each name that a sample of `/metrics` can have, with its labels."""
    found: dict[str, set[str]] = {name: set(labels) for name, labels in OWN.items()}
    for collector in vars(metrics).values():
        if isinstance(collector, MetricWrapperBase):
            for family in collector.describe():
                for suffix in _SUFFIXES.get(family.type, ("",)):
                    found[family.name + suffix] = set(collector._labelnames)
    for name in _names_of_the_process():
        found.setdefault(name, set())
    return found


def _names_of_the_process() -> set[str]:
    page = generate_latest(metrics.REGISTRY).decode()
    return {
        sample.name
        for family in text_string_to_metric_families(page)
        if family.name.startswith("process_")
        for sample in family.samples
    }


def names_in(expression: str) -> set[str]:
    """The metrics that an expression reads."""
    bare = _NOT_A_NAME.sub(" ", expression)
    words = re.findall(r"(?<![\w.])([a-zA-Z_:][\w:]*)\b(?!\s*\()", bare)
    return set(words) - _WORDS


def unknown_in(expression: str) -> list[str]:
    """What the expression names that is not there: metrics, else labels of those it names."""
    there = known()
    missing = sorted(names_in(expression) - set(there))
    if missing:
        return missing
    for name, chosen in re.findall(r"([\w:]+)\{([^}]*)\}", expression):
        for label in re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", chosen):
            if label not in there[name] | GIVEN:
                missing.append(f"{name}{{{label}}}")
    for label in grouped_in(expression):
        if label not in GIVEN.union(*(there[name] for name in names_in(expression))):
            missing.append(f"by ({label})")
    return missing


def grouped_in(expression: str) -> set[str]:
    groups = re.findall(r"\bby ?\(([^)]*)\)", expression)
    return {one.strip() for group in groups for one in group.split(",")}


def told_by(expression: str) -> set[str]:
    """The labels that a result of the expression can have."""
    if re.search(r"\b(sum|max|min|avg|count)\b", expression):
        return grouped_in(expression)
    return GIVEN.union(*(known()[name] for name in names_in(expression)))


def chapters() -> dict[str, str]:
    """The runbook's chapters: anchor and title."""
    titles = re.findall(r"(?m)^## (.+)$", (ROOT / "docs" / "runbook.md").read_text())
    return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-"): one for one in titles}
