"""Holds a conversation to its tokens of a day; over them the local reader, eye and ear answer,
and templates are sent as they are.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dukani.agent.metering import metered
from dukani.core.jobs import Partition
from dukani.core.services import Services
from dukani.core.store import token_usage


@asynccontextmanager
async def within_budget(services: Services, partition: Partition) -> AsyncIterator[None]:
    """Lets the block use what is left of today's tokens, and counts what it used."""
    assert partition.conversation_id is not None
    conn = services.database.at_once(partition.boutique_id)
    used = await token_usage.used_today(conn, conversation_id=partition.conversation_id)
    with metered(max(0, services.settings.gemini.tokens_per_day - used)) as meter:
        try:
            yield
        finally:
            for model, usage in meter.calls:
                await token_usage.add(
                    conn,
                    conversation_id=partition.conversation_id,
                    model=model,
                    input_tokens=usage.input_tokens,
                    output_tokens=usage.output_tokens,
                )
