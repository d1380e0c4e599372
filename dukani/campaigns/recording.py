"""Records what the provider answered about a batch of messages.

What it took and what is in doubt comes first, in a transaction of its own: nothing that refuses
another may undo it. Each transaction takes its locks in the order of all: occurrence, pace,
recipients, identities, wallet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import stamina
from psycopg.errors import DeadlockDetected, SerializationFailure

from dukani.campaigns.posting import Answer
from dukani.campaigns.refusing import Refused, note_refusals, stop_for
from dukani.campaigns.send_codes import Verdict
from dukani.core.clients.meta_marketing import NOT_ALLOWED
from dukani.core.clients.send_errors import NOT_REACHED
from dukani.core.errors import ProviderError, ProviderUnavailable, ProviderUnclear
from dukani.core.observability import metrics
from dukani.core.observability.measuring import outcome_of
from dukani.core.services import Services
from dukani.core.store import campaign_occurrences, campaign_posts, provider_accounts
from dukani.core.store.campaign_occurrences import UNDER_WAY
from dukani.core.store.campaign_runs import Run
from dukani.domain.campaigns import Pace

# A merge of two customers, or a claim of another campaign, may lock in opposite order; what
# PostgreSQL aborts is recorded again.
_again = stamina.retry(
    on=(DeadlockDetected, SerializationFailure), attempts=5, wait_initial=0.05, wait_jitter=0.05
)


async def record(services: Services, run: Run, answers: Sequence[Answer]) -> None:
    """Records all answers; what stops the whole campaign follows in a transaction of its own.

    That one locks the campaign first, as whoever pauses or cancels it does.
    """
    await _record_taken(services, run, answers)
    for answer in answers:
        metrics.CAMPAIGN_SENDS.labels(outcome_of(answer.error)).inc()
    refused = [(a, a.error) for a in answers if a.error is not None and not _is_unclear(a)]
    if not refused:
        return
    stops = await _record_refused(services, run, refused)
    for one, verdict in stops[:1]:  # all of one batch have one reason
        await _stop(services, run, one, verdict)


@_again
async def _record_taken(services: Services, run: Run, answers: Sequence[Answer]) -> None:
    accepted = [(a.post.posting, a.sent.provider_id, a.sent.held) for a in answers if a.sent]
    unclear = [a.post.posting.recipient_id for a in answers if _is_unclear(a)]
    if not (accepted or unclear):
        return
    async with services.database.tenant_connection(run.boutique_id) as conn:
        await campaign_posts.note_accepted(conn, accepted)
        await campaign_posts.note_unknown(conn, ids=unclear)
        if any(a.sent.refused_first == NOT_ALLOWED for a in answers if a.sent):
            await provider_accounts.note_marketing_endpoint(
                conn, provider=run.provider, may_use=False
            )


@_again
async def _record_refused(
    services: Services, run: Run, answers: Sequence[tuple[Answer, ProviderError]]
) -> list[tuple[Refused, Verdict]]:
    """Those who make the campaign stop. Of an occurrence that has ended nobody is tried again."""
    async with services.database.tenant_connection(run.boutique_id) as conn:
        now = await campaign_occurrences.get(conn, occurrence_id=run.occurrence_id, for_update=True)
        goes_on = now is not None and now.status in UNDER_WAY
        refused = [_refused(run, answer, error, may_retry=goes_on) for answer, error in answers]
        return await note_refusals(conn, refused, Pace.model_validate(run.pace))


@_again
async def _stop(services: Services, run: Run, refused: Refused, verdict: Verdict) -> None:
    async with services.database.tenant_connection(run.boutique_id) as conn:
        await stop_for(conn, refused, verdict)


def _is_unclear(answer: Answer) -> bool:
    return answer.sent is None and isinstance(answer.error, ProviderUnclear | None)


def _refused(run: Run, answer: Answer, error: ProviderError, *, may_retry: bool) -> Refused:
    asked = error.retry_after_s if isinstance(error, ProviderUnavailable) else None
    to = answer.post.letter.to
    return Refused(
        boutique_id=run.boutique_id,
        campaign_id=run.campaign_id,
        occurrence_id=run.occurrence_id,
        recipient_id=to.id,
        customer_id=to.customer_id,
        identity=to.identity,
        provider=run.provider,
        tries=answer.post.posting.tries,
        code=error.code or NOT_REACHED,
        told_by=f"{run.provider}_answer",
        asked_wait=timedelta(seconds=min(asked or 0, 3600)),
        may_retry=may_retry,
    )
