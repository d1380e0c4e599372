"""Records what the provider answered about a batch of messages.

What it took and what is in doubt comes first, in a transaction of its own: nothing that refuses
another may undo it. Each transaction takes its locks in the order of all: occurrence, pace,
recipients, identities, wallet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dukani.campaigns.posting import Answer
from dukani.campaigns.refusing import Refused, must_stop, note_refusal, stop_for
from dukani.campaigns.send_codes import Verdict
from dukani.core.clients.send_errors import NOT_REACHED
from dukani.core.errors import ProviderError, ProviderUnavailable, ProviderUnclear
from dukani.core.services import Services
from dukani.core.store import campaign_posts
from dukani.core.store.campaign_runs import Run
from dukani.domain.campaigns import Pace


async def record(services: Services, run: Run, answers: Sequence[Answer]) -> None:
    """Records all answers; what stops the whole campaign follows in a transaction of its own.

    That one locks the campaign first, as whoever pauses or cancels it does.
    """
    pace = Pace.model_validate(run.pace)
    stops: list[tuple[Refused, Verdict]] = []
    async with services.database.tenant_connection(run.boutique_id) as conn:
        accepted = [(a.post.posting, a.sent.provider_id, a.sent.held) for a in answers if a.sent]
        if accepted:
            await campaign_posts.note_accepted(conn, accepted)
        unclear = [a.post.posting.recipient_id for a in answers if _is_unclear(a)]
        if unclear:
            await campaign_posts.note_unknown(conn, ids=unclear)
        for answer in answers:
            if answer.error is None or isinstance(answer.error, ProviderUnclear):
                continue
            refused = _refused(run, answer, answer.error)
            verdict = await note_refusal(conn, refused, pace)
            if must_stop(refused, verdict):
                stops.append((refused, verdict))
    for refused, verdict in stops[:1]:  # all of one batch have one reason
        async with services.database.tenant_connection(run.boutique_id) as conn:
            await stop_for(conn, refused, verdict)


def _is_unclear(answer: Answer) -> bool:
    return answer.sent is None and isinstance(answer.error, ProviderUnclear | None)


def _refused(run: Run, answer: Answer, error: ProviderError) -> Refused:
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
    )
