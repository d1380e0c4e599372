"""What came of rules, as people read it: funnel, money, and whether a rule helped.

Whether it helped is asked of all who were shared out, by intention to treat: who bought within five
days, of those whom the rule wrote to (or would have) and of those held out by lot. Orders that came
by a message say nothing of it, since some of them would have come without.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from dukani.campaigns.experiments import Comparison, Rate, compare, rate, sample_size
from dukani.campaigns.results import EXPECTED, HOLDOUT
from dukani.core.database import Connection
from dukani.core.days import Span
from dukani.core.store import automation_results, automation_rules
from dukani.core.store.automation_results import (
    Funnel,
    MessageCounts,
    Money,
    People,
    ReasonCount,
)
from dukani.core.store.automation_rules import Rule
from dukani.domain.automations import RuleExperiment

TREATED = "treated"  # all but those held out


@dataclass(frozen=True, slots=True)
class Arm:
    """`rates` are of all its enrolments; `bought` is of its customers."""

    funnel: Funnel
    rates: Mapping[str, Rate]
    bought: Rate


@dataclass(frozen=True, slots=True)
class Summary:
    """One rule's line. `total` leaves out those held out. `lift`: None without a holdout."""

    rule: Rule
    total: Funnel
    held_out: int
    money: Sequence[Money]
    bought: Rate
    bought_held_out: Rate
    lift: Comparison | None


@dataclass(frozen=True, slots=True)
class Results:
    """`comparison` is between the arms that got something; None where there is one."""

    summary: Summary
    arms: Sequence[Arm]
    steps: Sequence[MessageCounts]
    reasons: Sequence[ReasonCount]
    comparison: Comparison | None


async def summaries(conn: Connection, *, span: Span) -> list[Summary]:
    """All rules there are, in the order in which they go before each other."""
    rules = await automation_rules.of_boutique(conn)
    funnels = await automation_results.funnels(conn, span=span)
    money = await automation_results.money(conn, span=span)
    people = await automation_results.people(conn, span=span)

    def judged() -> list[Summary]:
        return [
            _summary(
                rule,
                [one for one in funnels if one.rule_id == rule.id],
                [one for one in money if one.rule_id == rule.id],
                [one for one in people if one.rule_id == rule.id],
            )
            for rule in rules
        ]

    # statsmodels takes its time: off the event loop.
    return await asyncio.to_thread(judged)


async def results_of(conn: Connection, *, rule_id: str, span: Span) -> Results | None:
    """None: the boutique has no such rule."""
    rule = await automation_rules.get(conn, rule_id=rule_id)
    if rule is None:
        return None
    funnels = await automation_results.funnels(conn, span=span, rule_id=rule_id)
    money = await automation_results.money(conn, span=span, rule_id=rule_id)
    people = await automation_results.people(conn, span=span, rule_id=rule_id)
    steps = await automation_results.by_step(conn, span=span, rule_id=rule_id)
    reasons = await automation_results.reasons(conn, span=span, rule_id=rule_id)

    def judged() -> Results:
        return Results(
            summary=_summary(rule, funnels, money, people),
            arms=[_arm(one, people) for one in funnels],
            steps=steps,
            reasons=reasons,
            comparison=_comparison(rule, people),
        )

    return await asyncio.to_thread(judged)


def _summary(
    rule: Rule, funnels: Sequence[Funnel], money: Sequence[Money], people: Sequence[People]
) -> Summary:
    return Summary(
        rule=rule,
        total=total_of(rule.id, [one for one in funnels if one.arm != HOLDOUT]),
        held_out=sum(one.enrolled for one in funnels if one.arm == HOLDOUT),
        money=money,
        bought=_bought([one for one in people if one.arm != HOLDOUT]),
        bought_held_out=_bought([one for one in people if one.arm == HOLDOUT]),
        lift=_lift(rule, people),
    )


def total_of(rule_id: str, funnels: Iterable[Funnel]) -> Funnel:
    """The sum of several arms of a rule."""
    total = Funnel(rule_id, "", *([0] * (len(fields(Funnel)) - 2)))
    for one in funnels:
        total = replace(total, **{k: getattr(total, k) + getattr(one, k) for k in _COUNTS})
    return total


_COUNTS = tuple(one.name for one in fields(Funnel) if one.name not in ("rule_id", "arm"))


def _arm(funnel: Funnel, people: Sequence[People]) -> Arm:
    rates = {
        name: rate(getattr(funnel, name), funnel.enrolled)
        for name in ("delivered", "read", "clicked", "replied", "converted", "opted_out")
    }
    return Arm(funnel, rates, _bought([one for one in people if one.arm == funnel.arm]))


def _bought(people: Sequence[People]) -> Rate:
    return rate(sum(one.bought for one in people), sum(one.people for one in people))


def _experiment(rule: Rule) -> RuleExperiment | None:
    written = rule.definition.get("experiment")
    return RuleExperiment.model_validate(written) if written else None


def _lift(rule: Rule, people: Sequence[People]) -> Comparison | None:
    """Those written to against those held out."""
    experiment = _experiment(rule)
    held = _bought([one for one in people if one.arm == HOLDOUT])
    treated = _bought([one for one in people if one.arm != HOLDOUT])
    if experiment is None or not experiment.holdout:
        return None
    return compare(
        {HOLDOUT: (held.count, held.of), TREATED: (treated.count, treated.of)},
        shares={HOLDOUT: experiment.holdout, TREATED: 1 - experiment.holdout},
        planned_size=_planned_size(experiment, arms=2),
    )


def _comparison(rule: Rule, people: Sequence[People]) -> Comparison | None:
    """Of the arms that got something."""
    experiment = _experiment(rule)
    if experiment is None or not experiment.variants:
        return None
    counts = {one.key: (0, 0) for one in experiment.variants}
    counts |= {one.arm: (one.bought, one.people) for one in people if one.arm in counts}
    return compare(
        counts,
        shares={one.key: one.share for one in experiment.variants},
        planned_size=_planned_size(experiment, arms=len(counts)),
    )


def _planned_size(experiment: RuleExperiment, *, arms: int) -> int:
    base = EXPECTED["bought"]
    return sample_size(base, min(experiment.least_difference, 1 - base), arms=arms)
