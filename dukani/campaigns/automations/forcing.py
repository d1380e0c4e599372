"""Has one rule's message sent to one customer now, because a person of the shop asks for it.

What she agreed to and what she is doing cannot be passed over; caps and hours can, with a reason
that is written down beside the person's name.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from dukani.campaigns.automations.cases import case_of
from dukani.campaigns.automations.deciding import note_sent
from dukani.campaigns.automations.dry_run import supposed
from dukani.campaigns.automations.judging import Case, first_refused
from dukani.campaigns.automations.sending import Wanted, send
from dukani.core.database import Connection
from dukani.core.errors import CallerError, NotFound
from dukani.core.services import Services
from dukani.core.store import (
    audit,
    automation_enrolments,
    automation_rules,
    automation_subjects,
)
from dukani.core.store.automation_enrolments import Enrolment, NewEnrolment
from dukani.core.store.automation_rules import Rule
from dukani.core.store.automation_sends import Send
from dukani.core.store.automation_subjects import Subject
from dukani.core.store.boutiques import Boutique
from dukani.domain.automations import Reason, RuleDefinition

# Asked for by hand, it needs neither the rule's switch nor its hour.
ALWAYS: frozenset[Reason] = frozenset(("rule_off", "too_late"))
MAY_BE_PASSED: frozenset[Reason] = frozenset((
    "quiet_hours", "cooldown", "frequency_cap", "rule_cap", "told_before", "conditions", "talking",
    "with_person",
))  # fmt: skip


class NotToBePassed(CallerError):
    """Consent, a stop, an open payment and WhatsApp's own limits hold whoever asks."""

    http_status = 422


class NothingToSayTo(CallerError):
    """There is nothing of this customer that the rule could be about, such as a left cart."""

    http_status = 409


@dataclass(frozen=True, slots=True)
class Forced:
    """Without `send_id`, why it was not sent. `until`: when it may be, if that is known."""

    send_id: str | None
    reason: Reason | None = None
    until: datetime | None = None


async def force(
    conn: Connection,
    services: Services,
    boutique: Boutique,
    *,
    rule_id: str,
    customer_id: str,
    by: str,
    override: Collection[Reason] = (),
    reason: str | None = None,
    subject: Subject | None = None,
) -> Forced:
    """Sends the next step of hers, or the first, about `subject` or the latest of hers.

    `override`: what is not asked, with the person's `reason`. Raises NotToBePassed, NothingToSayTo,
    NotFound.
    """
    if wrong := sorted(set(override) - MAY_BE_PASSED):
        raise NotToBePassed(f"{', '.join(wrong)}: this cannot be passed over.")
    rule = await automation_rules.get(conn, rule_id=rule_id)
    if rule is None:
        raise NotFound("There is no such automation here.")
    about = subject or await automation_subjects.of_customer(
        conn, trigger=rule.trigger, customer_id=customer_id
    )
    if about is None:
        raise NothingToSayTo
    enrolment = await _enrolment(conn, rule, customer_id, about)
    case = await case_of(conn, boutique, rule, enrolment)
    return await _send(conn, services, boutique, rule, case, set(override), by=by, why=reason)


async def _send(
    conn: Connection,
    services: Services,
    boutique: Boutique,
    rule: Rule,
    case: Case,
    override: set[Reason],
    *,
    by: str,
    why: str | None,
) -> Forced:
    passing = frozenset(override) | ALWAYS
    refused = first_refused(case, passing=passing)
    if refused is not None:
        return Forced(None, refused.name, refused.until)
    wanted = Wanted(boutique, rule, case, passing=frozenset(override), by=by)
    sent = await send(conn, services, wanted)
    if not isinstance(sent, Send):
        return Forced(None, sent.reason, sent.until)
    passed = sorted(override)
    await note_sent(conn, case, sent, by=by, passed=passed)
    await audit.write_by_member(
        conn,
        action="automation_forced",
        subject=f"automation_rules:{rule.id}",
        details={"send": sent.id, "passed": passed, "reason": why or ""},
    )
    return Forced(sent.id)


async def _enrolment(conn: Connection, rule: Rule, customer_id: str, about: Subject) -> Enrolment:
    """Hers that is under way, or a new one that is due now. It is locked."""
    definition = RuleDefinition.model_validate(rule.definition)
    active = await automation_enrolments.active_of(
        conn, rule_id=rule.id, customer_id=customer_id, subject_id=about.id
    )
    if active is not None and active.step < len(definition.steps):
        return active
    as_if = supposed(rule, definition, customer_id=customer_id, subject=about)
    made = await automation_enrolments.enrol(
        conn,
        [
            NewEnrolment(
                rule_id=rule.id,
                customer_id=customer_id,
                subject_kind=about.kind,
                subject_id=about.id,
                due_at=datetime.now(UTC),
                counted_from=as_if.counted_from,
                facts=as_if.facts,
                variant=as_if.variant,
                held_out=False,  # whoever is written to by hand is in no comparison
            )
        ],
    )
    if not made:
        raise NotFound("There is no such customer here.")
    return replace(as_if, id=made[0], held_out=False)
