"""Reading and looking, between the transactions of a turn: a mind may take seconds, and meanwhile
the turn holds no connection, no lock and none of the worker's slots.

A mind that is late or fails is replaced at once by this machine's own reader.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog

from dukani.agent.eye import PhotoAnalysis
from dukani.core.errors import UnreadableImage
from dukani.core.jobs import Partition
from dukani.core.services import Services
from dukani.core.settings import Mind
from dukani.core.store import messages
from dukani.core.work_slots import aside
from dukani.domain.acts import Understanding
from dukani.graph.context import Senses
from dukani.graph.fetching import Files
from dukani.graph.perceived import Perceived, ToPerceive, ToRead

log = structlog.get_logger()


async def ask_senses(
    services: Services, senses: Senses, partition: Partition, wanted: ToPerceive, files: Files
) -> None:
    """Ask all that a turn lacks, and keep the answers with its message.

    Raises what an eye raises beside UnreadableImage, which is of its own making, and what our own
    database raises.
    """
    with aside(), services.capacity.minds.held(partition.boutique_id):
        perceived = await _perceive(senses, wanted, files.photos, services.settings.mind)
    at_once = services.database.at_once(partition.boutique_id)
    await messages.keep_perceived(
        at_once, message_id=wanted.message_id, perceived=perceived.as_plain()
    )


async def _perceive(
    senses: Senses, wanted: ToPerceive, photos: Mapping[str, bytes | None], limits: Mind
) -> Perceived:
    reading = [_read(senses, one, limits.reading_s) for one in wanted.words]
    looking = [_look(senses, photos[key]) for key in wanted.photos]
    understood = await asyncio.gather(*reading)
    seen = await asyncio.gather(*looking)
    return Perceived(
        {one.key: made for one, made in zip(wanted.words, understood, strict=True)},
        dict(zip(wanted.photos, seen, strict=True)),
    )


async def _read(senses: Senses, wanted: ToRead, deadline_s: float) -> Understanding:
    assert senses.mind is not None  # without one the words are read where they are met
    try:
        async with asyncio.timeout(deadline_s):
            return await senses.mind.read(wanted.text, wanted.context)
    except Exception as error:  # whatever ails it, the customer is answered
        log.warning("mind_failed", reason=repr(error), exc_info=not isinstance(error, TimeoutError))
        return await senses.reader.read(wanted.text, wanted.context)


async def _look(senses: Senses, photo: bytes | None) -> PhotoAnalysis | None:
    if photo is None:
        return None
    try:
        return await senses.eye.look(photo)
    except UnreadableImage:
        return None
