"""Makes signed addresses of stored media, for WhatsApp to fetch."""

from __future__ import annotations

from urllib.parse import quote

import structlog

from dukani.core.clients.storage import checked_path
from dukani.core.errors import NotFound, ProviderError
from dukani.core.services import Services

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


def link_is_ours(services: Services, path: str, signature: str) -> bool:
    return signature.isascii() and services.secrets.signed(path, signature)
