"""Prints tables of results, and each failure with expected and actual values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dukani.evals.dialogue_figures import figures_of
from dukani.evals.dialogue_result import DialogueResult
from dukani.evals.photos import PhotoFigures
from dukani.evals.utterances import UtteranceResult

Scored = Iterable[tuple[str, bool]]


def show_utterances(console: Console, results: Sequence[UtteranceResult]) -> None:
    for result in results:
        if not result.passed:
            _show_utterance(console, result)
    table = Table(title="Utterances", title_justify="left")
    table.add_column("")
    table.add_column("passed", justify="right")
    _add_scores(table, ((r.utterance.lang, r.passed) for r in results))
    _add_scores(table, ((name, r.passed) for r in results for name in r.intents))
    _add_scores(table, (("total", r.passed) for r in results), bold=True)
    console.print(table)


def _show_utterance(console: Console, result: UtteranceResult) -> None:
    utterance = result.utterance
    console.print(f"[red]✗[/red] [bold]{escape(utterance.id)}[/bold] {escape(utterance.text)}")
    expected = ", ".join(utterance.expect.intent)
    _line(console, "expected", f"{expected} {utterance.expect.slots or ''}")
    _line(console, "understood", " · ".join(result.understood) or "nothing")
    for problem in result.problems:
        _line(console, "wrong", problem)
    for reply in result.replies:
        _line(console, "bot", reply)


def show_dialogues(console: Console, results: Sequence[DialogueResult]) -> None:
    for result in results:
        if not result.passed or result.wrong:
            _show_dialogue(console, result)
    _show_unchecked(console, results)
    table = Table(title="Dialogues", title_justify="left")
    table.add_column("")
    table.add_column("passed", justify="right")
    _add_scores(table, ((r.dialogue.lang, r.passed) for r in results))
    _add_scores(table, ((tag, r.passed) for r in results for tag in r.dialogue.tags))
    _add_scores(table, (("total", r.passed) for r in results), bold=True)
    console.print(table)
    _show_figures(console, results)


def _show_figures(console: Console, results: Sequence[DialogueResult]) -> None:
    figures = figures_of(results)
    table = Table(title="Of the file", title_justify="left")
    table.add_column("")
    table.add_column("dialogues", justify="right")
    table.add_row("passed with every check", f"{figures.passed}/{figures.of}")
    table.add_row("passed by the final outcome", f"{figures.passed_finally}/{figures.of}")
    table.add_row("wrong goods or sum prompted or paid", f"{len(figures.wrong)}/{figures.of}")
    console.print(table)


def _show_dialogue(console: Console, result: DialogueResult) -> None:
    console.print(f"[red]✗[/red] [bold]{escape(result.dialogue.id)}[/bold]")
    for who, words in result.transcript:
        _line(console, who, words)
    for problem in result.problems:
        console.print(f"    [red]{escape(problem)}[/red]")
    for wrong in result.wrong:
        console.print(f"    [bold red]wrong goods or sum, {escape(wrong)}[/bold red]")


def _show_unchecked(console: Console, results: Sequence[DialogueResult]) -> None:
    where: dict[str, list[str]] = defaultdict(list)
    for result in results:
        for name in result.unchecked:
            where[name].append(result.dialogue.id)
    for name, ids in where.items():
        console.print(f"[yellow]not checked: {escape(name)}[/yellow] ({escape(', '.join(ids))})")


def show_photos(console: Console, figures: PhotoFigures) -> None:
    table = Table(title="Photos", title_justify="left")
    table.add_column("")
    table.add_column("", justify="right")
    rows = (
        ("gallery", f"{figures.gallery}"),
        ("queries", f"{len(figures.results)}"),
        ("P@1", f"{figures.p1:.3f}"),
        ("P@5", f"{figures.p5:.3f}"),
        ("the eye's category right", f"{figures.accuracy:.3f}"),
        ("asked, being unsure", f"{figures.asked:.3f}"),
        ("not answered with options", f"{figures.without_options}"),
        ("ms a photo turn, p50", f"{figures.milliseconds(50):.0f}"),
        ("ms a photo turn, p95", f"{figures.milliseconds(95):.0f}"),
    )
    for name, value in rows:
        table.add_row(name, value)
    for category, (right, of) in sorted(figures.by_category().items()):
        table.add_row(f"P@1 {category}", f"{right}/{of}", style="dim")
    console.print(table)


def _add_scores(table: Table, scored: Scored, *, bold: bool = False) -> None:
    passed: dict[str, int] = defaultdict(int)
    of: dict[str, int] = defaultdict(int)
    for name, ok in scored:
        of[name] += 1
        passed[name] += ok
    for name in sorted(of):
        table.add_row(escape(name), f"{passed[name]}/{of[name]}", style="bold" if bold else None)
    table.add_section()


def _line(console: Console, name: str, words: str) -> None:
    text = words.replace("\n", " ⏎ ")
    console.print(f"    [dim]{escape(name):>10}[/dim]  {escape(text)}", highlight=False)
