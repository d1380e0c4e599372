"""A campaign before it is sent: who gets it and what, why others do not, the cost and the end."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter

from dukani.campaigns import writing
from dukani.campaigns.preview import NO_CAMPAIGN, preview
from dukani.campaigns.reasons import FactorName
from dukani.campaigns.slots import SlotKind
from dukani.campaigns.written import written_in
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


@router.post("/campaign-previews")
async def preview_draft(member: AProvenMember, written: CampaignFields) -> CampaignPreview:
    """Of a campaign that is not kept: its lots of an experiment are drawn anew when it is."""
    async with member.services.database.tenant_connection(member.boutique_id) as conn:
        await writing.check_references(conn, written)
    return await _previewed(member, written, NO_CAMPAIGN)


@router.post("/campaigns/{campaign_id}/preview")
async def preview_campaign(member: AProvenMember, campaign_id: UUID) -> CampaignPreview:
    async with member.services.database.tenant_connection(member.boutique_id) as conn:
        campaign = await writing.the_campaign(conn, campaign_id=str(campaign_id))
    return await _previewed(member, written_in(campaign), campaign.id)


async def _previewed(member: Person, written: WrittenCampaign, campaign_id: str) -> CampaignPreview:
    found = await preview(
        member.services.database,
        written,
        boutique_id=member.boutique_id,
        campaign_id=campaign_id,
    )
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
