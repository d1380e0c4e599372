"""The picture of a list of pieces, as a campaign sends it: to be looked at before."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from dukani.campaigns.collage import collage_of
from dukani.core.errors import NotFound
from dukani.core.media_links import own_link
from dukani.core.store import boutiques
from dukani.dashboard_api.access import AProvenMember, at_work
from dukani.dashboard_api.bodies import Answer, Body
from dukani.tools.options import as_options

router = APIRouter(prefix="/boutiques/{boutique_id}/collages", tags=["campaigns"])


class CollageWanted(Body):
    """In this order, numbered from one."""

    product_ids: Annotated[list[UUID], Field(min_length=1, max_length=6)]


class Collage(Answer):
    url: str


@router.post("")
async def make_collage(member: AProvenMember, wanted: CollageWanted) -> Collage:
    """The same pieces at the same prices have the same picture; it is drawn once."""
    async with at_work(member) as reading:
        boutique = await boutiques.get(reading.conn, boutique_id=member.boutique_id)
        options = await as_options(reading.conn, [str(one) for one in wanted.product_ids])
    assert boutique is not None  # the member's own
    if not options:
        raise NotFound("None of these pieces is sold here.")
    # Without a transaction, which would be held while pictures are read and drawn.
    path = await collage_of(
        member.services,
        boutique_id=member.boutique_id,
        currency=boutique.currency,
        options=options,
    )
    return Collage(url=own_link(member.services, path))
