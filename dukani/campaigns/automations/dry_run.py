"""What each rule would do for one customer at this moment, and why not; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from dukani.campaigns import frequency
from dukani.campaigns.automations.cases import case_of
from dukani.campaigns.automations.clauses import Lacks
from dukani.campaigns.automations.judging import Case, checks, step_due
from dukani.campaigns.automations.listening import arm_of
from dukani.campaigns.automations.sending import no_way
from dukani.campaigns.automations.writing_out import draft_of, written_by
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import (
    automation_enrolments,
    automation_rules,
    automation_subjects,
    marketing_contacts,
)
from dukani.core.store.automation_enrolments import Enrolment
from dukani.core.store.automation_rules import Rule
from dukani.core.store.automation_sends import Channel
from dukani.core.store.automation_subjects import Subject
from dukani.core.store.boutiques import Boutique
from dukani.domain.automations import Reason, RuleDefinition

NOBODY = str(UUID(int=0))  # of an enrolment that is only supposed
EXAMPLE_CODE = "x" * 12


@dataclass(frozen=True, slots=True)
class CheckDone:
    """`detail`: what stands against it, where there is more to say than the reason."""

    name: Reason
    passed: bool
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class DryRun:
    """`until`: when it would go, or be asked again. `text`: as the channel would show it."""

    rule_id: str
    name: str
    trigger: str
    would: Literal["send", "wait", "not"]
    reason: Reason | None
    until: datetime | None
    checks: tuple[CheckDone, ...]
    text: str | None = None
    channel: Channel | None = None


async def dry_run(
    conn: Connection,
    services: Services,
    boutique: Boutique,
    *,
    customer_id: str,
    rule_id: str | None = None,
) -> list[DryRun]:
    """For every rule, or one. Raises LookupError when there is no such customer."""
    rules = await automation_rules.of_boutique(conn)
    return [
        await _of_rule(conn, services, boutique, rule, customer_id)
        for rule in rules
        if rule_id in (None, rule.id)
    ]


async def _of_rule(
    conn: Connection, services: Services, boutique: Boutique, rule: Rule, customer_id: str
) -> DryRun:
    enrolment = await _supposed(conn, rule, customer_id)
    if enrolment is None:
        return _told(rule, [CheckDone("nothing_left", passed=False)], "nothing_left")
    case = await case_of(conn, boutique, rule, enrolment)
    done = [CheckDone(one.name, one.passed) for one in checks(case)]
    first = next((one for one in checks(case) if not one.passed), None)
    reason = first.name if first else None
    until = first.until if first else None
    too_often = await _too_often(conn, case)
    done += [CheckDone(name, passed=name != too_often) for name in ("cooldown", "frequency_cap")]
    draft = await draft_of(conn, boutique, case)
    if not draft.ways.open:
        closed = no_way(draft.ways, case)
        done.append(CheckDone("no_channel", passed=False, detail=", ".join(closed.details)))
        reason, until = reason or closed.reason, until or closed.until
        return _told(rule, done, reason or too_often, until=until)
    for channel in draft.ways.open:  # the first on which it says something
        card = await written_by(conn, services, boutique, draft, channel=channel, code=EXAMPLE_CODE)
        if not isinstance(card, Lacks):
            break
    if isinstance(card, Lacks):
        done.append(CheckDone("no_content", passed=False, detail=card.variable))
        return _told(rule, done, reason or too_often or "no_content", until=until)
    text = card.sms.text if channel == "sms" else card.whatsapp.text
    due = step_due(enrolment, case.definition)
    if reason is None and too_often is None and due > case.now:
        until = due
    return _told(rule, done, reason or too_often, until=until, text=text, channel=channel)


def _told(
    rule: Rule,
    done: Sequence[CheckDone],
    reason: Reason | None,
    *,
    until: datetime | None = None,
    text: str | None = None,
    channel: Channel | None = None,
) -> DryRun:
    would: Literal["send", "wait", "not"] = (
        "wait" if until is not None else "not" if reason is not None else "send"
    )
    return DryRun(
        rule.id, rule.name, rule.trigger, would, reason, until, tuple(done), text, channel
    )


async def _supposed(conn: Connection, rule: Rule, customer_id: str) -> Enrolment | None:
    """Hers that is under way, else one as if the event had just been heard of."""
    subject = await automation_subjects.of_customer(
        conn, trigger=rule.trigger, customer_id=customer_id
    )
    if subject is None:
        return None
    active = await automation_enrolments.active_of(
        conn, rule_id=rule.id, customer_id=customer_id, subject_id=subject.id
    )
    definition = RuleDefinition.model_validate(rule.definition)
    if active is not None and active.step < len(definition.steps):
        return active
    return supposed(rule, definition, customer_id=customer_id, subject=subject)


def supposed(
    rule: Rule, definition: RuleDefinition, *, customer_id: str, subject: Subject
) -> Enrolment:
    """At its first step, due now at the latest. Pure but for the clock."""
    now = datetime.now(UTC)
    first = timedelta(minutes=definition.steps[0].after_minutes)
    counted_from = max(subject.at, now - first)
    variant, held_out = arm_of(definition, rule_id=rule.id, customer_id=customer_id)
    return Enrolment(
        id=NOBODY,
        rule_id=rule.id,
        customer_id=customer_id,
        subject_kind=subject.kind,
        subject_id=subject.id,
        facts={"event": rule.trigger, **subject.facts},
        state="active",
        step=0,
        due_at=counted_from + first,
        counted_from=counted_from,
        began_at=subject.at,
        variant=variant,
        held_out=held_out,
    )


async def _too_often(conn: Connection, case: Case) -> Reason | None:
    identity = case.situation.identity
    if not case.is_marketing or identity is None:
        return None
    known = await marketing_contacts.latest(conn, identities=[identity], within=frequency.WEEK)
    return frequency.too_often([at for _, at in known.get(identity, [])], case.now)
