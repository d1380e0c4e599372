"""The three figures of a file of dialogues."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

from rich.console import Console

from dukani.evals.dialogue_figures import figures_of, write_figures
from dukani.evals.dialogue_file import Dialogue
from dukani.evals.dialogue_result import DialogueResult
from dukani.evals.report import show_dialogues


def a_result(name: str, **came: object) -> DialogueResult:
    dialogue = Dialogue.model_validate({"id": name, "turns": [{"user": "hello"}]})
    return DialogueResult(dialogue, **({"ended": True} | came))  # type: ignore[arg-type]


GOOD = a_result("good")
INTERIM = a_result("interim", interim=["turn 2: step: should be confirm, is cart"])
FINAL = a_result("final", final=["finally: cart: should be empty"])
WRONG = a_result("wrong", wrong=["turn 3: prompted 2, should be 1"], final=["finally: x"])
BROKEN_OFF = a_result("broken off", ended=False, interim=["turn 1: not finished within 30 s"])
ALL = [GOOD, INTERIM, FINAL, WRONG, BROKEN_OFF]


def test_a_dialogue_counts_with_every_check_by_its_end_and_by_its_goods() -> None:
    figures = figures_of(ALL)

    assert (figures.of, figures.passed, figures.passed_finally) == (5, 1, 2)
    assert figures.failed == ("interim", "final", "wrong", "broken off")
    # an end that was never looked at is no good end
    assert figures.failed_finally == ("final", "wrong", "broken off")
    assert figures.wrong == ("wrong",)


def test_the_figures_are_written_with_the_ids_that_failed(tmp_path: Path) -> None:
    write_figures(tmp_path / "figures.json", of=Path("talks.json"), results=ALL)

    written = json.loads((tmp_path / "figures.json").read_text())
    assert written["file"] == "talks.json"
    assert written["dialogues"] == 5
    assert written["passed_every_check"] == {
        "count": 1,
        "failing": ["interim", "final", "wrong", "broken off"],
    }
    assert written["passed_finally"] == {"count": 2, "failing": ["final", "wrong", "broken off"]}
    assert written["wrong_goods_or_sum"] == {"count": 1, "failing": ["wrong"]}
    assert written["problems"]["wrong"] == [
        "finally: x",
        "wrong goods or sum, turn 3: prompted 2, should be 1",
    ]
    assert "good" not in written["problems"]


def test_the_figures_are_printed_at_the_end() -> None:
    console = Console(file=StringIO(), width=100)

    show_dialogues(console, ALL)

    printed = console.file.getvalue()  # type: ignore[attr-defined]
    figures = [line.split() for line in printed.splitlines()[-6:]]
    assert [line[-2] for line in figures if len(line) > 1 and "/5" in line[-2]] == [
        "1/5",
        "2/5",
        "1/5",
    ]
    assert "wrong goods or sum, turn 3: prompted 2, should be 1" in printed
