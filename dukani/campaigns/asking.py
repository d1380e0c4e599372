"""Finds out about messages of which nobody knows whether the provider took them.

A status settles it, whenever it comes: Meta repeats its statuses for days. Twilio tells each once,
but lists what it took. It lists no words of ours and no id of ours beside a template's message, so
one is taken for ours only if it is the only one that can be it; else, and on a number that other
boutiques send from too, a status must tell. What nobody has told of after a week was not sent, as
far as can be known: it has failed, its tokens are given back, and it is still never sent again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import structlog

from dukani.campaigns import frequency
from dukani.campaigns.claiming import source_of
from dukani.campaigns.noting import LEASE
from dukani.core.clients.messenger import Messenger, OutboundMessage
from dukani.core.clients.templates import template_of
from dukani.core.database import Connection
from dukani.core.errors import ConfigurationError, ProviderError
from dukani.core.services import Services
from dukani.core.store import (
    campaign_doubts,
    campaign_posts,
    credentials,
    messages,
    outbox,
    wallet,
)
from dukani.core.store.campaign_doubts import InDoubt
from dukani.core.store.campaign_posts import Posting
from dukani.tools.messengers import CAN_BE_ASKED, messenger_of

log = structlog.get_logger()

PARKED_FOR = timedelta(days=8)  # longer than Meta repeats a status
CLOCKS_DIFFER_BY = timedelta(seconds=5)
UNCLEAR = "unclear"


async def ask_about(services: Services, *, boutique_id: str, doubts: Sequence[InDoubt]) -> None:
    """Settles those of one boutique that can be."""
    now = datetime.now(UTC)
    for doubt in doubts:
        if now - doubt.posting_at > PARKED_FOR:
            async with services.database.tenant_connection(boutique_id) as conn:
                await _give_up(conn, doubt)
        elif doubt.provider in CAN_BE_ASKED and not doubt.shared:
            await _ask(services, boutique_id, doubt)


async def _ask(services: Services, boutique_id: str, doubt: InDoubt) -> None:
    async with services.database.tenant_connection(boutique_id) as conn:
        messenger = await _messenger(conn, services, boutique_id, doubt)
        message = await messages.get(conn, message_id=doubt.message_id)
        to = await campaign_doubts.address_of(conn, recipient_id=doubt.recipient_id)
    if messenger is None or message is None or to is None:
        return
    asked = OutboundMessage(
        to=to,
        text=message.body,
        template=template_of(message.template or {}, header_image_url=None),
    )
    since = doubt.posting_at - CLOCKS_DIFFER_BY
    until = doubt.posting_at + LEASE + CLOCKS_DIFFER_BY  # the call had ended by then
    try:
        taken = await messenger.taken_since(asked, since, until)
    except ProviderError as error:
        log.warning("campaign_message_not_asked", message=message.id, reason=str(error))
        return
    async with services.database.tenant_connection(boutique_id) as conn:
        ids = [one.provider_id for one in taken]
        unknown = await outbox.unknown(conn, provider_ids=ids)
        rivals = await campaign_doubts.rivals(
            conn, message_id=doubt.message_id, since=since, until=until
        )
        if len(unknown) > 1 or (unknown and rivals):
            log.warning("campaign_message_ambiguous", message=message.id, listed=len(unknown))
        elif unknown:
            posting = Posting(doubt.recipient_id, doubt.message_id, tries=1)
            await campaign_posts.note_accepted(conn, [(posting, unknown[0], False)])


async def _messenger(
    conn: Connection, services: Services, boutique_id: str, doubt: InDoubt
) -> Messenger | None:
    try:
        keys = await credentials.get(
            conn, boutique_id=boutique_id, provider=doubt.provider, box=services.secrets
        )
        return messenger_of(services, keys) if keys else None
    except ConfigurationError as error:
        log.error("campaign_message_not_asked", boutique=boutique_id, reason=str(error))
        return None


async def _give_up(conn: Connection, doubt: InDoubt) -> None:
    if await campaign_posts.fail(conn, recipient_id=doubt.recipient_id, code=UNCLEAR):
        await frequency.release(conn, [source_of(doubt.recipient_id)])
        await wallet.end_sends(conn, recipients=[doubt.recipient_id], delivered=False)
