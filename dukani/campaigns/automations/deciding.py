"""Judges the steps that are due: who is sent to, who waits, who is passed over, and notes why.

Of several messages for one person the rule of the higher precedence goes first; the frequency
policy of all marketing then decides about the others.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal

from dukani.campaigns.automations.apart import TRY_AGAIN, succeeds
from dukani.campaigns.automations.cases import case_of
from dukani.campaigns.automations.judging import (
    Case,
    ends_it,
    first_refused,
    is_stale,
)
from dukani.campaigns.automations.sending import Wanted, send
from dukani.core.database import Connection
from dukani.core.observability import metrics
from dukani.core.services import Services
from dukani.core.store import (
    automation_audiences,
    automation_decisions,
    automation_enrolments,
    automation_rules,
    marketing_contacts,
)
from dukani.core.store.automation_enrolments import Enrolment
from dukani.core.store.automation_rules import Rule
from dukani.core.store.automation_sends import Send
from dukani.core.store.boutiques import Boutique
from dukani.domain.automations import Reason, RuleDefinition

BATCH = 50
TOLD_WITHIN = timedelta(minutes=2)  # of a cart that counts as left, the clock tells by then


@dataclass(frozen=True, slots=True)
class _Due:
    rule: Rule
    case: Case


async def decide(conn: Connection, services: Services, boutique: Boutique) -> int:
    """Judges the next due ones of the boutique; how many there were."""
    due = await automation_enrolments.due(conn, limit=BATCH)
    ready: list[_Due] = []

    async def judge(enrolment: Enrolment) -> None:
        if (judged := await _judge(conn, boutique, enrolment)) is not None:
            ready.append(judged)

    for enrolment in due:
        await _apart(conn, enrolment, partial(judge, enrolment))
    await _lock_identities(conn, ready)
    for one in _in_order(ready):
        await _apart(conn, one.case.enrolment, partial(_send, conn, services, boutique, one))
    return len(due)


async def _lock_identities(conn: Connection, ready: Sequence[_Due]) -> None:
    """All at once, in the order of all: else the second's comes after the first's wallet."""
    offers = [one.case.situation.identity for one in ready if one.case.is_marketing]
    if offers:
        await marketing_contacts.lock(conn, identities=[one for one in offers if one])


async def _apart(
    conn: Connection, enrolment: Enrolment, work: Callable[[], Awaitable[None]]
) -> None:
    """One that cannot be done is tried again later, and holds up no other."""
    if not await succeeds(conn, work, rule=enrolment.rule_id, enrolment=enrolment.id):
        until = datetime.now(UTC) + TRY_AGAIN
        await automation_enrolments.postpone(
            conn, enrolment_id=enrolment.id, until=until, reason=None
        )


async def _judge(conn: Connection, boutique: Boutique, enrolment: Enrolment) -> _Due | None:
    """What may go as far as is known; everything else is written down and settled."""
    rule = await automation_rules.get(conn, rule_id=enrolment.rule_id)
    if rule is None:
        await _stop(conn, enrolment, "rule_off")
        return None
    definition = RuleDefinition.model_validate(rule.definition)
    if enrolment.step >= len(definition.steps):  # the owner took steps away meanwhile
        await automation_enrolments.end(conn, enrolment_id=enrolment.id, state="done", reason=None)
        return None
    case = await case_of(conn, boutique, rule, enrolment)
    refused = first_refused(case)
    if refused is None and case.situation.filling_until is not None:
        # She has changed the cart since: the event that it is left again sets its hour anew.
        until = max(case.situation.filling_until, case.now) + TOLD_WITHIN
        await automation_enrolments.postpone(
            conn, enrolment_id=enrolment.id, until=until, reason=None
        )
        return None
    if refused is None:
        return _Due(rule, case)
    await settle(conn, case, refused.name, refused.until)
    return None


def _in_order(ready: Sequence[_Due]) -> list[_Due]:
    return sorted(
        ready, key=lambda one: (-one.case.definition.precedence, one.case.enrolment.due_at)
    )


async def _send(conn: Connection, services: Services, boutique: Boutique, one: _Due) -> None:
    outcome = await send(conn, services, Wanted(boutique, one.rule, one.case))
    if isinstance(outcome, Send):
        await note_sent(conn, one.case, outcome)
    else:
        await settle(conn, one.case, outcome.reason, outcome.until, outcome.details)


async def note_sent(
    conn: Connection, case: Case, sent: Send, *, by: str | None = None, passed: Sequence[str] = ()
) -> None:
    """Writes down that it was sent, and moves on to the next step."""
    metrics.AUTOMATION_DECISIONS.labels("sent", "").inc()
    enrolment = case.enrolment
    await automation_decisions.add(
        conn,
        rule_id=enrolment.rule_id,
        enrolment_id=enrolment.id,
        customer_id=enrolment.customer_id,
        step=enrolment.step,
        verdict="sent",
        details={"channel": sent.channel, **({"passed": list(passed)} if passed else {})},
        send_id=sent.id,
        by=by,
    )
    if case.definition.trigger == "back_in_stock":
        await automation_audiences.end_wait(
            conn, customer_id=enrolment.customer_id, product_id=enrolment.subject_id
        )
    await _next_step(conn, case)


async def settle(
    conn: Connection,
    case: Case,
    reason: Reason,
    until: datetime | None,
    details: Sequence[str] = (),
) -> None:
    """Ends it, puts the step off, or passes it over, by the reason."""
    enrolment = case.enrolment
    if until is not None and not is_stale(case, until):
        if await automation_enrolments.postpone(
            conn, enrolment_id=enrolment.id, until=until, reason=reason
        ):
            await _note(conn, enrolment, "waits", reason, details, until=until)
        return
    if ends_it(reason) and reason not in ("no_content", "no_channel", "rule_cap"):
        await _stop(conn, enrolment, reason)
        return
    await _note(conn, enrolment, "skipped", reason, details)
    await _next_step(conn, case, reason=reason)


async def _stop(conn: Connection, enrolment: Enrolment, reason: Reason) -> None:
    await _note(conn, enrolment, "stopped", reason)
    state: Literal["done", "stopped"] = "done" if reason == "held_out" else "stopped"
    await automation_enrolments.end(conn, enrolment_id=enrolment.id, state=state, reason=reason)


async def _next_step(conn: Connection, case: Case, *, reason: Reason | None = None) -> None:
    enrolment, steps = case.enrolment, case.definition.steps
    step = enrolment.step + 1
    if step >= len(steps):
        await automation_enrolments.end(
            conn, enrolment_id=enrolment.id, state="done", reason=reason
        )
        return
    due_at = enrolment.counted_from + timedelta(minutes=steps[step].after_minutes)
    await automation_enrolments.advance(
        conn, enrolment_id=enrolment.id, step=step, due_at=max(due_at, datetime.now(UTC))
    )


async def _note(
    conn: Connection,
    enrolment: Enrolment,
    verdict: automation_decisions.Verdict,
    reason: Reason,
    details: Sequence[str] = (),
    *,
    until: datetime | None = None,
) -> None:
    metrics.AUTOMATION_DECISIONS.labels(verdict, reason).inc()
    await automation_decisions.add(
        conn,
        rule_id=enrolment.rule_id,
        enrolment_id=enrolment.id,
        customer_id=enrolment.customer_id,
        step=enrolment.step,
        verdict=verdict,
        reason=reason,
        details={
            **({"lacks": list(details)} if details else {}),
            **({"until": until.isoformat()} if until else {}),
        },
    )
