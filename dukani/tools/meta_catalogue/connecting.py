"""Finds and tries the catalogues at Meta that a boutique's pieces may be kept in."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.clients.meta_catalogue import CatalogueNode, MetaCatalogue
from dukani.core.errors import CallerError, ProviderRefused
from dukani.core.services import Services
from dukani.core.store import meta_catalogues
from dukani.core.store.meta_catalogues import Catalogue
from dukani.tools.meta_catalogue.desks import open_desk
from dukani.tools.meta_catalogue.still_chosen import still_chosen


class CatalogueRefused(CallerError):
    """Meta does not let this shop's access key manage that catalogue."""

    http_status = 409


class NotShown(CallerError):
    """The shop's WhatsApp number shows another catalogue: connect this one again."""

    http_status = 409


async def choices(services: Services, *, boutique_id: str) -> Sequence[CatalogueNode]:
    """Those that the WhatsApp account shows. Raises NotOnMeta, CatalogueRefused, ProviderError."""
    async with services.database.tenant_connection(boutique_id) as conn:
        _, desk = await open_desk(services, conn, boutique_id=boutique_id)
    try:
        return await desk.connected()
    except ProviderRefused as error:
        raise CatalogueRefused(_why(error)) from error


async def try_catalogue(
    services: Services, *, boutique_id: str, catalog_id: str
) -> tuple[CatalogueNode, str]:
    """Read the catalogue, and let WhatsApp show it if it shows another.

    It comes with the id of the WhatsApp account. Raises NotOnMeta, CatalogueRefused, ProviderError.
    """
    async with services.database.tenant_connection(boutique_id) as conn:
        _, desk = await open_desk(services, conn, boutique_id=boutique_id)
    try:
        found = await desk.look(catalog_id)
        if catalog_id not in {one.id for one in await desk.connected()}:
            await desk.show(catalog_id)
    except ProviderRefused as error:
        raise CatalogueRefused(_why(error)) from error
    return found, desk.waba_id


async def keep_account(
    services: Services, desk: MetaCatalogue, *, boutique_id: str, catalogue: Catalogue
) -> None:
    """The boutique sends from another number than before: keep its account if it shows this one.

    Raises NotShown, ProviderError, ChosenAnew.
    """
    its = catalogue.catalog_id
    if its not in {one.id for one in await desk.connected()}:
        raise NotShown
    async with still_chosen(services, boutique_id=boutique_id, catalog_id=its) as conn:
        await meta_catalogues.note_account(conn, waba_id=desk.waba_id)


def _why(error: ProviderRefused) -> str:
    return (
        f"Meta refuses ({error.code}: {error.said}). Give the access key the permission"
        " catalog_management, and the catalogue to its system user, in Meta's business settings."
    )
