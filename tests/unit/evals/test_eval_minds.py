"""Minds side by side: what each reached, what it took, and the score that is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

from dukani.core.store.token_usage import TokensUsed
from dukani.evals import side_by_side
from dukani.evals.effort import Effort
from dukani.evals.eval_minds import MindRun, minds_of

FLASH = "gemini-2.5-flash"


def printed(*runs: MindRun) -> str:
    console = Console(record=True, width=100)
    side_by_side.show(console, runs)
    return console.export_text()


def test_tokens_cost_what_the_list_of_prices_says() -> None:
    tokens = {FLASH: TokensUsed(calls=3, input_tokens=2_000_000, output_tokens=100_000)}
    assert Effort(tokens).cost_usd == pytest.approx(2 * 0.30 + 0.1 * 2.50)


def test_a_model_without_a_known_price_has_no_cost() -> None:
    run = MindRun("gemini", {"a": True}, Effort({"gemini-9": TokensUsed(1, 10, 10)}, (0.1,)))
    assert run.effort.cost_usd is None
    assert "no price known" in printed(run)


def test_both_minds_are_shown_with_what_passes_in_one_alone() -> None:
    # given two runs over the same three talks
    local = MindRun("local", {"a": True, "b": True, "c": False}, Effort(seconds=(0.05, 0.15)), 1)
    used = {FLASH: TokensUsed(calls=7, input_tokens=9000, output_tokens=300)}
    gemini = MindRun("gemini", {"a": True, "b": False, "c": True}, Effort(used, (0.5, 0.7)), 0)

    # when they are shown
    shown = printed(local, gemini)

    # then the figures stand beside each other
    assert "2/3" in shown
    assert "9000" in shown
    assert "only local: b" in shown
    assert "only gemini: c" in shown


def test_a_score_is_kept_for_each_mind_with_the_prompt_it_was_read_with(tmp_path: Path) -> None:
    # given a file with an earlier score
    scores = tmp_path / "scores.jsonl"
    runs = [
        MindRun(mind, {"a": True, "b": False}, Effort(seconds=(0.2,)))
        for mind in ("local", "gemini")
    ]
    side_by_side.keep_score(scores, of="talks.json", runs=runs[:1])

    # when both minds are scored
    side_by_side.keep_score(scores, of="talks.json", runs=runs)

    # then nothing is lost, and each line tells what read
    kept = [json.loads(line) for line in scores.read_text().splitlines()]
    assert [one["mind"] for one in kept] == ["local", "local", "gemini"]
    assert "prompt" in kept[2]["reads_with"]
    assert (kept[2]["passed"], kept[2]["of"]) == (1, 2)
    assert kept[2]["turn_ms"]["p50"] == pytest.approx(200)


def test_both_is_the_local_mind_and_then_gemini() -> None:
    assert minds_of("both") == ("local", "gemini")
    assert minds_of("gemini") == ("gemini",)
