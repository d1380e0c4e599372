"""The whole rehearsal: each trouble by its chapter, and a line of what was found."""

from __future__ import annotations

import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from tests.rehearsal.alarm import rings
from tests.rehearsal.keys import LeakedKey
from tests.rehearsal.minds import ModelDown
from tests.rehearsal.money import PaymentsLate
from tests.rehearsal.prices import WrongPrices
from tests.rehearsal.restoring import Lost
from tests.rehearsal.scene import Ran, Scene, a_scene
from tests.rehearsal.sending import NumberBanned, TemplatePaused
from tests.rehearsal.trouble import NotSo, Trouble
from tests.rehearsal.work import QueueGrowing, WorkerDead
from tests.rehearsal.written import Chapter, chapters

TROUBLES: tuple[type[Trouble], ...] = (
    PaymentsLate, NumberBanned, TemplatePaused, ModelDown, QueueGrowing, WorkerDead, WrongPrices,
    LeakedKey, Lost,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """What became of a chapter; `why_not` is None where all of it held."""

    title: str
    rang: tuple[str, ...]
    commands: int
    seconds: float
    why_not: str | None


async def rehearse(
    folder: Path,
    troubles: Sequence[type[Trouble]] = TROUBLES,
    *,
    console: Console,
    with_alerts: bool = True,
) -> list[Line]:
    """Each of the troubles, one after another, on an installation of its own.

    `with_alerts` needs promtool, which says whether they ring; all else is rehearsed without it.
    """
    written = chapters()
    async with a_scene(folder) as scene:
        return [
            await _one(scene, kind(), written[kind.title], console, with_alerts=with_alerts)
            for kind in troubles
        ]


async def _one(
    scene: Scene, trouble: Trouble, chapter: Chapter, console: Console, *, with_alerts: bool
) -> Line:
    began, why_not = time.monotonic(), None
    alerts = trouble.rings if with_alerts else ()
    console.rule(chapter.title, align="left")
    try:
        await _go_through(scene, trouble, chapter, console, alerts)
    except (NotSo, TimeoutError, AssertionError) as error:
        why_not = str(error) or traceback.format_exc(limit=-2)
        console.print(why_not, style="red", markup=False)
        await scene.no_faults()
    commands = len((chapter.look + chapter.do).splitlines())
    return Line(chapter.title, alerts, commands, time.monotonic() - began, why_not)


async def _go_through(
    scene: Scene, trouble: Trouble, chapter: Chapter, console: Console, alerts: Sequence[str]
) -> None:
    _check_named(trouble, chapter)
    seen = [await scene.scrape()] if alerts else []
    await trouble.cause(scene)
    seen.append(await scene.scrape())  # from then on the commands of looking see it too
    looked = await scene.run(chapter.look)
    _tell(looked, console)
    trouble.check_seen("\n".join(one.printed for one in looked))
    for alert in alerts:
        if rings(alert, seen[:1], scene.folder):
            raise NotSo(f"{alert} rings before anything happened")
        if not rings(alert, seen, scene.folder):
            raise NotSo(f"{alert} does not ring")
        console.print(f"{alert} rings.", style="bold")
    await trouble.heal(scene)
    done = await scene.run(chapter.do, until_failed=True)
    _tell(done, console)
    if failed := [one for one in done if one.code != 0]:
        raise NotSo(f"`{failed[0].command}` ended with {failed[0].code}")
    await trouble.check_over(scene)
    if alerts:
        seen.append(await scene.scrape())
    for alert in alerts:
        if rings(alert, seen, scene.folder):
            raise NotSo(f"{alert} still rings")
        console.print(f"{alert} is quiet.", style="bold")


def _check_named(trouble: Trouble, chapter: Chapter) -> None:
    if unnamed := set(trouble.rings) - set(chapter.alerts):
        raise NotSo(f"the chapter does not name {', '.join(sorted(unnamed))}")
    if not chapter.look:
        raise NotSo("the chapter has no command to look with")


def _tell(ran: Sequence[Ran], console: Console) -> None:
    for one in ran:
        console.print(f"$ {one.command}", style="dim", markup=False, highlight=False)
        console.print(one.printed.rstrip(), markup=False, highlight=False)
