"""Reads from the provider how a boutique's templates stand: approved, rejected, paused.

A submitted template is asked about soon and then ever more rarely; Meta's webhooks say it too, but
in any order and perhaps never, and Twilio has none that every account gets.
"""

from __future__ import annotations

from datetime import timedelta

import structlog

from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection
from dukani.core.errors import ConfigurationError, NotFound, ProviderError
from dukani.core.jobs import defer_template_sync
from dukani.core.languages import LANGUAGES, known
from dukani.core.services import Services
from dukani.core.store import message_templates, own_templates, provider_accounts
from dukani.core.store.message_templates import Noted, Told
from dukani.domain.templates import TEMPLATES
from dukani.tools.template_desks import open_desk

log = structlog.get_logger()

# Between two questions about what is pending; the clock's half hour follows.
WAITS = tuple(timedelta(seconds=s) for s in (3, 5, 10, 20, 60, 300, 900))


async def sync(services: Services, *, boutique_id: str) -> list[Noted]:
    """Ask the provider, keep what it says; what has changed.

    One of the code's templates that the provider has and we did not know of is learnt, so that a
    shop which registered them by hand needs no command. Raises ProviderError, NotFound,
    ConfigurationError.
    """
    boutique, desk = await open_desk(services, boutique_id)
    provider = boutique.whatsapp_provider
    # A provider may hold two of one language, en and en_GB: ours, spelled as we spell it, is last.
    may_use = await desk.may_use_marketing_endpoint()
    every = sorted(await desk.every(), key=lambda told: told.locale in LANGUAGES)
    async with services.database.system_connection() as conn:
        found = [
            await note(conn, told, boutique_id=boutique_id, provider=provider) for told in every
        ]
        listed = [f"{told.name}:{told.language}" for told in every]
        await own_templates.release_lost(conn, boutique_id=boutique_id, listed=listed)
    if may_use is not None:
        async with services.database.tenant_connection(boutique_id) as conn:
            await provider_accounts.note_marketing_endpoint(
                conn, provider=provider, may_use=may_use
            )
    return [one for one in found if one is not None and one.is_news]


async def note(
    conn: Connection, told: Told, *, boutique_id: str, provider: WhatsAppProvider
) -> Noted | None:
    """Keep what the provider says of one template. Needs a system connection."""
    if told.language not in LANGUAGES:
        return None
    noted = await message_templates.note(conn, told, boutique_id=boutique_id, provider=provider)
    if noted is None and told.name in TEMPLATES and told.status is not None:
        await message_templates.put(
            conn,
            boutique_id=boutique_id,
            provider=provider,
            name=told.name,
            language=known(told.language),
            status="pending",
            content_sid=told.content_sid,
            locale=told.locale,
            provider_id=told.provider_id,
        )
        return await message_templates.note(conn, told, boutique_id=boutique_id, provider=provider)
    if noted is not None and noted.is_news:
        log.info(
            "template_changed",
            boutique=boutique_id,
            template=told.name,
            status=noted.status,
            category=noted.category,
        )
    return noted


async def sync_again(services: Services, *, boutique_id: str, step: int) -> None:
    """The job: ask, and again later while something is pending."""
    try:
        await sync(services, boutique_id=boutique_id)
    except (NotFound, ConfigurationError) as error:
        log.warning("templates_not_synced", boutique=boutique_id, reason=str(error))
        return
    async with services.database.system_connection() as conn:
        waits = await own_templates.any_pending(conn, boutique_id=boutique_id)
        if waits and step + 1 < len(WAITS):
            await defer_template_sync(
                conn, boutique_id=boutique_id, delay=WAITS[step + 1], step=step + 1
            )


async def sync_all(services: Services) -> None:
    """Ask about every boutique's templates, one after another; one's fault holds no other up."""
    async with services.database.system_connection() as conn:
        every = await own_templates.boutiques_to_ask(conn)
    for boutique_id in every:
        try:
            await sync(services, boutique_id=boutique_id)
        except (NotFound, ConfigurationError, ProviderError) as error:
            log.warning("templates_not_synced", boutique=boutique_id, reason=str(error))
