"""A conversation at a person's desk."""

from __future__ import annotations

from datetime import timedelta

from dukani.core.lanes import defer_handoff_timer
from dukani.graph.context import Context


async def watch_the_handoff(context: Context) -> None:
    """Look again after some hours whether people still answer."""
    await defer_handoff_timer(
        context.conn,
        boutique_id=context.boutique.id,
        conversation_id=context.conversation.id,
        delay=timedelta(hours=context.services.settings.conversation.handoff_hours),
    )
