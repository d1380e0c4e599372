"""Generated histories with a known size."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from dukani.evals.cli import app
from dukani.evals.sizes.advisers import OURS
from dukani.evals.sizes.cases import KINDS, cases
from dukani.evals.sizes.scoring import Scores, scored


def test_a_seed_gives_the_same_cases() -> None:
    assert list(cases(7, 30)) == list(cases(7, 30))
    assert list(cases(7, 30)) != list(cases(8, 30))


def test_every_kind_occurs_and_its_true_size_is_one_of_the_piece() -> None:
    made = list(cases(7, 2 * len(KINDS)))

    assert {case.kind for case in made} == set(KINDS)
    assert all(case.truth in case.piece.sizes for case in made)


@pytest.fixture(scope="module")
def scores() -> Scores:
    return scored(cases(7, 20 * len(KINDS)))


def test_our_advice_is_better_than_both_others(scores: Scores) -> None:
    ours = scores.whole[OURS]
    others = [tally for name, tally in scores.whole.items() if name != OURS]

    assert len(others) == 2
    assert all(ours.exact > 1.15 * other.exact for other in others)
    assert all(ours.near > 1.15 * other.near for other in others)
    assert ours.silent < 0.03 * ours.cases


def test_high_confidence_is_right_more_often_than_low(scores: Scores) -> None:
    by = scores.by_confidence

    assert by["high"].exact / by["high"].cases > 0.7
    assert by["low"].exact / by["low"].cases < by["medium"].exact / by["medium"].cases


def test_the_command_prints_the_figures_and_holds_them_to_the_bar() -> None:
    run = CliRunner()

    shown = run.invoke(app, ["sizes", "--customers", "39", "--min", "0.2"])
    below = run.invoke(app, ["sizes", "--customers", "39", "--min", "0.99"])

    assert shown.exit_code == 0, shown.output
    assert "shoes" in shown.output
    assert below.exit_code == 1
    assert "below 0.99" in below.output
