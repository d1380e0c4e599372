"""Lists the files attached to a message and classifies each as photo, contact card or advert. Pure.

A file's content type is only its sender's claim, and a document may hold a photo under any name.
So every file is opened unless its type rules a photo out, and its bytes decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from dukani.domain.brought import advert

Holds = Literal["photo", "maybe_photo", "card", "advert", "voice"]

MOST_PHOTOS = 4  # analysed in one turn; the customer is told of further ones
MOST_VOICE_NOTES = 3  # heard in one turn
# In the payload of a voice note an ear was asked of: the language it is in, or null: not heard.
HEARD = "heard"

_PHOTO_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".jfif", ".heic", ".heif")
_NOT_OPENED = ("video", "sticker", "unsupported", "deleted")
_CARD_TYPES = ("text/vcard", "text/x-vcard", "text/directory")
# Types that rule a photo out; a file of any other type may be one.
_NO_PHOTO = ("text/", "audio/", "video/", "application/pdf", "application/vnd.", "application/zip",
             "application/msword", "application/rtf", "application/json")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a message: the `number`-th, from 0; `reference` is the provider's."""

    message_id: str
    number: int
    reference: str
    content_type: str
    holds: Holds

    @property
    def key(self) -> str:
        """A key of the file, unique within a turn."""
        if self.holds == "advert":
            return advert_key(self.message_id)
        return f"{self.message_id}:{self.number}" if self.number else self.message_id


def advert_key(message_id: str) -> str:
    """The key of the picture in the advertisement a message came from."""
    return f"{message_id}:advert"


def picture_of_advert(message_id: str, payload: Mapping[str, Any]) -> Attachment | None:
    """The advertisement's own picture; the provider stores it as it stores customers' photos."""
    told = advert(payload)
    if told is None or not told.image_url:
        return None
    return Attachment(message_id, 0, told.image_url, "", "advert")


def attachments_of(message_id: str, kind: str, payload: Mapping[str, Any]) -> list[Attachment]:
    """The files of a message that can be opened, in the order they were sent.

    An image message has one file even where its address was lost, so that the customer is told.
    """
    files = files_of(payload)
    if kind == "image" and not files:
        return [Attachment(message_id, 0, "", "", "photo")]
    return [
        Attachment(message_id, number, _text(file, "reference"), _text(file, "content_type"), holds)
        for number, file in enumerate(files)
        if (holds := _holds(kind if number == 0 else "", file)) is not None
    ]


def files_of(payload: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The message's own file and those sent with it."""
    first, more = payload.get("media"), payload.get("more_media")
    files = [first, *(more if isinstance(more, list) else [])]
    return [file for file in files if isinstance(file, Mapping)]


def is_card(content_type: str) -> bool:
    return _plain(content_type) in _CARD_TYPES


def claims_photo(content_type: str, filename: str = "") -> bool:
    """Whether a file says that it is a picture, by its type or by its name."""
    return _plain(content_type).startswith("image/") or filename.lower().endswith(_PHOTO_ENDINGS)


def _holds(kind: str, file: Mapping[str, Any]) -> Holds | None:
    content_type, name = _text(file, "content_type"), _text(file, "filename")
    if kind in _NOT_OPENED:
        return None
    if kind == "audio":
        return "voice"
    if is_card(content_type) or name.lower().endswith(".vcf"):
        return "card"
    if kind == "image" or claims_photo(content_type, name):
        return "photo"
    return None if _plain(content_type).startswith(_NO_PHOTO) else "maybe_photo"


def _plain(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _text(file: Mapping[str, Any], field: str) -> str:
    value = file.get(field)
    return value if isinstance(value, str) else ""
