"""Has a language model reword a reply before sending, and checks the result against its facts."""

from __future__ import annotations

import asyncio

import structlog

from dukani.agent.grounding import ungrounded
from dukani.agent.wording.meeting import first_name
from dukani.core.jobs import Partition
from dukani.core.observability.tracing import keep_private, span
from dukani.core.services import Services
from dukani.core.store.messages import Message
from dukani.core.work_slots import aside
from dukani.tools.token_budget import within_budget

log = structlog.get_logger()


async def reworded(services: Services, message: Message) -> str | None:
    """The reworded text; None if the model was late, failed, or changed the facts."""
    assert services.reworder is not None and message.wording is not None
    facts, voice = message.wording["facts"], message.wording["voice"]
    keep_private(voice.get("customer"))  # whose name the template greets with
    partition = Partition(message.boutique_id, message.conversation_id)
    try:
        with span("wording"), aside(), services.capacity.minds.held(message.boutique_id):
            async with within_budget(services, partition):
                async with asyncio.timeout(services.settings.mind.wording_s):
                    text = await services.reworder.reword(message.body, facts, voice)
    except Exception as error:  # the template's text is sent even if the model fails
        log.warning("rewording_failed", message=message.id, reason=repr(error))
        return None
    name = first_name(voice.get("customer"))
    if wrong := ungrounded(text, message.body, voice["language"], name=name):
        # What was lost may be the customer's name.
        told = [reason for reason in wrong if not reason.startswith("lost ")] or ["lost"]
        log.warning("rewording_refused", message=message.id, wrong=told)
        return None
    return text
