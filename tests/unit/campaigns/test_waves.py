"""Whom news of one unit reach first, and which arm somebody is in."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dukani.campaigns.automations.listening import TOLD_PER_UNIT, arm_of, waves
from dukani.domain.automations import RuleExperiment, RuleVariant
from tests.unit.campaigns.a_case import a_rule


def test_one_unit_and_fifty_who_wait_make_one_wave() -> None:
    waiting = [f"c{n}" for n in range(50)]
    dues = waves(waiting, units=1)
    now = [one for one in waiting if dues[one] < timedelta(seconds=1)]
    assert now == waiting[:TOLD_PER_UNIT]


@given(st.lists(st.text(), unique=True), st.integers(-3, 40))
def test_nobody_is_told_before_who_asked_earlier(waiting: list[str], units: int) -> None:
    dues = list(waves(waiting, units=units).values())
    assert dues == sorted(dues)
    assert len(dues) == len(waiting)


def test_everybody_stays_in_her_arm_and_shares_are_kept() -> None:
    experiment = RuleExperiment(
        variants=(RuleVariant(key="a", share=0.5), RuleVariant(key="b", share=0.5)), holdout=0.2
    )
    definition = a_rule(experiment=experiment)
    drawn = [arm_of(definition, rule_id="r", customer_id=str(n)) for n in range(4000)]
    again = [arm_of(definition, rule_id="r", customer_id=str(n)) for n in range(4000)]
    assert drawn == again
    assert 700 < sum(held for _, held in drawn) < 900
    assert 1800 < sum(key == "a" for key, _ in drawn) < 2200
