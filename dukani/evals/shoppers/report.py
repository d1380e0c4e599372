"""Prints the figures of a run of shoppers, and single shoppers with their transcripts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dukani.evals.shoppers.result import Result

Count = Callable[[Result], int]

_COUNTS: tuple[tuple[str, Count], ...] = (
    ("completed", lambda r: r.completed),
    ("passed", lambda r: r.passed),
    ("wrong goods", lambda r: bool(r.wrong_goods)),
    ("wrong sum", lambda r: bool(r.wrong_sum)),
    ("not agreed to", lambda r: bool(r.unagreed)),
    ("dropped wishes", lambda r: bool(r.dropped)),
    ("shown a wrong total", lambda r: bool(r.wrong_totals)),
    ("asked needlessly", lambda r: bool(r.needless)),
    ("left unanswered", lambda r: bool(r.unanswered)),
)


def show(console: Console, results: Sequence[Result], *, shown: int) -> None:
    """Print the tables, then the first `shown` failed shoppers with their transcripts."""
    failed = [result for result in results if not result.passed]
    for result in failed[:shown]:
        show_one(console, result)
    console.print(_whole(results))
    console.print(_by("By language", results, lambda r: (r.language,)))
    console.print(_by("By bend", results, lambda r: r.bends))
    console.print(_slips(results))
    if failed:
        indices = ", ".join(str(result.index) for result in failed[:40])
        more = " …" if len(failed) > 40 else ""
        console.print(f"failed: {indices}{more} (again: --index I --show 1)", markup=False)


def show_one(console: Console, result: Result) -> None:
    name = f"seed {result.seed} index {result.index}, {result.mind}, {result.language}"
    console.print(f"{'✓' if result.passed else '✗'} [bold]{name}[/bold] {escape(result.goal)}")
    for who, words in result.transcript:
        text = words.replace("\n", " ⏎ ")
        console.print(f"    [dim]{escape(who):>10}[/dim]  {escape(text)}", highlight=False)
    for problem in result.problems:
        console.print(f"    [red]{escape(problem)}[/red]", highlight=False)


def write_json(path: Path, results: Sequence[Result]) -> None:
    """Write every result, one JSON object a line; transcripts only of failed shoppers."""
    with path.open("w", encoding="utf-8") as file:
        for result in results:
            row = asdict(result) | {"passed": result.passed, "completed": result.completed}
            if result.passed:
                row.pop("transcript")
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _whole(results: Sequence[Result]) -> Table:
    table = Table(title="Shoppers", title_justify="left")
    table.add_column("")
    table.add_column("", justify="right")
    table.add_row("shoppers", str(len(results)))
    for name, count in _COUNTS:
        there = sum(count(result) for result in results)
        table.add_row(name, f"{there} ({there / max(len(results), 1):.1%})")
    turns = sorted(result.turns for result in results)
    table.add_row("turns, median", str(turns[len(turns) // 2] if turns else 0))
    table.add_row("prompts", str(sum(result.prompts for result in results)))
    table.add_row("needless questions", str(sum(len(result.needless) for result in results)))
    table.add_row("had to mend", str(sum(bool(result.mends) for result in results)))
    return table


def _by(title: str, results: Sequence[Result], keys: Callable[[Result], Iterable[str]]) -> Table:
    """A table by key; a shopper counts under each of several keys."""
    table = Table(title=title, title_justify="left")
    for column in ("", "shoppers", "passed", "harmed", "dropped", "needless"):
        table.add_column(column, justify="left" if not column else "right")
    grouped: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        for key in keys(result):
            grouped[key].append(result)
    for key, group in sorted(grouped.items(), key=lambda item: _share(item[1])):
        table.add_row(
            escape(key), str(len(group)), f"{_share(group):.1%}",
            str(sum(result.harmed for result in group)),
            str(sum(bool(result.dropped) for result in group)),
            str(sum(len(result.needless) for result in group)),
        )  # fmt: skip
    return table


def _share(group: Sequence[Result]) -> float:
    return sum(result.passed for result in group) / len(group)


def _slips(results: Sequence[Result]) -> Table:
    """The steps after which the order first went wrong."""
    table = Table(title="The order right after it was not the one meant", title_justify="left")
    table.add_column("after")
    table.add_column("times", justify="right")
    table.add_column("indices")
    where: dict[str, list[int]] = defaultdict(list)
    for result in results:
        for bend, _ in result.slips[:1]:
            where[bend].append(result.index)
    for bend, indices in sorted(where.items(), key=lambda item: -len(item[1])):
        table.add_row(escape(bend), str(len(indices)), ", ".join(map(str, indices[:6])))
    return table
