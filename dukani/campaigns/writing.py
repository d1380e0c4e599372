"""Writes campaigns: what a draft refers to is there, and nothing but a draft is changed."""

from __future__ import annotations

from dukani.campaigns.written import documents_of, written_in
from dukani.core.database import Connection
from dukani.core.errors import Conflict, InvalidValue, NotFound
from dukani.core.store import audience_lists, campaigns, products, saved_segments
from dukani.core.store.campaigns import Campaign
from dukani.domain.campaigns import OfCampaign, OfList, OfSegment, WrittenCampaign

_COPY = " (copy)"
_LONGEST_NAME = 80


class NotADraft(Conflict):
    """It was scheduled or sent, so it stays as it is: make a copy and change that."""


async def create(
    conn: Connection, written: WrittenCampaign, *, created_by: str | None = None
) -> Campaign:
    """A draft. Raises InvalidValue for what is not there."""
    await check_references(conn, written)
    return await campaigns.create(conn, documents_of(written), created_by=created_by)


async def the_campaign(conn: Connection, *, campaign_id: str, for_update: bool = False) -> Campaign:
    """Raises NotFound."""
    read = campaigns.get_for_update if for_update else campaigns.get
    found = await read(conn, campaign_id=campaign_id)
    if found is None:
        raise NotFound("There is no such campaign here.")
    return found


async def edit(conn: Connection, written: WrittenCampaign, *, campaign_id: str) -> Campaign:
    """The draft as it is written now. Raises NotADraft, or InvalidValue as `create`."""
    await check_references(conn, written)
    changed = await campaigns.edit(conn, documents_of(written), campaign_id=campaign_id)
    if changed is None:
        raise NotADraft
    return changed


async def remove(conn: Connection, *, campaign_id: str) -> None:
    """Raises NotFound, or NotADraft."""
    if await campaigns.remove(conn, campaign_id=campaign_id):
        return
    await the_campaign(conn, campaign_id=campaign_id)
    raise NotADraft


async def copy(conn: Connection, *, campaign_id: str, created_by: str | None = None) -> Campaign:
    """A draft that is as another campaign was written, whatever became of that. Raises NotFound.

    What it refers to may be gone by now: the draft says so when it is changed or sent.
    """
    written = written_in(await the_campaign(conn, campaign_id=campaign_id))
    named = written.name[: _LONGEST_NAME - len(_COPY)].rstrip() + _COPY
    again = written.model_copy(update={"name": named})
    return await campaigns.create(conn, documents_of(again), created_by=created_by)


async def check_references(conn: Connection, written: WrittenCampaign) -> None:
    """Raises InvalidValue for an audience or a piece that the boutique does not have."""
    await _check_audience(conn, written)
    pools = [("pieces", written.pieces)]
    for place, variant in enumerate(written.experiment.variants if written.experiment else ()):
        pools.append((f"experiment.variants.{place}.pieces", variant.pieces or ()))
    wanted = {str(one) for _, pool in pools for one in pool}
    known = await products.existing(conn, product_ids=sorted(wanted))
    for field, pool in pools:
        for place, one in enumerate(pool):
            if str(one) not in known:
                raise InvalidValue(
                    field=f"{field}.{place}",
                    value=str(one),
                    remedy="There is no such piece in this boutique: choose another.",
                )


async def _check_audience(conn: Connection, written: WrittenCampaign) -> None:
    match written.audience:
        case OfSegment(segment_id=one):
            found = await saved_segments.get(conn, segment_id=str(one)) is not None
            field, what = "segment_id", "segment"
        case OfList(list_id=one):
            found = await audience_lists.get(conn, list_id=str(one)) is not None
            field, what = "list_id", "list"
        case OfCampaign(campaign_id=one):
            found = await campaigns.get(conn, campaign_id=str(one)) is not None
            field, what = "campaign_id", "campaign"
        case _:
            return
    if not found:
        raise InvalidValue(
            field=f"audience.{field}",
            value=str(one),
            remedy=f"There is no such {what} in this boutique: choose another.",
        )
