"""A conversation at a person's desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.core.lanes import defer_handoff_timer
from dukani.graph.context import Context


def handed_off(context: Context) -> bool:
    """Whether a person answers: until she gives it back, or is silent for some hours."""
    conversation = context.conversation
    if conversation.handed_off_at is None:
        return False
    last = max(conversation.handed_off_at, conversation.last_staff_at or conversation.handed_off_at)
    patience = timedelta(hours=context.services.settings.conversation.handoff_hours)
    return datetime.now(UTC) < last + patience


async def watch_the_handoff(context: Context) -> None:
    """Look again after some hours whether people still answer."""
    await defer_handoff_timer(
        context.conn,
        boutique_id=context.boutique.id,
        conversation_id=context.conversation.id,
        delay=timedelta(hours=context.services.settings.conversation.handoff_hours),
    )
