"""The clock's work on catalogues at Meta: finds which have something to do, and does it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import structlog

from dukani.core.clients.meta_catalogue import MetaCatalogue
from dukani.core.errors import (
    ConfigurationError,
    ProviderError,
    ProviderRefused,
)
from dukani.core.jobs import defer_catalogue_sync
from dukani.core.services import Services
from dukani.core.store import meta_catalogues
from dukani.core.store.boutiques import Boutique
from dukani.core.store.meta_catalogues import Catalogue
from dukani.tools.meta_catalogue.comparing import read_back
from dukani.tools.meta_catalogue.connecting import NotShown, keep_account
from dukani.tools.meta_catalogue.desks import NotOnMeta, open_desk
from dukani.tools.meta_catalogue.polling import poll_batches
from dukani.tools.meta_catalogue.pushing import push_changes
from dukani.tools.meta_catalogue.still_chosen import ChosenAnew

log = structlog.get_logger()

AT_ONCE = 50
AFTER_A_FAULT = timedelta(minutes=2)
# What a person must put right: the clock does not ask again. Codes of a token, of rights, of a
# catalogue that is not there.
FINAL = frozenset({"10", "100", "190", "200", "803"})


async def look_after_catalogues(services: Services) -> None:
    """Give each catalogue that has something to do to a job of its own."""
    async with services.database.system_connection() as conn:
        for boutique_id in await meta_catalogues.claim_due(conn, limit=AT_ONCE):
            await defer_catalogue_sync(conn, boutique_id=boutique_id)


async def sync_catalogue(services: Services, *, boutique_id: str) -> None:
    """The job: send, ask, read, each if it is due. A fault is kept, and tried again later."""
    async with services.database.tenant_connection(boutique_id) as conn:
        catalogue = await meta_catalogues.of_boutique(conn)
    if catalogue is None:
        return
    its, wait = catalogue.catalog_id, None
    try:
        await _sync(services, boutique_id, catalogue)
    except ChosenAnew:
        log.info("catalogue_chosen_anew", boutique=boutique_id, before=its)
    except NotShown as error:
        await _note(services, boutique_id, its, str(error), code="not_shown", refused=True)
    except (NotOnMeta, ConfigurationError) as error:
        await _note(services, boutique_id, its, str(error), code="setup", refused=True)
    except ProviderError as error:
        wait = AFTER_A_FAULT
        refused = isinstance(error, ProviderRefused) and error.code in FINAL
        await _note(services, boutique_id, its, error.said, code=error.code, refused=refused)
    async with services.database.tenant_connection(boutique_id) as conn:
        await meta_catalogues.release(conn, wait=wait)


async def _sync(services: Services, boutique_id: str, catalogue: Catalogue) -> None:
    """Raises NotOnMeta, NotShown, ConfigurationError, ProviderError, ChosenAnew."""
    async with services.database.tenant_connection(boutique_id) as conn:
        boutique, desk = await open_desk(services, conn, boutique_id=boutique_id)
    if catalogue.waba_id not in (None, desk.waba_id):
        await keep_account(services, desk, boutique_id=boutique_id, catalogue=catalogue)
    if catalogue.next_push_at is None or catalogue.next_push_at <= datetime.now(UTC):
        await push_changes(services, desk, boutique, catalog_id=catalogue.catalog_id)
    await _ask_and_read(services, desk, boutique, catalogue)
    await _note(services, boutique_id, catalogue.catalog_id, None)


async def _ask_and_read(
    services: Services, desk: MetaCatalogue, boutique: Boutique, catalogue: Catalogue
) -> None:
    now = datetime.now(UTC)
    if catalogue.next_poll_at is not None and catalogue.next_poll_at <= now:
        await poll_batches(services, desk, boutique_id=boutique.id, catalog_id=catalogue.catalog_id)
    if catalogue.next_read_at <= now:
        await read_back(services, desk, boutique, catalog_id=catalogue.catalog_id)


async def _note(
    services: Services,
    boutique_id: str,
    catalog_id: str,
    problem: str | None,
    *,
    code: str | None = None,
    refused: bool = False,
) -> None:
    if problem is not None:
        log.warning("catalogue_not_synced", boutique=boutique_id, reason=problem, code=code)
    async with services.database.tenant_connection(boutique_id) as conn:
        await meta_catalogues.note_problem(
            conn, catalog_id=catalog_id, problem=problem, code=code, refused=refused
        )
