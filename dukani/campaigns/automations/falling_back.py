"""An SMS in place of a WhatsApp message that did not reach her, if she agreed to SMS."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from dukani.campaigns.automations.apart import TRY_AGAIN, succeeds
from dukani.campaigns.automations.cases import case_of
from dukani.campaigns.automations.judging import Case, first_refused, is_stale
from dukani.campaigns.automations.sending import Wanted, send
from dukani.campaigns.automations.statuses import account_for
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import (
    automation_decisions,
    automation_enrolments,
    automation_rules,
    automation_sends,
)
from dukani.core.store.automation_decisions import Verdict
from dukani.core.store.automation_sends import Send
from dukani.core.store.boutiques import Boutique
from dukani.domain.automations import Reason

# The step was decided on already: this is its second way.
_PASSING: frozenset[Reason] = frozenset(("rule_cap", "held_out"))
_BY_HAND: frozenset[Reason] = _PASSING | {"rule_off"}  # it went without the rule's switch


async def fall_back(conn: Connection, services: Services, boutique: Boutique) -> int:
    """Decides about the next that did not arrive; 0: there is none."""
    due = await automation_sends.fallbacks_due(conn, limit=1)
    for failed in due:
        work = partial(_instead_of, conn, services, boutique, failed)
        if not await succeeds(conn, work, rule=failed.rule_id, send=failed.id):
            await automation_sends.put_fallback_off(
                conn, send_id=failed.id, until=datetime.now(UTC) + TRY_AGAIN
            )
    return len(due)


async def _instead_of(
    conn: Connection, services: Services, boutique: Boutique, failed: Send
) -> None:
    if failed.state != "failed":  # it arrived after all
        return
    enrolment = await automation_enrolments.get(
        conn, enrolment_id=failed.enrolment_id, for_update=True
    )
    rule = await automation_rules.get(conn, rule_id=failed.rule_id)
    if enrolment is None or rule is None:
        return
    case = await case_of(conn, boutique, rule, enrolment)
    if failed.step >= len(case.definition.steps):  # the owner took the step away meanwhile
        await _note(conn, failed, "rule_off")
        return
    of_the_step = case.at_step(failed.step)
    refused = first_refused(of_the_step, passing=_BY_HAND if failed.forced_by else _PASSING)
    if refused is not None:
        await _refuse(conn, failed, of_the_step, refused.name, refused.until)
        return
    await account_for(conn, send_id=failed.id)  # what failed is no contact, nor costs it
    wanted = Wanted(boutique, rule, of_the_step, instead_of=failed, only="sms")
    sent = await send(conn, services, wanted)
    if isinstance(sent, Send):
        await _note(conn, failed, None, sent=sent)
    else:
        await _refuse(conn, failed, of_the_step, sent.reason, sent.until)


async def _refuse(
    conn: Connection, failed: Send, case: Case, reason: Reason, until: datetime | None
) -> None:
    """At night, in a talk or without her consent to SMS it is held for as long as its step is.

    A trigger makes it due at once when she consents.
    """
    if until is None or is_stale(case, until):
        await _note(conn, failed, reason)
        return
    later = max(until, case.now + TRY_AGAIN)
    await automation_sends.put_fallback_off(conn, send_id=failed.id, until=later)
    await _note(conn, failed, reason, verdict="waits")


async def _note(
    conn: Connection,
    failed: Send,
    reason: Reason | None,
    *,
    sent: Send | None = None,
    verdict: Verdict = "skipped",
) -> None:
    await automation_decisions.add(
        conn,
        rule_id=failed.rule_id,
        enrolment_id=failed.enrolment_id,
        customer_id=failed.customer_id,
        step=failed.step,
        verdict="sent" if sent else verdict,
        reason=reason,
        details={"channel": "sms", "instead_of": failed.error_code},
        send_id=sent.id if sent else None,
    )
