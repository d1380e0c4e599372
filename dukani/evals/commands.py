"""The commands of `dukani eval`: read files, evaluate, report, and compare with the bar."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from dukani.agent.local_eye import MODEL_FOLDER, LocalEye
from dukani.agent.local_reader import LocalReader
from dukani.core.observability.logs import set_up_logging
from dukani.evals import report, side_by_side
from dukani.evals.bar import Bar
from dukani.evals.catalogue_file import Catalogue, demo_catalogue, read_catalogue
from dukani.evals.dialogue_figures import write_figures
from dukani.evals.dialogue_file import DialogueFile, read_dialogues
from dukani.evals.dialogue_result import DialogueResult
from dukani.evals.dialogues import run_dialogues
from dukani.evals.effort import Effort
from dukani.evals.eval_minds import EvalMind, MindRun, minds_of, settings_of
from dukani.evals.files import BadEvalFile, read_labels
from dukani.evals.harness import temporary_harness
from dukani.evals.photos import Labelled, PhotoFigures, ask_with_photos, hang_gallery
from dukani.evals.scripted_eye import ScriptedEye
from dukani.evals.shoppers import report as shoppers_report
from dukani.evals.shoppers.mind_names import MindChoice, minds_chosen
from dukani.evals.shoppers.result import Result
from dukani.evals.shoppers.run import Shopful, run_all, shopfuls
from dukani.evals.utterance_file import Utterance, read_utterances
from dukani.evals.utterances import UtteranceResult, run_utterances
from dukani.evals.vocabulary import (
    Unknown,
    refusal,
    unknown_in_dialogues,
    unknown_in_utterances,
)
from dukani.graph.context import Senses

console = Console()


def utterances(
    file: Path,
    *,
    catalogue: Path | None,
    minimum: str | None,
    lenient: bool,
    mind: EvalMind,
    scores: Path | None,
) -> None:
    bar = _bar(minimum)
    _skip_if_absent(file, bar)
    turns, sold = _read(lambda: (read_utterances(file), _catalogue_beside(file, catalogue)))
    _check_names(file, unknown_in_utterances(turns), lenient=lenient)
    runs = []
    for one in minds_of(mind):
        results, effort = _run(_utterances(turns, sold, settings_of(one)))
        report.show_utterances(console, results)
        runs.append(MindRun(one, {r.utterance.id: r.passed for r in results}, effort))
    _conclude(runs, of=file.name, scores=scores, bar=bar)


def dialogues(
    file: Path,
    *,
    catalogue: Path | None,
    minimum: str | None,
    lenient: bool,
    json_file: Path | None,
    mind: EvalMind,
    scores: Path | None,
) -> None:
    bar = _bar(minimum)
    _skip_if_absent(file, bar)
    if json_file is not None and not json_file.parent.is_dir():
        _refuse(BadEvalFile(f"{json_file}: there is no folder {json_file.parent}"))
    listed = _read(lambda: read_dialogues(file))
    _check_names(file, unknown_in_dialogues(listed.dialogues), lenient=lenient)
    named = file.parent / listed.catalogue if listed.catalogue else None
    sold = _read(lambda: _catalogue_beside(file, catalogue or named))
    runs = []
    for one in minds_of(mind):
        results, effort = _run(_dialogues(listed, sold, file.parent, settings_of(one)))
        report.show_dialogues(console, results)
        if json_file is not None:
            named = json_file.with_stem(f"{json_file.stem}-{one}") if mind == "both" else json_file
            write_figures(named, of=file, results=results)
        passed = {r.dialogue.id: r.passed for r in results}
        runs.append(MindRun(one, passed, effort, wrong=sum(bool(r.wrong) for r in results)))
    _conclude(runs, of=file.name, scores=scores, bar=bar)


def photos(
    *, gallery: Path, queries: Path, minimum: str | None, limit: int | None, eye: Path | None
) -> None:
    bar = _bar(minimum)
    hung, asked = _read(lambda: (read_labels(gallery), read_labels(queries, limit=limit)))
    figures = _run(_photos(hung, asked, LocalEye(eye or MODEL_FOLDER)))
    report.show_photos(console, figures)
    if bar is not None and not bar.reached_by_share(figures.p1):
        _below(f"P@1 {figures.p1:.3f}", bar)


def shoppers(
    *,
    indices: Sequence[int],
    seed: int,
    mind: MindChoice,
    show: int,
    processes: int,
    json_file: Path | None,
    minimum: str | None,
    scores: Path | None,
) -> None:
    bar = _bar(minimum)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stops as Ctrl-C does
    runs, all_results = [], []
    for one in minds_chosen(mind):
        results, effort = _all_shoppers(shopfuls(seed, one, indices), processes=processes)
        shoppers_report.show(console, results, shown=show)
        passed = {str(r.index): r.passed for r in results}
        runs.append(MindRun(one, passed, effort, wrong=sum(r.harmed for r in results)))
        all_results += results
    if json_file is not None:
        shoppers_report.write_json(json_file, all_results)
    _conclude(runs, of=f"shoppers, seed {seed}", scores=scores, bar=bar)


def _all_shoppers(work: list[Shopful], *, processes: int) -> tuple[list[Result], Effort]:
    with _bars() as bars:
        task = bars.add_task("Shoppers", total=sum(len(one.indices) for one in work))
        return run_all(work, processes=processes, done=lambda more: bars.advance(task, more))


def _conclude(runs: list[MindRun], *, of: str, scores: Path | None, bar: Bar | None) -> None:
    """Show the minds side by side, keep the score, and hold each to the bar."""
    side_by_side.show(console, runs)
    if scores is not None:
        side_by_side.keep_score(scores, of=of, runs=runs)
    for run in runs:
        _judge(bar, run.passing, len(run.passed))


async def _utterances(
    turns: list[Utterance], sold: Catalogue, settings: dict[str, Any]
) -> tuple[list[UtteranceResult], Effort]:
    with _bars() as bars:
        task = bars.add_task("Utterances", total=len(turns))
        senses = Senses(LocalReader(), LocalEye())
        async with temporary_harness(senses, **settings) as harness:
            results = await run_utterances(
                harness, turns, sold, progress=lambda: bars.advance(task)
            )
            return results, await harness.effort()


async def _dialogues(
    listed: DialogueFile, sold: Catalogue, folder: Path, settings: dict[str, Any]
) -> tuple[list[DialogueResult], Effort]:
    eye = ScriptedEye(LocalEye())
    with _bars() as bars:
        task = bars.add_task("Dialogues", total=len(listed.dialogues))
        async with temporary_harness(Senses(LocalReader(), eye), **settings) as harness:
            results = await run_dialogues(
                harness, listed.dialogues, sold, eye, folder, progress=lambda: bars.advance(task)
            )
            return results, await harness.effort()


async def _photos(hung: list[Labelled], asked: list[Labelled], eye: LocalEye) -> PhotoFigures:
    with _bars() as bars:
        storing = bars.add_task("Hanging the gallery", total=len(hung))
        looking = bars.add_task("Looking at it", total=len(hung))
        asking = bars.add_task("Asking", total=len(asked))

        def advance(task: TaskID) -> Any:
            return lambda more: bars.advance(task, more)

        async with temporary_harness(Senses(LocalReader(), eye)) as harness:
            shop = await hang_gallery(harness, hung, stored=advance(storing), seen=advance(looking))
            return await ask_with_photos(harness, shop, asked, progress=advance(asking))


def _catalogue_beside(file: Path, given: Path | None) -> Catalogue:
    """The catalogue given, else `catalogue.json` beside the file, else the demo's."""
    if given is not None:
        return read_catalogue(given)
    beside = file.parent / "catalogue.json"
    return read_catalogue(beside) if beside.is_file() else demo_catalogue()


def _skip_if_absent(file: Path, bar: Bar | None) -> None:
    """Exit quietly if the file is absent (it may be kept elsewhere), or fail if a bar is set."""
    if bar is None and not file.exists():
        console.print(f"skipped: {file} is not here", markup=False)
        raise typer.Exit(0)


def _check_names(file: Path, unknown: list[Unknown], *, lenient: bool) -> None:
    """Refuse a file with unknown names, whose checks would check nothing; `lenient` only warns."""
    if not unknown:
        return
    if not lenient:
        _refuse(refusal(file, unknown))
    for one in unknown:
        console.print(f"[yellow]{escape(str(one))}[/yellow]", highlight=False)


def _read(read: Any) -> Any:
    try:
        return read()
    except BadEvalFile as error:
        _refuse(error)


def _bar(minimum: str | None) -> Bar | None:
    try:
        return Bar.parse(minimum) if minimum is not None else None
    except ValueError as error:
        _refuse(error)


def _refuse(error: Exception) -> NoReturn:
    console.print(f"[red]{escape(str(error))}[/red]", highlight=False, soft_wrap=True)
    raise typer.Exit(2) from error


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run `work`; after Ctrl-C or SIGTERM the database is stopped and its folder removed."""
    set_up_logging(level="ERROR", as_json=False)
    try:
        return asyncio.run(_stoppable(work))
    except BadEvalFile as error:
        _refuse(error)
    except (KeyboardInterrupt, asyncio.CancelledError) as stopped:
        console.print("Stopped.")
        raise typer.Exit(130) from stopped


async def _stoppable(work: Coroutine[Any, Any, Any]) -> Any:
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


def _judge(bar: Bar | None, passed: int, of: int) -> None:
    if bar is not None and not bar.reached(passed, of):
        _below(f"{passed} of {of}", bar)


def _below(reached: str, bar: Bar) -> None:
    console.print(f"[red]{reached} is below {bar}.[/red]")
    raise typer.Exit(1)


def _bars() -> Progress:
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TimeRemainingColumn(),
    )  # fmt: skip
    return Progress(*columns, console=console, transient=True)
