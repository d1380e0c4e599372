"""A customer's picture, brought from the provider into the boutique's own folder."""

from __future__ import annotations

from dukani.core.errors import ConfigurationError, NotFound
from dukani.core.images import MAX_BYTES, clean_copy
from dukani.core.services import Services
from dukani.core.store import credentials, messages
from dukani.core.store.credentials import Credentials
from dukani.core.store.messages import Message
from dukani.tools.channels import messenger_of


async def photo_of(services: Services, boutique_id: str, message: Message) -> bytes:
    """The message's picture, from the boutique's folder or brought there first.

    Raises what `fetch_inbound_media` and the media store raise.
    """
    path = message.media_path or await fetch_inbound_media(services, boutique_id, message)
    return await services.media.get(path)


async def fetch_inbound_media(services: Services, boutique_id: str, message: Message) -> str:
    """The path of the message's picture, checked by its content and encoded anew.

    Raises NotFound (the message holds none), UnreadableImage, or what the provider's client
    raises. Doing it twice writes the same file to the same place.
    """
    reference = (message.payload.get("media") or {}).get("reference")
    if not reference:
        raise NotFound(f"message {message.id} holds no media")
    keys = await _keys(services, boutique_id, message)
    media = await messenger_of(services, keys).fetch_media(reference, max_bytes=MAX_BYTES)
    # The name and type it came with are the sender's claims; decoding it is the check.
    clean = await clean_copy(media.content)
    path = f"{boutique_id}/inbound/{message.id}.jpg"
    await services.media.put(path, clean, "image/jpeg")
    async with services.database.tenant_connection(boutique_id) as conn:
        await messages.set_media_path(conn, message_id=message.id, media_path=path)
    return path


async def _keys(services: Services, boutique_id: str, message: Message) -> Credentials:
    async with services.database.tenant_connection(boutique_id) as conn:
        keys = await credentials.get(
            conn, boutique_id=boutique_id, provider=message.channel, box=services.secrets
        )
    if keys is None:
        raise ConfigurationError(f"the boutique has no {message.channel} credentials")
    return keys
