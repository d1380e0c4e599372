"""Which catalogue at Meta the pieces are kept in, how it stands, and to work on it now."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from dukani.core.errors import NotFound
from dukani.core.store import catalogue_items, catalogue_list, meta_catalogues
from dukani.dashboard_api.access import (
    AMember,
    AnActingOwner,
    AProvenOwner,
    Member,
    at_work,
    boutique_of,
)
from dukani.dashboard_api.bodies import Body
from dukani.dashboard_api.catalogue.answers import (
    CatalogueAnswer,
    CatalogueChoices,
    choice,
    connected,
)
from dukani.tools.meta_catalogue import connecting

router = APIRouter(prefix="/boutiques/{boutique_id}/catalogue", tags=["catalogue"])


class CatalogueWanted(Body):
    catalogue_id: Annotated[str, Field(pattern=r"^[0-9]{5,32}$", description="Meta's")]


class PushWanted(Body):
    everything: bool = Field(default=False, description="What has not changed, too.")


@router.get("")
async def get_catalogue(member: AMember) -> CatalogueAnswer:
    return await _answer(member)


@router.get("/choices")
async def list_catalogue_choices(owner: AProvenOwner) -> CatalogueChoices:
    """The catalogues that the WhatsApp account shows; another may be given by its id."""
    found = await connecting.choices(owner.services, boutique_id=owner.boutique_id)
    return CatalogueChoices(items=[choice(node) for node in found])


@router.put("")
async def connect_catalogue(owner: AProvenOwner, wanted: CatalogueWanted) -> CatalogueAnswer:
    """Keep the pieces in this catalogue; it is tried first."""
    found, waba_id = await connecting.try_catalogue(
        owner.services, boutique_id=owner.boutique_id, catalog_id=wanted.catalogue_id
    )
    async with at_work(owner, owners_only=True, acting=True) as member:
        await meta_catalogues.connect(
            member.conn, catalog_id=found.id, name=found.name, waba_id=waba_id
        )
        return await _answer(member)


@router.delete("", status_code=204)
async def disconnect_catalogue(owner: AnActingOwner) -> None:
    """Send nothing more. What Meta has stays there."""
    if not await meta_catalogues.disconnect(owner.conn):
        raise _not_connected()


@router.post("/pushes", status_code=202)
async def push_catalogue(owner: AnActingOwner, wanted: PushWanted) -> CatalogueAnswer:
    """Send what waits now, after a refusal too."""
    if not await meta_catalogues.wake(owner.conn):
        raise _not_connected()
    if wanted.everything:
        await catalogue_items.spoil(owner.conn)
    return await _answer(owner)


@router.post("/readings", status_code=202)
async def read_catalogue(owner: AnActingOwner) -> CatalogueAnswer:
    """Compare what Meta has with ours, within moments."""
    if not await meta_catalogues.wake(owner.conn):
        raise _not_connected()
    await meta_catalogues.read_soon(owner.conn)
    return await _answer(owner)


async def _answer(member: Member) -> CatalogueAnswer:
    boutique = await boutique_of(member)
    found = await meta_catalogues.of_boutique(member.conn)
    counts = await catalogue_list.counts(member.conn)
    return CatalogueAnswer(
        provider=boutique.whatsapp_provider,
        currency=boutique.currency,
        catalogue=connected(found, counts) if found is not None else None,
    )


def _not_connected() -> NotFound:
    return NotFound("No catalogue is connected: connect one first.")
