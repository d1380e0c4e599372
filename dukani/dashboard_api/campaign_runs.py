"""Sends campaigns, stops them, and shows how far each recipient has come."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from dukani.campaigns import running
from dukani.core.errors import NotFound
from dukani.core.phone import mask_phone
from dukani.core.store import campaign_recipients, campaigns
from dukani.core.store.campaign_recipients import Deed, ListedRecipient
from dukani.dashboard_api.access import AMember, AnActingOwner
from dukani.dashboard_api.bodies import Answer
from dukani.domain.campaigns import RecipientState, Status

router = APIRouter(prefix="/boutiques/{boutique_id}/campaigns/{campaign_id}", tags=["campaigns"])


class CampaignStatus(Answer):
    """`status_reason`: why it is paused, failed or missed. `next_at`: when it begins next."""

    id: UUID
    status: Status
    status_reason: str | None
    next_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None


class CampaignResumed(CampaignStatus):
    """`tokens_short`: tokens that the wallet lacks for the last ones; it pauses before them."""

    tokens_short: int


class CampaignRecipient(Answer):
    """`reason`: why skipped, the code of a failure, or of the refusal before the next try."""

    id: UUID
    customer_id: UUID
    customer_name: str | None
    conversation_id: UUID | None
    masked: str  # her number, of which the middle is hidden
    variant: str | None
    state: RecipientState
    reason: str | None
    due_at: datetime
    tries: int
    accepted_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    failed_at: datetime | None
    clicked_at: datetime | None
    replied_at: datetime | None
    converted_at: datetime | None
    opted_out_at: datetime | None


class CampaignRecipients(Answer):
    """`counts`: all of the campaign's recipients, by state."""

    items: list[CampaignRecipient]
    next_cursor: UUID | None
    counts: dict[RecipientState, int]


class TestSent(Answer):
    message_id: UUID


@router.post("/send")
async def send_campaign(owner: AnActingOwner, campaign_id: UUID) -> CampaignStatus:
    """Schedule a draft, or begin it if its hour is now."""
    return _status(
        await running.send(owner.conn, boutique_id=owner.boutique_id, campaign_id=str(campaign_id))
    )


@router.post("/pause")
async def pause_campaign(owner: AnActingOwner, campaign_id: UUID) -> CampaignStatus:
    return _status(await running.pause(owner.conn, campaign_id=str(campaign_id)))


@router.post("/resume")
async def resume_campaign(owner: AnActingOwner, campaign_id: UUID) -> CampaignResumed:
    """Go on where it was paused; the tokens of those still due are held anew."""
    resumed = await running.resume(
        owner.conn, boutique_id=owner.boutique_id, campaign_id=str(campaign_id)
    )
    status = _status(resumed.campaign).model_dump()
    return CampaignResumed.model_validate(status | {"tokens_short": resumed.tokens_short})


@router.post("/cancel")
async def cancel_campaign(owner: AnActingOwner, campaign_id: UUID) -> CampaignStatus:
    """End it for good: what has not left is not sent. Skips one whose hour was missed."""
    return _status(
        await running.cancel(
            owner.conn, boutique_id=owner.boutique_id, campaign_id=str(campaign_id)
        )
    )


@router.post("/send-late")
async def send_campaign_late(owner: AnActingOwner, campaign_id: UUID) -> CampaignStatus:
    """Begin one whose hour was missed."""
    return _status(
        await running.send_late(
            owner.conn, boutique_id=owner.boutique_id, campaign_id=str(campaign_id)
        )
    )


@router.post("/test")
async def test_campaign(owner: AnActingOwner, campaign_id: UUID) -> TestSent:
    """Send the message to the owner's own phone, with the template's examples; it costs nothing."""
    message_id = await running.try_out(
        owner.conn, boutique_id=owner.boutique_id, campaign_id=str(campaign_id)
    )
    return TestSent(message_id=UUID(message_id))


@router.get("/recipients")
async def list_campaign_recipients(
    member: AMember,
    campaign_id: UUID,
    state: RecipientState | None = None,
    did: Annotated[Deed | None, Query(description="those who did it, whatever the state")] = None,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
) -> CampaignRecipients:
    if await campaigns.get(member.conn, campaign_id=str(campaign_id)) is None:
        raise NotFound("There is no such campaign here.")
    rows = await campaign_recipients.page(
        member.conn,
        campaign_id=str(campaign_id),
        state=state,
        did=did,
        after=str(cursor) if cursor else None,
        limit=limit + 1,
    )
    counts = await campaign_recipients.counts(member.conn, campaign_id=str(campaign_id))
    return CampaignRecipients.model_validate(
        {
            "items": [_shown(row) for row in rows[:limit]],
            "next_cursor": rows[limit - 1].id if len(rows) > limit else None,
            "counts": counts,
        }
    )


def _status(campaign: object) -> CampaignStatus:
    return CampaignStatus.model_validate(campaign)


def _shown(row: ListedRecipient) -> CampaignRecipient:
    fields = {name: getattr(row, name, None) for name in CampaignRecipient.model_fields}
    return CampaignRecipient.model_validate(fields | {"masked": mask_phone(row.identity)})
