"""Finds whose a sender of SMS is, and proves that its provider called."""

from __future__ import annotations

from collections.abc import Callable

from dukani.core.channels import SmsProvider
from dukani.core.store import boutiques, sms_senders
from dukani.core.store.credentials import Credentials, callback_digest_of
from dukani.core.store.sms_senders import SealedSender
from dukani.webhooks.dependencies import Webhooks
from dukani.webhooks.directory import InboundNumber

Proves = Callable[[Credentials], bool]


async def proven_sender(
    webhooks: Webhooks, provider: SmsProvider, sender: str, proves: Proves
) -> tuple[InboundNumber | None, bool]:
    """The boutique whose keys prove the call, and whether any boutique has this sender."""
    async with webhooks.services.database.system_connection() as conn:
        found = await sms_senders.by_sender(conn, provider=provider, sender=sender)
    for one in found:
        keys = _opened(webhooks, one)
        if proves(keys):
            return await _number(webhooks, one, keys), True
    return None, bool(found)


async def sender_of_token(webhooks: Webhooks, token: str) -> InboundNumber | None:
    """The boutique whose callback token this is."""
    digest = callback_digest_of({"callback_token": token})
    assert digest is not None  # of no empty text: a path has one
    async with webhooks.services.database.system_connection() as conn:
        found = await sms_senders.by_callback(conn, digest=digest)
    return None if found is None else await _number(webhooks, found, _opened(webhooks, found))


def _opened(webhooks: Webhooks, sealed: SealedSender) -> Credentials:
    opened = webhooks.services.secrets.open(sealed.secrets)
    return Credentials(sealed.provider, sealed.sender, opened)


async def _number(
    webhooks: Webhooks, sealed: SealedSender, keys: Credentials
) -> InboundNumber | None:
    async with webhooks.services.database.system_connection() as conn:
        boutique = await boutiques.get(conn, boutique_id=sealed.boutique_id)
    return InboundNumber(boutique, keys) if boutique is not None else None
