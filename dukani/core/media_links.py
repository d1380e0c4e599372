"""Makes signed addresses of stored media, for WhatsApp to fetch."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import quote

import structlog

from dukani.core.clients.storage import checked_path
from dukani.core.errors import NotFound, ProviderError
from dukani.core.services import Services

LINK_LASTS = timedelta(days=7)  # of a link in a note to the owner

log = structlog.get_logger()


async def media_link(services: Services, path: str) -> str:
    """The store's signed address of the file, else our own.

    When the store cannot sign now, the message is sent with our own address.
    """
    try:
        return await services.media.link(path) or own_link(services, path)
    except (ProviderError, NotFound) as error:
        log.warning("media_link_unsigned", path=path, reason=str(error))
        return own_link(services, path)


def own_link(services: Services, path: str) -> str:
    """Our public address of a stored file, signed so that others cannot be guessed.

    The address does not expire: the provider may fetch it late, and caches it once.
    """
    base = services.settings.web.public_url.rstrip("/")
    return f"{base}/media/{quote(checked_path(path))}?sig={services.secrets.sign(path)}"


def expiring_link(services: Services, path: str, now: datetime) -> str:
    """Our public address of a customer's file, for the owner, which ends after LINK_LASTS."""
    base = services.settings.web.public_url.rstrip("/")
    until = int((now + LINK_LASTS).timestamp())
    signature = services.secrets.sign(_with_end(checked_path(path), until))
    return f"{base}/media/{quote(path)}?until={until}&sig={signature}"


def link_is_ours(services: Services, path: str, signature: str, until: int | None = None) -> bool:
    """Whether we signed the link; one with an end is signed together with its end."""
    signed = path if until is None else _with_end(path, until)
    return signature.isascii() and services.secrets.signed(signed, signature)


def has_ended(until: int | None, now: datetime) -> bool:
    return until is not None and now.timestamp() >= until


def _with_end(path: str, until: int) -> str:
    return f"{path}?until={until}"  # no path holds a question mark
