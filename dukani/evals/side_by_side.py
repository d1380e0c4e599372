"""Prints what runs with several minds took and reached, and keeps the score in a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dukani.evals.eval_minds import MindRun, reads_with

MOST_IDS = 12


def show(console: Console, runs: Sequence[MindRun]) -> None:
    """A column for each mind, and which ids pass with one of two alone."""
    table = Table(title="Side by side" if len(runs) > 1 else "What it took", title_justify="left")
    table.add_column("")
    for run in runs:
        table.add_column(run.mind, justify="right")
    for name, value in _ROWS:
        cells = [value(run) for run in runs]
        if any(cells):
            table.add_row(name, *(escape(cell) or "–" for cell in cells))
    console.print(table)
    if len(runs) == 2:
        for run, other in (runs, tuple(reversed(runs))):
            _show_only_here(console, run, other)


def _show_only_here(console: Console, run: MindRun, other: MindRun) -> None:
    only = [id_ for id_, passed in run.passed.items() if passed and not other.passed.get(id_)]
    if only:
        more = f" and {len(only) - MOST_IDS} more" if len(only) > MOST_IDS else ""
        ids = ", ".join(only[:MOST_IDS])
        console.print(f"only {run.mind}: {ids}{more}", markup=False, highlight=False)


def keep_score(path: Path, *, of: str, runs: Sequence[MindRun]) -> None:
    """Append a line of JSON for each run: file, mind, model and prompt, figures, and when (UTC)."""
    with path.open("a", encoding="utf-8") as file:
        for run in runs:
            file.write(json.dumps(_as_json(of, run), ensure_ascii=False) + "\n")


def _as_json(of: str, run: MindRun) -> dict[str, Any]:
    effort = run.effort
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "file": of,
        "mind": run.mind,
        "reads_with": reads_with(run.mind),
        "passed": run.passing,
        "of": len(run.passed),
        "wrong_goods_or_sum": run.wrong,
        "calls": effort.calls,
        "input_tokens": effort.input_tokens,
        "output_tokens": effort.output_tokens,
        "cost_usd": effort.cost_usd,
        "turn_ms": {f"p{at}": effort.milliseconds(at) for at in (50, 95)},
    }


def _cost(run: MindRun) -> str:
    cost = run.effort.cost_usd
    return "no price known" if cost is None else f"{cost:.4f}" if cost else ""


def _cost_a_turn(run: MindRun) -> str:
    cost, turns = run.effort.cost_usd, len(run.effort.seconds)
    return f"{100 * cost / turns:.4f}" if cost and turns else ""


def _milliseconds(run: MindRun, percent: int) -> str:
    value = run.effort.milliseconds(percent)
    return "" if value is None else f"{value:.0f}"


_ROWS = (
    ("read by", lambda run: reads_with(run.mind)),
    ("passed", lambda run: f"{run.passing}/{len(run.passed)}"),
    ("wrong goods or sum", lambda run: "" if run.wrong is None else str(run.wrong)),
    ("calls to a model", lambda run: str(run.effort.calls or "")),
    ("tokens in", lambda run: str(run.effort.input_tokens or "")),
    ("tokens out", lambda run: str(run.effort.output_tokens or "")),
    ("cost, US dollars", _cost),
    ("cost a turn, US cents", _cost_a_turn),
    ("ms a turn, p50", lambda run: _milliseconds(run, 50)),
    ("ms a turn, p95", lambda run: _milliseconds(run, 95)),
)
