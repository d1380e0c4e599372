"""The results of rules are what the rows say, added up one by one; and what they say of a rule."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest

from dukani.campaigns.automations import results
from dukani.campaigns.automations.results import HOLDOUT
from dukani.core.database import Database
from dukani.core.days import Span
from dukani.core.store import automation_decisions, automation_results
from tests.factories import a_boutique, a_customer
from tests.integration.campaigns.an_automation import an_automation
from tests.integration.campaigns.automation_past import (
    EXPERIMENT,
    NOW,
    Enrolment,
    Order,
    Past,
    a_past,
    plain_funnel,
    plain_money,
    plain_people,
    plain_steps,
    write_past,
)

ALL = Span(NOW - timedelta(days=90), NOW + timedelta(days=1))


@pytest.mark.parametrize("seed", range(6))
async def test_the_figures_are_the_rows_added_up(
    database: Database, superuser_url: str, seed: int
) -> None:
    # given two rules with an experiment each, and orders, refunds and returns at random
    luck = Random(seed)
    boutique = await a_boutique(database)
    customers = [await a_customer(database, boutique) for _ in range(12)]
    rules = [str(uuid4()), str(uuid4())]
    past = a_past(luck, customers=customers, rules=rules, enrolments=50)
    write_past(superuser_url, boutique, past)

    for span in (ALL, Span(NOW - timedelta(days=30), NOW - timedelta(days=3))):
        async with database.tenant_connection(boutique) as conn:
            # when all rules are asked for, and each in full
            lines = await results.summaries(conn, span=span)
            assert sorted(line.rule.id for line in lines) == sorted(rules)
            for line in lines:
                rule = line.rule.id
                full = await results.results_of(conn, rule_id=rule, span=span)

                # then both say what plain Python says
                assert full is not None
                assert full.summary == line
                plain = plain_funnel(past, rule, *span)
                assert {
                    arm.funnel.arm: {
                        k: v for k, v in asdict(arm.funnel).items() if k not in ("rule_id", "arm")
                    }
                    for arm in full.arms
                } == plain
                assert line.total.enrolled == sum(
                    counts["enrolled"] for arm, counts in plain.items() if arm != HOLDOUT
                )
                money = {one.currency: (one.orders, one.amount_minor) for one in line.money}
                assert money == plain_money(past, rule, *span)
                people = plain_people(past, rule, *span)
                assert {
                    arm.funnel.arm: (arm.bought.of, arm.bought.count) for arm in full.arms
                } == people
                held = people.get(HOLDOUT, (0, 0))
                assert (line.bought_held_out.of, line.bought_held_out.count) == held
                assert {
                    (one.step, one.channel): (one.messages, one.delivered, one.failed)
                    for one in full.steps
                } == plain_steps(past, rule, *span)


def a_trial(customers: list[str], *, rule: str, buying: dict[str, float]) -> Past:
    """Customers in turn held out, in arm a and in arm b; of each so many of ten buy."""
    past = Past([rule])
    for nth, customer in enumerate(customers):
        arm = ("holdout", "a", "a", "b", "b")[nth % 5]
        past.enrolments.append(
            Enrolment(str(uuid4()), rule, customer, arm, NOW - timedelta(days=6))
        )
        if (nth // 5) % 10 < buying[arm] * 10:
            past.orders.append(
                Order(str(uuid4()), customer, NOW - timedelta(days=5), 1000, "KES", None)
            )
    return past


async def test_a_rule_that_helped_is_told_from_one_that_is_too_young(
    database: Database, superuser_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given four of ten who were written to and bought, and one of ten of those held out
    boutique, rule = await a_boutique(database), str(uuid4())
    customers = [await a_customer(database, boutique) for _ in range(400)]
    buying = {"holdout": 0.1, "a": 0.4, "b": 0.4}
    write_past(superuser_url, boutique, a_trial(customers, rule=rule, buying=buying))
    async with database.tenant_connection(boutique) as conn:
        # when it is asked before every arm has its planned size
        early = await results.results_of(conn, rule_id=rule, span=ALL)
        monkeypatch.setattr(results, "sample_size", lambda *_, **__: 80)
        late = await results.results_of(conn, rule_id=rule, span=ALL)

    # then it is too early, and later it is decided for the rule and not between its arms
    assert early is not None and early.summary.lift is not None
    assert (early.summary.lift.verdict, early.summary.lift.winner) == ("too_early", None)
    (difference,) = early.summary.lift.differences
    assert difference.share == pytest.approx(0.3)
    assert difference.low > 0
    assert early.summary.bought_held_out.of == 80
    assert late is not None and late.summary.lift is not None and late.comparison is not None
    assert (late.summary.lift.verdict, late.summary.lift.winner) == ("decided", "treated")
    assert (late.comparison.verdict, late.comparison.winner) == ("undecided", None)
    assert sum(one["share"] for one in EXPERIMENT["variants"]) == 1  # type: ignore[attr-defined]


async def test_a_rule_without_an_experiment_is_compared_with_nothing(
    database: Database, superuser_url: str
) -> None:
    made = await an_automation(database, superuser_url)
    async with database.tenant_connection(made.boutique_id) as conn:
        found = await results.results_of(conn, rule_id=made.rule_id, span=ALL)
    assert found is not None
    assert (found.summary.lift, found.comparison) == (None, None)
    assert found.summary.total.enrolled == 1


async def test_why_nothing_was_sent_is_counted_once_an_enrolment(
    database: Database, superuser_url: str
) -> None:
    made = await an_automation(database, superuser_url)
    async with database.tenant_connection(made.boutique_id) as conn:
        for verdict, reason, enrolment in (
            ("waits", "quiet_hours", made.enrolment_id),
            ("waits", "quiet_hours", made.enrolment_id),  # asked again after an hour
            ("stopped", "bought", made.enrolment_id),
            ("skipped", "conditions", None),
            ("skipped", "conditions", None),
            ("sent", None, made.enrolment_id),
        ):
            await automation_decisions.add(
                conn,
                rule_id=made.rule_id,
                verdict=verdict,  # type: ignore[arg-type]
                reason=reason,
                enrolment_id=enrolment,
            )
        found = await automation_results.reasons(conn, span=ALL, rule_id=made.rule_id)
    assert [(one.verdict, one.reason, one.times) for one in found] == [
        ("skipped", "conditions", 2), ("stopped", "bought", 1), ("waits", "quiet_hours", 1),
    ]  # fmt: skip


async def test_another_boutique_counts_none_of_it(database: Database, superuser_url: str) -> None:
    made = await an_automation(database, superuser_url)
    async with database.tenant_connection(await a_boutique(database)) as conn:
        assert await results.results_of(conn, rule_id=made.rule_id, span=ALL) is None
        assert await results.summaries(conn, span=ALL) == []
        assert await automation_results.funnels(conn, span=ALL, rule_id=made.rule_id) == []
        assert await automation_results.by_step(conn, span=ALL, rule_id=made.rule_id) == []
        assert await automation_results.reasons(conn, span=ALL, rule_id=made.rule_id) == []
