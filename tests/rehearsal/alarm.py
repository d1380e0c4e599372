"""Whether an alert of `deploy/prometheus` rings, by Prometheus' own tool and what was scraped.

Nobody waits here as long as the rules do. Two scrapes are a line: what changed between them goes on
evenly for `LASTS_MIN` minutes of Prometheus' clock, gauges stay where they came to, and a third
scrape, after the trouble, is the end of a second line.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML

from dukani.core.settings import ROOT
from tests.watched_names import names_in

PROMTOOL = shutil.which("promtool")
RULES = ROOT / "deploy" / "prometheus" / "alerts.yml"
LASTS_MIN = 90  # longer than the longest `for` and the ranges of the rules

Labels = tuple[tuple[str, str], ...]
Series = tuple[str, Labels]


@dataclass(frozen=True, slots=True)
class Scrape:
    """What all processes showed at one time; `grows` are the series that count."""

    values: Mapping[Series, float]
    grows: frozenset[Series]


def scrape_of(pages: Mapping[str, str | None]) -> Scrape:
    """`pages`: what each process showed, by its name; None of one that did not answer."""
    values: dict[Series, float] = {}
    grows: set[Series] = set()
    for process, page in pages.items():
        whose = (("instance", process), ("job", "dukani"), ("process", process))
        values["up", whose] = 0 if page is None else 1
        for name, labels, value, counts in _samples(page or ""):
            series = (name, (*sorted(labels.items()), *whose))
            values[series] = value
            if counts:
                grows.add(series)
    return Scrape(values, frozenset(grows))


def _samples(page: str) -> Iterator[tuple[str, Mapping[str, str], float, bool]]:
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            if not sample.name.endswith("_created"):
                counts = family.type in ("counter", "histogram")
                yield sample.name, sample.labels, float(sample.value), counts


def rings(alert: str, scrapes: Sequence[Scrape], folder: Path) -> bool:
    """Whether the alert fires at the end of what the scrapes tell."""
    assert PROMTOOL is not None
    (rule,) = (one for one in _rules() if one["alert"] == alert)
    asked = {
        "expr": f'count(ALERTS{{alertname="{alert}", alertstate="firing"}}) > bool 0 or vector(0)',
        "eval_time": f"{LASTS_MIN * (len(scrapes) - 1)}m",
        "exp_samples": [{"labels": "{}", "value": 1}],
    }
    test = {
        "interval": "1m",
        "input_series": list(_played(scrapes, names_in(rule["expr"]))),
        "promql_expr_test": [asked],
    }
    file = folder / "rehearsed_test.yml"
    (folder / RULES.name).write_text(RULES.read_text())
    file.write_text(json.dumps({"rule_files": [RULES.name], "tests": [test]}))
    ran = subprocess.run(
        [PROMTOOL, "test", "rules", file.name], cwd=folder, capture_output=True, text=True
    )
    said = ran.stdout + ran.stderr
    # It either agrees, or says that it found 0: anything else is an error of this module.
    assert ran.returncode == 0 or re.search(r"got:\s*\{\}\s*0E\+00", said), said
    return ran.returncode == 0


def _rules() -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = YAML(typ="safe").load(RULES)["groups"][0]["rules"]
    return rules


def _played(scrapes: Sequence[Scrape], names: set[str]) -> Iterator[dict[str, str]]:
    """The series of these names, as promtool reads them: a value for each minute."""
    series = {one for scrape in scrapes for one in scrape.values if one[0] in names}
    for one in sorted(series):
        name, labels = one
        counts = any(one in scrape.grows for scrape in scrapes)
        points = [scrape.values.get(one) for scrape in scrapes]
        told = ", ".join(f'{label}="{value}"' for label, value in labels)
        values = _grown(points) if counts else _held(points)
        yield {"series": f"{name}{{{told}}}", "values": values}


def _held(points: Sequence[float | None]) -> str:
    """Of a gauge: where it came to at once, or nothing where it is no more."""
    first, *later = ["_" if point is None else repr(point) for point in points]
    return " ".join((first, *(f"{point}x{LASTS_MIN - 1}" for point in later)))


def _grown(points: Sequence[float | None]) -> str:
    """Of a counter: evenly, and from zero where it was not seen before or its process was new."""
    at, parts = points[0] or 0.0, [repr(points[0] or 0.0)]
    before = points[0] or 0.0
    for point in points[1:]:
        seen = before if point is None else point
        more = seen - before if seen >= before else seen
        step, before = more / LASTS_MIN, seen
        parts.append(f"{at + step!r}+{step!r}x{LASTS_MIN - 1}")
        at += more
    return " ".join(parts)
