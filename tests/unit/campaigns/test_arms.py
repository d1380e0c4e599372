"""Lots of an experiment: the same again, in the shares asked for, and each for itself."""

from __future__ import annotations

import pytest

from dukani.campaigns.arms import is_held_out, lot, variant_for
from dukani.domain.campaigns import Experiment, ExperimentVariant

PEOPLE = [f"+2547{number:08d}" for number in range(4000)]


def test_a_lot_is_the_same_whenever_it_is_drawn() -> None:
    assert lot("c", "+254722000001", about="variant") == lot("c", "+254722000001", about="variant")
    assert lot("c", "+254722000001", about="variant") != lot("d", "+254722000001", about="variant")
    assert all(0 <= lot("c", one, about="holdout") < 1 for one in PEOPLE)


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_the_holdout_has_its_share(share: float) -> None:
    experiment = Experiment(holdout=share)
    apart = sum(is_held_out(experiment, campaign_id="c", identity=one) for one in PEOPLE)
    assert apart / len(PEOPLE) == pytest.approx(share, abs=0.03)


def test_variants_have_their_shares_also_among_those_held_out() -> None:
    experiment = Experiment(
        holdout=0.3,
        variants=(ExperimentVariant(key="a", share=0.2), ExperimentVariant(key="b", share=0.8)),
    )
    apart = [one for one in PEOPLE if is_held_out(experiment, campaign_id="c", identity=one)]
    for some in (PEOPLE, apart):
        drawn = [variant_for(experiment, campaign_id="c", identity=one) for one in some]
        first = sum(variant is not None and variant.key == "a" for variant in drawn)
        assert first / len(some) == pytest.approx(0.2, abs=0.04)


def test_without_an_experiment_all_get_the_same() -> None:
    assert variant_for(None, campaign_id="c", identity="+1") is None
    assert variant_for(Experiment(holdout=0.1), campaign_id="c", identity="+1") is None
    assert not is_held_out(None, campaign_id="c", identity="+1")
