"""Connects a boutique's pieces with one of its catalogues at Meta, and parts them again."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.clients.meta_catalogue import CatalogueNode
from dukani.core.database import Connection
from dukani.core.errors import CallerError, ProviderRefused
from dukani.core.services import Services
from dukani.core.store import meta_catalogues
from dukani.tools.meta_catalogue.desks import open_desk


class CatalogueRefused(CallerError):
    """Meta does not let this shop's access key manage that catalogue."""

    http_status = 409


async def choices(
    services: Services, conn: Connection, *, boutique_id: str
) -> Sequence[CatalogueNode]:
    """Those that the WhatsApp account shows. Raises NotOnMeta, CatalogueRefused, ProviderError."""
    _, desk = await open_desk(services, conn, boutique_id=boutique_id)
    try:
        return await desk.connected()
    except ProviderRefused as error:
        raise CatalogueRefused(_why(error)) from error


async def look(
    services: Services, conn: Connection, *, boutique_id: str, catalog_id: str
) -> CatalogueNode:
    """Try the catalogue by a read, and let WhatsApp show it if it shows another.

    Raises NotOnMeta, CatalogueRefused, ProviderError.
    """
    _, desk = await open_desk(services, conn, boutique_id=boutique_id)
    try:
        found = await desk.look(catalog_id)
        if catalog_id not in {one.id for one in await desk.connected()}:
            await desk.show(catalog_id)
    except ProviderRefused as error:
        raise CatalogueRefused(_why(error)) from error
    return found


async def connect(conn: Connection, found: CatalogueNode) -> None:
    """Keep the pieces there; the clock sends them."""
    await meta_catalogues.connect(conn, catalog_id=found.id, name=found.name)


def _why(error: ProviderRefused) -> str:
    return (
        f"Meta refuses ({error.code}: {error.said}). Give the access key the permission"
        " catalog_management, and the catalogue to its system user, in Meta Business settings."
    )
