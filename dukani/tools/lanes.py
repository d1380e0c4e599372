"""The lanes messages leave in: one for each conversation, one for notes to each owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from dukani.core.database import Connection
from dukani.core.queue import defer


@dataclass(frozen=True, slots=True)
class Lane:
    """A conversation's, or the owner's when there is no conversation."""

    boutique_id: str
    conversation_id: str | None

    @property
    def lock(self) -> str:
        """Jobs of one lane run one after another, so its messages keep their order."""
        return f"deliver:{self.conversation_id or f'{self.boutique_id}:owner'}"


async def defer_delivery(conn: Connection, lane: Lane, *, delay: timedelta | None = None) -> None:
    """Queue the lane's delivery on this transaction."""
    await defer(
        conn,
        "deliver",
        lock=lane.lock,
        delay=delay,
        boutique_id=lane.boutique_id,
        conversation_id=lane.conversation_id,
    )
