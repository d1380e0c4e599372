"""Calls mind and eye between the transactions of a turn.

A language model may take seconds; meanwhile the turn holds no connection, no lock and none of the
worker's slots. When the mind fails or misses its deadline, the local reader answers at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import nullcontext

import structlog

from dukani.agent.eye import PhotoAnalysis
from dukani.core.errors import UnreadableImage
from dukani.core.jobs import Partition
from dukani.core.observability.tracing import span
from dukani.core.services import Services
from dukani.core.settings import Mind
from dukani.core.store import messages
from dukani.core.work_slots import aside
from dukani.domain.acts import Understanding
from dukani.domain.context import TurnContext
from dukani.domain.grounded_acts import grounded
from dukani.graph.context import Senses
from dukani.graph.fetching import Files
from dukani.graph.perceived import Perceived, ToPerceive, ToRead
from dukani.tools.token_budget import within_budget

log = structlog.get_logger()


async def ask_senses(
    services: Services, senses: Senses, partition: Partition, wanted: ToPerceive, files: Files
) -> None:
    """Gets all readings and photo analyses a turn lacks and stores them with its message.

    Raises the database's errors and the eye's, except UnreadableImage.
    """
    with aside(), services.capacity.minds.held(partition.boutique_id):
        async with within_budget(services, partition) if senses.mind else nullcontext():
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
    assert senses.mind is not None  # without a mind the turn reads the words itself
    try:
        with span("reading"):
            async with asyncio.timeout(deadline_s):
                understood = await senses.mind.read(wanted.text, wanted.context)
    except Exception as error:  # the customer is answered even if the mind fails
        log.warning("mind_failed", reason=repr(error), exc_info=not isinstance(error, TimeoutError))
        return await senses.reader.read(wanted.text, wanted.context)
    plainly = await senses.reader.read(wanted.text, wanted.context)
    return grounded(
        understood, plainly=plainly, words=wanted.text, names=_names_told(wanted.context)
    )


def _names_told(context: TurnContext) -> str:
    """Every name of a piece in the context, as one text."""
    names = [*context.sold.names, *(option.name for option in context.options)]
    names += [line.name for line in context.cart]
    return " ".join([*names, context.focus.name if context.focus else ""])


async def _look(senses: Senses, photo: bytes | None) -> PhotoAnalysis | None:
    if photo is None:
        return None
    try:
        with span("seeing"):
            return await senses.eye.look(photo)
    except UnreadableImage:
        return None
