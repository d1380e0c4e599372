"""Segments: customers by what is known of them, counted, said in words and kept."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import StringConstraints, ValidationError

from dukani.agent.wording.segment_words import said
from dukani.campaigns import saved_segments
from dukani.core.database import Connection
from dukani.core.store import boutiques, segments
from dukani.core.store import saved_segments as store
from dukani.core.store.saved_segments import SavedSegment
from dukani.core.store.segments import Group
from dukani.dashboard_api.access import AMember, AnOwner, Member
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.versions import IfMatch, require_version, show_version
from dukani.domain.segments import WrittenGroup

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["segments"])

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class SegmentRule(Body):
    """Conditions joined by all or any; of none: everybody."""

    rule: WrittenGroup


class SegmentFields(SegmentRule):
    name: Name


class InWords(Answer):
    en: str
    sw: str


class Segment(Answer):
    """`said`: whom it means. None: its rule is of a kind that is no more."""

    id: UUID
    name: str
    rule: dict[str, object]
    said: InWords | None
    created_at: datetime
    updated_at: datetime


class Segments(Answer):
    items: list[Segment]


class SegmentCount(Answer):
    """`may_market` of the customers agreed to promotions and did not take it back."""

    customers: int
    may_market: int
    said: InWords


@router.get("/segments")
async def list_segments(member: AMember) -> Segments:
    """By their names."""
    currency = await _currency(member)
    found = await store.of_boutique(member.conn)
    return Segments(items=[_as_answer(one, currency) for one in found])


@router.post("/segments", status_code=201)
async def create_segment(
    owner: AnOwner,
    fields: SegmentFields,
    request: Request,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Segment:
    async def create() -> Segment:
        made = await saved_segments.add(owner.conn, name=fields.name, rule=fields.rule)
        return _as_answer(made, await _currency(owner))

    made = await once(owner, request, idempotency_key, create, Segment)
    show_version(response, made.updated_at)
    return made


@router.post("/segment-counts")
async def count_segment(member: AMember, asked: SegmentRule) -> SegmentCount:
    """How many customers a rule means now, also one that is not kept."""
    group = asked.rule.typed()
    return SegmentCount(
        customers=await segments.count(member.conn, group),
        may_market=await segments.count(member.conn, segments.who_may_be_marketed_to(group)),
        said=_in_words(group, await _currency(member)),
    )


@router.get("/segments/{segment_id}")
async def get_segment(member: AMember, segment_id: UUID, response: Response) -> Segment:
    found = await saved_segments.the_segment(member.conn, segment_id=str(segment_id))
    show_version(response, found.updated_at)
    return _as_answer(found, await _currency(member))


@router.put("/segments/{segment_id}")
async def replace_segment(
    owner: AnOwner,
    segment_id: UUID,
    fields: SegmentFields,
    response: Response,
    if_match: IfMatch = None,
) -> Segment:
    """Campaigns that have not begun take it as it is then."""
    seen = await saved_segments.the_segment(owner.conn, segment_id=str(segment_id), for_update=True)
    require_version(if_match, seen.updated_at)
    changed = await saved_segments.change(
        owner.conn, segment_id=seen.id, name=fields.name, rule=fields.rule
    )
    show_version(response, changed.updated_at)
    return _as_answer(changed, await _currency(owner))


@router.delete("/segments/{segment_id}", status_code=204)
async def remove_segment(owner: AnOwner, segment_id: UUID) -> None:
    """Refused while a campaign that is not over is for it."""
    await saved_segments.remove(owner.conn, segment_id=str(segment_id))


async def _currency(member: Member) -> str:
    return await currency_of(member.conn, member.boutique_id)


async def currency_of(conn: Connection, boutique_id: str) -> str:
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    assert boutique is not None  # a member's own
    return boutique.currency


def _as_answer(found: SavedSegment, currency: str) -> Segment:
    try:
        words = _in_words(WrittenGroup.model_validate(found.rule).typed(), currency)
    except ValidationError:
        words = None
    return Segment(
        id=UUID(found.id),
        name=found.name,
        rule=dict(found.rule),
        said=words,
        created_at=found.created_at,
        updated_at=found.updated_at,
    )


def _in_words(group: Group, currency: str) -> InWords:
    return InWords(en=said(group, "en", currency=currency), sw=said(group, "sw", currency=currency))
