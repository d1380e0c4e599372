"""Fetches the photo of a new piece and has it looked at, outside any transaction."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import structlog

from dukani.agent.eye import Eye
from dukani.core.errors import DukaniError
from dukani.core.services import Services
from dukani.core.store.messages import Message
from dukani.core.transient_errors import is_transient
from dukani.owner.captions import read_caption
from dukani.owner.context import SeenPhoto
from dukani.tools.media import is_late, photo_of
from dukani.tools.pictures import keep_picture

log = structlog.get_logger()

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without look-alikes such as O and 0
_WAITS_FOR_FILE = timedelta(minutes=5)


def shows_a_new_piece(message: Message) -> bool:
    """Whether the message is a photo with a price."""
    return message.kind == "image" and read_caption(message.body) is not None


def sku_of(message: Message) -> str:
    """A new piece's SKU, the same whenever its message is handled."""
    number = int.from_bytes(hashlib.sha256(message.id.encode()).digest()[:8], "big")
    letters = []
    for _ in range(6):
        number, left = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[left])
    return "N-" + "".join(letters)


async def look_at(services: Services, eye: Eye, boutique_id: str, message: Message) -> SeenPhoto:
    """The photo, kept, with the eye's analysis; an empty one if it cannot be opened.

    Raises what the provider's client or the media store raise while the file may still come.
    """
    try:
        data = await photo_of(services, boutique_id, message)
        analysis = await eye.look(data)
        path = await keep_picture(
            services, boutique_id=boutique_id, data=data, name=sku_of(message).lower()
        )
    except (DukaniError, OSError) as error:
        age = datetime.now(UTC) - message.created_at
        if (is_transient(error) or is_late(error)) and age < _WAITS_FOR_FILE:
            raise
        log.warning("photo_of_a_piece_not_readable", message_id=message.id, reason=str(error))
        return SeenPhoto()
    return SeenPhoto(path=path, analysis=analysis)
