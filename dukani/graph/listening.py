"""Turns voice notes into words, between the transactions of a turn.

The transcript becomes the message's text, kept with the message, so that a voice note is heard
once: a turn tried again, the next turns' history and the people of the shop read the words. A voice
note that could not be heard stays one, and the customer is asked to write.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import structlog

from dukani.agent.ear import Ear, Transcript
from dukani.core.jobs import Partition
from dukani.core.observability.tracing import span
from dukani.core.services import Services
from dukani.core.store import messages
from dukani.core.store.events import ConversationEvent
from dukani.core.work_slots import aside
from dukani.domain.attachments import HEARD
from dukani.graph.fetching import VoiceNote
from dukani.tools.token_budget import within_budget

log = structlog.get_logger()


async def listen(
    services: Services, ear: Ear, partition: Partition, notes: Mapping[str, VoiceNote]
) -> None:
    """Hears the voice notes, by message id, and keeps what was said with each message."""
    with aside(), services.capacity.minds.held(partition.boutique_id):
        deadline_s = services.settings.mind.hearing_s
        async with within_budget(services, partition):
            said = await asyncio.gather(*(_hear(ear, note, deadline_s) for note in notes.values()))
    at_once = services.database.at_once(partition.boutique_id)
    for message_id, transcript in zip(notes, said, strict=True):
        await messages.keep_transcript(
            at_once,
            message_id=message_id,
            text=transcript.text if transcript else "",
            note={HEARD: transcript.language if transcript and transcript.text else None},
        )


async def _hear(ear: Ear, note: VoiceNote, deadline_s: float) -> Transcript | None:
    try:
        with span("hearing"):
            async with asyncio.timeout(deadline_s):
                return await ear.hear(note.content, note.content_type)
    except Exception as error:  # whatever ails the ear, the customer is answered
        log.warning("ear_failed", reason=repr(error), exc_info=not isinstance(error, TimeoutError))
        return None


def with_words_heard(event: ConversationEvent) -> ConversationEvent:
    """The event with a voice note that was heard as a text message."""
    message = event.message
    if message is None or not message.payload.get(HEARD):
        return event
    return replace(event, message=replace(message, kind="text"))
