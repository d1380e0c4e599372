"""`dukani eval` before it measures anything: which files it takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dukani.evals.cli import app

UTTERANCE = {"id": "u1", "text": "hi", "expect": {"intent": ["teleport"], "slots": {"altitude": 3}}}
DIALOGUE = {
    "id": "d1",
    "turns": [{"user": "hi", "then": {"mood": 1}}, {"event": "earthquake"}],
    "expect_final": {"reply_is": "poem"},
}


@pytest.fixture
def unknown(tmp_path: Path) -> dict[str, Path]:
    """Files with names nobody here knows, by the command that takes them."""
    files = {"utterances": tmp_path / "u.jsonl", "dialogues": tmp_path / "d.json"}
    files["utterances"].write_text(json.dumps(UTTERANCE))
    files["dialogues"].write_text(json.dumps({"dialogues": [DIALOGUE]}))
    return files


@pytest.mark.parametrize("kind", ["utterances", "dialogues"])
def test_a_file_that_is_not_here_is_skipped_with_a_line(kind: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, [kind, str(tmp_path / "kept-elsewhere.json")])

    assert done.exit_code == 0
    assert done.stdout.startswith("skipped: ")


@pytest.mark.parametrize("kind", ["utterances", "dialogues"])
def test_a_file_that_is_not_here_reaches_no_bar(kind: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, [kind, str(tmp_path / "gone.json"), "--min", "1"])

    assert done.exit_code == 2


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("utterances", ["utterance u1: the intent 'teleport'", "utterance u1: the slot 'altitude'",
                        "known of intent: add_to_cart, "]),
        ("dialogues", ["dialogue d1, turn 1: the check 'mood'",
                       "dialogue d1, turn 2: the event 'earthquake'",
                       "dialogue d1, finally: the value of reply_is 'poem'",
                       "known of event: payment_failed, "]),
    ],
)  # fmt: skip
def test_unknown_names_are_refused_before_anything_runs(
    kind: str, told: list[str], unknown: dict[str, Path]
) -> None:
    done = CliRunner().invoke(app, [kind, str(unknown[kind])])

    assert done.exit_code == 2
    assert str(unknown[kind]) in done.output
    assert [words for words in told if words not in done.output] == []


def test_a_lenient_command_tells_of_them_and_goes_on(unknown: dict[str, Path]) -> None:
    # given: what comes after the names, the catalogue, cannot be read
    arguments = ["dialogues", str(unknown["dialogues"]), "--lenient", "--catalogue", "gone.json"]

    done = CliRunner().invoke(app, arguments)

    assert "the check 'mood' is not known" in done.output
    assert "the event 'earthquake' is not known" in done.output
    assert "names that are not known" not in done.output
    assert "gone.json: No such file" in done.output


def test_figures_that_could_not_be_written_are_refused_before_anything_runs(
    unknown: dict[str, Path], tmp_path: Path
) -> None:
    figures = str(tmp_path / "no-such-folder" / "figures.json")

    done = CliRunner().invoke(app, ["dialogues", str(unknown["dialogues"]), "--json", figures])

    assert done.exit_code == 2
    assert "there is no folder" in done.output
