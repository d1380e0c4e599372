"""The rehearsal and the runbook agree, and an alert is told from its silence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from dukani.cli import app
from tests.rehearsal.alarm import PROMTOOL, Scrape, rings, scrape_of
from tests.rehearsal.trouble import Trouble
from tests.rehearsal.whole import TROUBLES
from tests.rehearsal.written import Chapter, chapters

PAYMENT = "# TYPE dukani_payments_oldest_open_seconds gauge\n"
TURNS = "# TYPE dukani_turns_total counter\n"

with_promtool = pytest.mark.skipif(PROMTOOL is None, reason="promtool is not on this machine")


def late(seconds: float | None) -> Scrape:
    line = "" if seconds is None else f'dukani_payments_oldest_open_seconds{{rail="d"}} {seconds}\n'
    return scrape_of({"api": PAYMENT + line})


def turns(answered: int, failed: int) -> Scrape:
    lines = (
        f'dukani_turns_total{{outcome="answered"}} {answered}\n'
        f'dukani_turns_total{{outcome="failed"}} {failed}\n'
    )
    return scrape_of({"worker": TURNS + lines})


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda one: one.title)
def test_a_rehearsed_chapter_is_written_and_names_what_rings(trouble: type[Trouble]) -> None:
    chapter = chapters()[trouble.title]
    assert set(trouble.rings) <= set(chapter.alerts)
    assert chapter.look


def test_the_chapters_that_must_be_rehearsed_are() -> None:
    assert {trouble.title for trouble in TROUBLES} == {
        "Payments late", "Number banned", "Template paused", "Model down", "Queue growing",
        "Worker dead", "Wrong prices after an import", "Leaked key", "Restore from a backup",
    }  # fmt: skip


@pytest.mark.parametrize("chapter", chapters().values(), ids=lambda one: one.title)
def test_a_command_of_the_runbook_exists_with_its_options(chapter: Chapter) -> None:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    for line in f"{chapter.look}{chapter.do}".splitlines():
        if found := re.search(r"(?:^|\| )dukani (.+)$", line):
            words = re.sub(r"\$\w+", "x", found[1]).split()
            command = group.commands[words[0]]
            if isinstance(command, TyperGroup):
                command, words = command.commands[words[1]], words[1:]
            known = {flag for one in command.params for flag in one.opts}
            assert {word for word in words if word.startswith("--")} <= known


@with_promtool
def test_a_gauge_that_stays_high_rings_until_it_is_low_or_gone(tmp_path: Path) -> None:
    assert not rings("PaymentsLate", [late(10)], tmp_path)
    assert not rings("PaymentsLate", [late(None), late(250)], tmp_path)
    assert rings("PaymentsLate", [late(None), late(400)], tmp_path)
    assert not rings("PaymentsLate", [late(None), late(400), late(20)], tmp_path)
    assert not rings("PaymentsLate", [late(None), late(400), late(None)], tmp_path)


@with_promtool
def test_counters_ring_by_what_was_added(tmp_path: Path) -> None:
    assert rings("TurnsFail", [turns(100, 0), turns(110, 5)], tmp_path)
    assert not rings("TurnsFail", [turns(100, 50), turns(200, 51)], tmp_path)
    assert not rings("TurnsFail", [turns(100, 0), turns(110, 5), turns(300, 5)], tmp_path)


@with_promtool
def test_a_process_that_began_anew_counts_from_zero(tmp_path: Path) -> None:
    # given a worker that failed a lot, and another in its place that does not
    scrapes = [turns(100, 0), turns(110, 50), turns(100, 1)]
    assert not rings("TurnsFail", scrapes, tmp_path)


@with_promtool
def test_a_process_that_does_not_answer_is_down(tmp_path: Path) -> None:
    well, away = late(None), scrape_of({"api": None})
    assert rings("ProcessDown", [well, away], tmp_path)
    assert not rings("ProcessDown", [well, away, well], tmp_path)
