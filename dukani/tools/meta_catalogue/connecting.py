"""Finds and tries the catalogues at Meta that a boutique's pieces may be kept in."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.clients.meta_catalogue import CatalogueNode
from dukani.core.errors import CallerError, ProviderRefused
from dukani.core.services import Services
from dukani.tools.meta_catalogue.desks import open_desk


class CatalogueRefused(CallerError):
    """Meta does not let this shop's access key manage that catalogue."""

    http_status = 409


async def choices(services: Services, *, boutique_id: str) -> Sequence[CatalogueNode]:
    """Those that the WhatsApp account shows. Raises NotOnMeta, CatalogueRefused, ProviderError."""
    async with services.database.tenant_connection(boutique_id) as conn:
        _, desk = await open_desk(services, conn, boutique_id=boutique_id)
    try:
        return await desk.connected()
    except ProviderRefused as error:
        raise CatalogueRefused(_why(error)) from error


async def try_catalogue(services: Services, *, boutique_id: str, catalog_id: str) -> CatalogueNode:
    """Read the catalogue, and let WhatsApp show it if it shows another.

    Raises NotOnMeta, CatalogueRefused, ProviderError.
    """
    async with services.database.tenant_connection(boutique_id) as conn:
        _, desk = await open_desk(services, conn, boutique_id=boutique_id)
    try:
        found = await desk.look(catalog_id)
        if catalog_id not in {one.id for one in await desk.connected()}:
            await desk.show(catalog_id)
    except ProviderRefused as error:
        raise CatalogueRefused(_why(error)) from error
    return found


def _why(error: ProviderRefused) -> str:
    return (
        f"Meta refuses ({error.code}: {error.said}). Give the access key the permission"
        " catalog_management, and the catalogue to its system user, in Meta's business settings."
    )
