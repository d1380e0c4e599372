"""A customer's files, brought from the provider; pictures into the boutique's own folder."""

from __future__ import annotations

from dukani.core.clients.transport import Media, download
from dukani.core.errors import (
    ConfigurationError,
    NotFound,
    ProviderRefused,
    ProviderUnavailable,
)
from dukani.core.images import MAX_BYTES, clean_copy
from dukani.core.services import Services
from dukani.core.store import credentials, messages
from dukani.core.store.credentials import Credentials
from dukani.core.store.messages import Message
from dukani.domain.attachments import Attachment, attachments_of
from dukani.tools.messengers import hosts_of_adverts, messenger_of

MAX_CARD_BYTES = 64 * 1024  # a contact card with a small portrait in it
MAX_VOICE_BYTES = 4 * 1024 * 1024  # half an hour as WhatsApp records it; more is not heard
_VOICE_ENDINGS = {
    "audio/ogg": "ogg", "audio/opus": "ogg", "audio/webm": "webm", "audio/mpeg": "mp3",
    "audio/mp4": "m4a", "audio/aac": "aac", "audio/amr": "amr",
}  # fmt: skip

# What a provider answers for a file that is not there yet. Meta says 400 of an id it does not know.
_NOT_YET = ("400", "404", "408", "409", "423", "425", "429")


def is_late(error: Exception) -> bool:
    """Whether a file may be there a moment later: the message came before its media."""
    if isinstance(error, ProviderUnavailable):
        return True
    return isinstance(error, ProviderRefused) and error.code in _NOT_YET


async def photo_of(
    services: Services, boutique_id: str, message: Message, attachment: Attachment | None = None
) -> bytes:
    """A picture of the message, from the boutique's folder or brought there first.

    Without `attachment` its first. Raises what `fetch_inbound_media` and the media store raise.
    """
    if attachment is None or attachment.number == 0:
        path = message.media_path or await fetch_inbound_media(services, boutique_id, message)
        return await services.media.get(path)
    try:
        return await services.media.get(_path(boutique_id, message, attachment))
    except NotFound:
        return await services.media.get(
            await fetch_inbound_media(services, boutique_id, message, attachment)
        )


async def fetch_inbound_media(
    services: Services, boutique_id: str, message: Message, attachment: Attachment | None = None
) -> str:
    """The path of a picture of the message, checked by its content and encoded anew.

    Raises NotFound (the message holds none), UnreadableImage, or what the provider's client
    raises. Doing it twice writes the same file to the same place.
    """
    attachment = attachment or _first(message)
    media = await _fetch(services, boutique_id, message, attachment, max_bytes=MAX_BYTES)
    # The name and type it came with are the sender's claims; decoding it is the check.
    clean = await clean_copy(media.content)
    path = _path(boutique_id, message, attachment)
    await services.media.put(path, clean, "image/jpeg")
    if attachment.number == 0:
        async with services.database.tenant_connection(boutique_id) as conn:
            await messages.set_media_path(conn, message_id=message.id, media_path=path)
    return path


async def fetch_card(
    services: Services, boutique_id: str, message: Message, attachment: Attachment
) -> str:
    """The text of a contact card (vCard). Raises what the provider's client raises."""
    media = await _fetch(services, boutique_id, message, attachment, max_bytes=MAX_CARD_BYTES)
    return media.content.decode("utf-8", "replace")


async def fetch_voice_note(
    services: Services, boutique_id: str, message: Message, attachment: Attachment
) -> tuple[bytes, str]:
    """A recording and its content type, kept in the boutique's folder for people to listen to.

    Raises what the provider's client and the media store raise.
    """
    kind = attachment.content_type.partition(";")[0].strip().lower() or "audio/ogg"
    if message.media_path is not None:
        return await services.media.get(message.media_path), kind
    media = await _fetch(services, boutique_id, message, attachment, max_bytes=MAX_VOICE_BYTES)
    path = f"{boutique_id}/inbound/{message.id}.{_VOICE_ENDINGS.get(kind, 'ogg')}"
    await services.media.put(path, media.content, kind)
    async with services.database.tenant_connection(boutique_id) as conn:
        await messages.set_media_path(conn, message_id=message.id, media_path=path)
    return media.content, kind


async def advert_photo(services: Services, message: Message, attachment: Attachment) -> bytes:
    """An advertisement's picture, as JPEG; kept nowhere, for nobody of the chat sent it.

    Its address came in a message: only one of the provider's own hosts is asked, without a
    secret. Raises ProviderRefused for any other, UnreadableImage, or what the client raises.
    """
    hosts = hosts_of_adverts(services, message.provider)
    if not hosts.include(attachment.reference):
        raise ProviderRefused("not a host of adverts", provider=message.provider, code="foreign")
    media = await download(
        services.http,
        attachment.reference,
        provider=message.provider,
        hosts=hosts,
        max_bytes=MAX_BYTES,
    )
    return await clean_copy(media.content)


async def _fetch(
    services: Services,
    boutique_id: str,
    message: Message,
    attachment: Attachment,
    *,
    max_bytes: int,
) -> Media:
    if not attachment.reference:
        raise NotFound(f"message {message.id} holds no media")
    keys = await _keys(services, boutique_id, message)
    messenger = messenger_of(services, keys)
    return await messenger.fetch_media(attachment.reference, max_bytes=max_bytes)


def _first(message: Message) -> Attachment:
    found = attachments_of(message.id, "image", message.payload)
    return found[0]


def _path(boutique_id: str, message: Message, attachment: Attachment) -> str:
    return path_of_attachment(boutique_id, message.id, attachment.number)


def path_of_attachment(boutique_id: str, message_id: str, number: int) -> str:
    """Where the `number`-th picture of a message is kept; the first is number 0."""
    return f"{boutique_id}/inbound/{message_id}{f'-{number}' if number else ''}.jpg"


async def _keys(services: Services, boutique_id: str, message: Message) -> Credentials:
    async with services.database.tenant_connection(boutique_id) as conn:
        keys = await credentials.get(
            conn, boutique_id=boutique_id, provider=message.provider, box=services.secrets
        )
    if keys is None:
        raise ConfigurationError(f"the boutique has no {message.provider} credentials")
    return keys
