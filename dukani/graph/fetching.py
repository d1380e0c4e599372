"""Fetches the media of a turn's messages (photos, contact cards) between transactions.

A transaction never waits for the outside. When a provider does not have a file yet, the queue runs
the turn again after 1 and after 3 seconds; after that the file counts as unreadable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from dukani.core.database import Connection
from dukani.core.errors import DukaniError, ProviderUnavailable
from dukani.core.jobs import Partition, defer_paced_turn, defer_turn
from dukani.core.services import Services
from dukani.core.store import messages
from dukani.core.store.events import ConversationEvent
from dukani.core.store.messages import Message
from dukani.core.transient_errors import is_transient
from dukani.domain.advertised import pieces_advertised
from dukani.domain.attachments import (
    HEARD,
    MOST_PHOTOS,
    MOST_VOICE_NOTES,
    Attachment,
    attachments_of,
    picture_of_advert,
)
from dukani.domain.brought import advert
from dukani.graph.context import Senses
from dukani.tools.media import advert_photo, fetch_card, fetch_voice_note, is_late, photo_of

log = structlog.get_logger()

LATE_WAITS = (timedelta(seconds=1), timedelta(seconds=3))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that a turn needs before it can be handled, and the message it came with."""

    message: Message
    attachment: Attachment


@dataclass(frozen=True, slots=True)
class VoiceNote:
    """A recording, as the provider has it; `content_type` is its sender's claim."""

    content: bytes = field(repr=False)
    content_type: str


@dataclass(frozen=True, slots=True)
class Files:
    """Fetched files by the attachment's key; None for a file that cannot be opened."""

    photos: Mapping[str, bytes | None] = field(default_factory=dict)
    cards: Mapping[str, str | None] = field(default_factory=dict)
    voice_notes: Mapping[str, VoiceNote | None] = field(default_factory=dict)

    def merged_with(self, other: Files) -> Files:
        return Files(
            {**self.photos, **other.photos},
            {**self.cards, **other.cards},
            {**self.voice_notes, **other.voice_notes},
        )

    def lack(self, wanted: Wanted) -> bool:
        key = wanted.attachment.key
        return not any(key in files for files in (self.photos, self.cards, self.voice_notes))


def wanted_of(written: Iterable[Message]) -> list[Wanted]:
    """The files of the messages to fetch: every contact card, the first MOST_PHOTOS photos and
    the first MOST_VOICE_NOTES voice notes that were not heard yet.

    Voice notes are fetched without an ear too: the owner can listen to them.
    """
    everything = [
        Wanted(message, attachment)
        for message in written
        for attachment in attachments_of(message.id, message.kind, message.payload)
    ]
    by_kind: dict[str, list[Wanted]] = {"card": [], "voice": [], "photo": []}
    for one in everything:
        holds = one.attachment.holds
        by_kind[holds if holds in by_kind else "photo"].append(one)
    notes = [one for one in by_kind["voice"] if HEARD not in one.message.payload]
    taken = by_kind["card"] + by_kind["photo"][:MOST_PHOTOS]
    taken += notes[:MOST_VOICE_NOTES]
    return [one for one in everything if one in taken]


async def adverts_to_look_at(
    conn: Connection, senses: Senses, written: Sequence[Message], *, boutique_id: str
) -> list[Wanted]:
    """The pictures of advertisements whose text names no piece the boutique sells."""
    found: list[Wanted] = []
    for message in written:
        told = advert(message.payload)
        picture = picture_of_advert(message.id, message.payload)
        if told is None or picture is None:
            continue
        sold = await senses.assortments.of(conn, boutique_id=boutique_id)
        if not pieces_advertised(told, sold.pieces):
            found.append(Wanted(message, picture))
    return found


def waits_for_media(waiting: Sequence[ConversationEvent]) -> bool:
    """Whether a late file's next try is not due yet."""
    return any(
        event.age.total_seconds() < float(event.message.payload.get("media_due_s", 0))
        for event in waiting
        if event.message is not None
    )


async def fetch_in_time(
    services: Services, partition: Partition, wanted: Sequence[Wanted]
) -> Files | None:
    """The files; None when capacity is used up or a file is late, and a later turn is deferred.

    Raises the errors of our own database and storage while they are down: the file exists, and a
    later try finds it.
    """
    assert partition.conversation_id is not None
    media = services.capacity.media
    if not media.has_for(partition.boutique_id):
        async with services.database.tenant_connection(partition.boutique_id) as conn:
            await defer_paced_turn(
                conn,
                boutique_id=partition.boutique_id,
                conversation_id=partition.conversation_id,
                delay=media.wait(partition.boutique_id),
            )
        return None
    with media.held(partition.boutique_id):
        files, late = await _fetch(services, partition.boutique_id, wanted)
    if late and await _give_time(services, partition.boutique_id, partition.conversation_id, late):
        return None
    return files


async def _fetch(
    services: Services, boutique_id: str, wanted: Sequence[Wanted]
) -> tuple[Files, list[Message]]:
    """The files that could be fetched, and the messages whose files may still arrive."""
    files = Files()
    late: list[Message] = []
    for one in wanted:
        try:
            opened = await _open(services, boutique_id, one)
        except Exception as error:  # no file may block the conversation
            if _is_ours_and_transient(error, one.message):
                raise
            _note(error, one)
            if _is_worth_waiting(error, one) and one.message not in late:
                late.append(one.message)
            opened = _unopened(one)
        files = files.merged_with(opened)
    return files, late


async def _open(services: Services, boutique_id: str, wanted: Wanted) -> Files:
    message, attachment = wanted.message, wanted.attachment
    match attachment.holds:
        case "card":
            card = await fetch_card(services, boutique_id, message, attachment)
            return Files(cards={attachment.key: card})
        case "voice":
            note = await fetch_voice_note(services, boutique_id, message, attachment)
            return Files(voice_notes={attachment.key: VoiceNote(*note)})
        case "advert":
            photo = await advert_photo(services, message, attachment)
        case _:
            photo = await photo_of(services, boutique_id, message, attachment)
    return Files(photos={attachment.key: photo})


def _unopened(wanted: Wanted) -> Files:
    nothing = {wanted.attachment.key: None}
    match wanted.attachment.holds:
        case "card":
            return Files(cards=nothing)
        case "voice":
            return Files(voice_notes=nothing)
        case _:
            return Files(photos=nothing)


async def _give_time(
    services: Services, boutique_id: str, conversation_id: str, late: Sequence[Message]
) -> bool:
    """Defers another turn for late files; returns False when no file has a try left."""
    async with services.database.tenant_connection(boutique_id) as conn:
        tries = [
            await messages.note_late_media(
                conn, message_id=message.id, waits_s=[w.total_seconds() for w in LATE_WAITS]
            )
            for message in late
        ]
        waits = [LATE_WAITS[number - 1] for number in tries if number is not None]
        if not waits:
            return False
        await defer_turn(
            conn, boutique_id=boutique_id, conversation_id=conversation_id, delay=max(waits)
        )
    return True


def _is_worth_waiting(error: Exception, wanted: Wanted) -> bool:
    """Whether the file may still arrive; an advertisement is answered without its picture."""
    return wanted.attachment.holds != "advert" and is_late(error)


def _is_ours_and_transient(error: Exception, message: Message) -> bool:
    """Whether our own database or storage, which has the file, is down for the moment."""
    stored = message.media_path is not None
    return is_transient(error) and (stored or not isinstance(error, ProviderUnavailable))


def _note(error: Exception, wanted: Wanted) -> None:
    log.warning(
        "file_not_readable",
        message_id=wanted.message.id,
        file=wanted.attachment.number,
        reason=str(error),
        exc_info=not isinstance(error, DukaniError | OSError),
    )
