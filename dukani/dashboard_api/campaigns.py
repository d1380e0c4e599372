"""Campaigns: written, changed and copied by owners; sending them is `campaign_runs.py`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from dukani.campaigns import writing
from dukani.core.store import campaigns as store
from dukani.core.store.campaigns import Campaign as Stored
from dukani.core.store.keyset import Key
from dukani.dashboard_api.access import AMember, AnOwner
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.dashboard_api.versions import IfMatch, require_version, show_version
from dukani.domain.campaigns import (
    Audience,
    CampaignMessage,
    Experiment,
    Pace,
    Schedule,
    Status,
    WrittenCampaign,
)

router = APIRouter(prefix="/boutiques/{boutique_id}/campaigns", tags=["campaigns"])


class CampaignFields(Body, WrittenCampaign):
    """All that an owner decides of a campaign."""


class Campaign(Answer):
    """`status_reason`: why it is paused, failed or missed. `next_at`: when it begins next."""

    id: UUID
    name: str
    status: Status
    status_reason: str | None
    audience: Audience
    pieces: list[UUID]
    message: CampaignMessage
    schedule: Schedule
    pace: Pace
    experiment: Experiment | None
    score_rules_version: int | None
    next_at: datetime | None
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


@router.get("")
async def list_campaigns(
    member: AMember,
    asked: AskedPage,
    status: Annotated[list[Status] | None, Query(description="of these only")] = None,
) -> Page[Campaign]:
    """The latest first."""
    rows = await store.page(
        member.conn, statuses=status, after=asked.after(datetime), limit=asked.limit + 1
    )
    return asked.page(rows, lambda row: Key(row.created_at, row.id), Campaign.model_validate)


@router.post("", status_code=201)
async def create_campaign(
    owner: AnOwner,
    written: CampaignFields,
    request: Request,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Campaign:
    """A draft: nothing is sent."""

    async def create() -> Campaign:
        by = owner.signed_in.user_id
        return Campaign.model_validate(await writing.create(owner.conn, written, created_by=by))

    return _versioned(await once(owner, request, idempotency_key, create, Campaign), response)


@router.get("/{campaign_id}")
async def get_campaign(member: AMember, campaign_id: UUID, response: Response) -> Campaign:
    return _shown(await writing.the_campaign(member.conn, campaign_id=str(campaign_id)), response)


@router.put("/{campaign_id}")
async def replace_campaign(
    owner: AnOwner,
    campaign_id: UUID,
    written: CampaignFields,
    response: Response,
    if_match: IfMatch = None,
) -> Campaign:
    """Write a draft anew."""
    found = await writing.the_campaign(owner.conn, campaign_id=str(campaign_id), for_update=True)
    require_version(if_match, found.updated_at)
    return _shown(await writing.edit(owner.conn, written, campaign_id=found.id), response)


@router.delete("/{campaign_id}", status_code=204)
async def remove_campaign(owner: AnOwner, campaign_id: UUID) -> None:
    """Remove a draft; what was scheduled is cancelled instead, and kept."""
    await writing.remove(owner.conn, campaign_id=str(campaign_id))


@router.post("/{campaign_id}/copy", status_code=201)
async def copy_campaign(
    owner: AnOwner,
    campaign_id: UUID,
    request: Request,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Campaign:
    """A new draft that is written as this one."""

    async def copy() -> Campaign:
        by = owner.signed_in.user_id
        made = await writing.copy(owner.conn, campaign_id=str(campaign_id), created_by=by)
        return Campaign.model_validate(made)

    return _versioned(await once(owner, request, idempotency_key, copy, Campaign), response)


def _shown(row: Stored, response: Response) -> Campaign:
    return _versioned(Campaign.model_validate(row), response)


def _versioned(campaign: Campaign, response: Response) -> Campaign:
    show_version(response, campaign.updated_at)
    return campaign
