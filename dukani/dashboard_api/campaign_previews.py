"""A campaign before it is sent: who gets it and what, why others do not, the cost and the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from dukani.campaigns import writing
from dukani.campaigns.preview import NO_CAMPAIGN, preview, previewing
from dukani.campaigns.previewed import Preview
from dukani.campaigns.reasons import FactorName
from dukani.campaigns.slots import SlotKind
from dukani.campaigns.written import written_in
from dukani.core.errors import NotFound
from dukani.core.store.message_rates import Category
from dukani.dashboard_api.access import AProvenMember, Person
from dukani.dashboard_api.bodies import Answer, Minor
from dukani.dashboard_api.campaigns import CampaignFields
from dukani.domain.campaigns import Exclusion, WrittenCampaign

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["campaigns"])


class Factor(Answer):
    """`points` of the `most` that a perfect match gives; `share` is the one by the other."""

    name: FactorName
    points: float
    most: float
    share: float


class SamplePiece(Answer):
    """`kind` says why it is shown; `score` is of `most`, the sum of the weights."""

    product_id: UUID
    name: str
    price_minor: Minor
    kind: SlotKind
    score: float
    most: float
    factors: list[Factor]
    in_her_size: bool


class SampleCustomer(Answer):
    customer_id: UUID
    name: str | None
    variant: str | None
    variables: dict[str, str]
    due_at: datetime
    pieces: list[SamplePiece]


class LeftOut(Answer):
    """Each customer of the audience counts for one reason at most."""

    reason: Exclusion
    customers: int


class CampaignPreview(Answer):
    """`ends_at`: when the last message leaves at this pace, in these hours.

    `by_category`: recipients by what WhatsApp charges their messages as. `fewer_pieces` and
    `fewer_matches`: recipients with fewer than six pieces, or than three that match their taste;
    nothing is repeated to fill up.
    """

    audience: int
    recipients: int
    left_out: list[LeftOut]
    by_variant: dict[str, int]
    by_category: dict[Category, int]
    fewer_pieces: int
    fewer_matches: int
    tokens: int
    cost_minor: Minor | None
    currency: str
    starts_at: datetime | None
    first_at: datetime | None
    ends_at: datetime | None
    lasts_minutes: float
    sending_minutes: float
    sample: list[SampleCustomer]


class ToPreview(NamedTuple):
    member: Person
    written: WrittenCampaign
    campaign_id: str


async def _a_draft(member: AProvenMember, written: CampaignFields) -> ToPreview:
    async with member.services.database.tenant_connection(member.boutique_id) as conn:
        await writing.check_references(conn, written)
    return ToPreview(member, written, NO_CAMPAIGN)


async def _a_campaign(member: AProvenMember, campaign_id: UUID) -> ToPreview:
    async with member.services.database.tenant_connection(member.boutique_id) as conn:
        campaign = await writing.the_campaign(conn, campaign_id=str(campaign_id))
    return ToPreview(member, written_in(campaign), campaign.id)


ADraft = Annotated[ToPreview, Depends(_a_draft)]
ACampaign = Annotated[ToPreview, Depends(_a_campaign)]


@router.post("/campaign-previews")
async def preview_draft(it: ADraft) -> CampaignPreview:
    """Of a campaign that is not kept: its lots of an experiment are drawn anew when it is."""
    return await _previewed(it)


@router.post("/campaigns/{campaign_id}/preview")
async def preview_campaign(it: ACampaign) -> CampaignPreview:
    return await _previewed(it)


class PreviewProgress(Answer):
    """How many of the audience have been judged."""

    seen: int
    audience: int


@router.post("/campaign-previews/stream", response_class=EventSourceResponse)
async def stream_preview_of_draft(it: ADraft) -> AsyncIterator[ServerSentEvent]:
    """As `preview_draft`, for a large audience: events `progress`, and at last `preview`.

    Or `problem`, with what a problem of the API says.
    """
    async for event in _events(it):
        yield event


@router.post("/campaigns/{campaign_id}/preview/stream", response_class=EventSourceResponse)
async def stream_preview_of_campaign(it: ACampaign) -> AsyncIterator[ServerSentEvent]:
    """As `preview_campaign`, for a large audience: events `progress`, and at last `preview`.

    Or `problem`, with what a problem of the API says.
    """
    async for event in _events(it):
        yield event


async def _events(it: ToPreview) -> AsyncIterator[ServerSentEvent]:
    steps = previewing(
        it.member.services.database,
        it.written,
        boutique_id=it.member.boutique_id,
        campaign_id=it.campaign_id,
    )
    try:
        async for step in steps:
            if isinstance(step, Preview):
                yield ServerSentEvent(data=_answer(step), event="preview")
            else:
                yield ServerSentEvent(data=PreviewProgress.model_validate(step), event="progress")
    except NotFound as gone:  # the answer has begun: its status can tell no more
        yield ServerSentEvent(data={"code": "not_found", "detail": str(gone)}, event="problem")


async def _previewed(it: ToPreview) -> CampaignPreview:
    found = await preview(
        it.member.services.database,
        it.written,
        boutique_id=it.member.boutique_id,
        campaign_id=it.campaign_id,
    )
    return _answer(found)


def _answer(found: Preview) -> CampaignPreview:
    ends = found.finish
    return CampaignPreview(
        audience=found.audience,
        recipients=found.recipients,
        left_out=[
            LeftOut(reason=reason, customers=count) for reason, count in found.left_out.items()
        ],
        by_variant=dict(found.by_variant),
        by_category=dict(found.by_category),
        fewer_pieces=found.fewer_pieces,
        fewer_matches=found.fewer_matches,
        tokens=found.tokens,
        cost_minor=found.cost_minor,
        currency=found.currency,
        starts_at=found.starts_at,
        first_at=ends.starts_at if ends else None,
        ends_at=ends.ends_at if ends else None,
        lasts_minutes=ends.lasts.total_seconds() / 60 if ends else 0,
        sending_minutes=ends.sending.total_seconds() / 60 if ends else 0,
        sample=[SampleCustomer.model_validate(one) for one in found.sample],
    )
