"""Handles the owner's messages, one after another, each once.

A message is marked as handled in the transaction that does what it says, so a job tried twice, or
killed in the middle, does it once. A photo is fetched and looked at before that transaction.
"""

from __future__ import annotations

import structlog

from dukani.agent.eye import Eye
from dukani.core.services import Services
from dukani.core.store import audit, boutiques, messages, owner_inbox, owner_sessions
from dukani.core.store.messages import Message
from dukani.core.transient_errors import is_transient
from dukani.owner.answering import answer
from dukani.owner.context import Desk, SeenPhoto
from dukani.owner.photos import look_at, shows_a_new_piece

log = structlog.get_logger()

MOST_FAILURES = 3


class OwnerDesk:
    """Handles what owners write; `eye` looks at the photos of new pieces."""

    def __init__(self, services: Services, eye: Eye) -> None:
        self._services = services
        self._eye = eye

    async def handle(self, *, boutique_id: str) -> None:
        """Handles the boutique's open messages of the owner.

        The queue retries a failed one. One that fails three times is left, and the owner is told.
        """
        while await self._handle_next(boutique_id):
            continue

    async def _handle_next(self, boutique_id: str) -> bool:
        async with self._services.database.tenant_connection(boutique_id) as conn:
            waiting = await owner_inbox.next_open(conn)
            session = await owner_sessions.get(conn)
        if waiting is None:
            return False
        message = waiting.message
        try:
            photo = None
            if shows_a_new_piece(message) and not session.shopping:
                photo = await look_at(self._services, self._eye, boutique_id, message)
            await self._answer(boutique_id, message, photo)
        except Exception as error:
            if is_transient(error) or not await self._give_up(boutique_id, message):
                raise
            log.exception("owner_message_given_up", message=message.id)
        return True

    async def _answer(self, boutique_id: str, message: Message, photo: SeenPhoto | None) -> None:
        partition = f"{boutique_id}:owner"
        database = self._services.database
        async with database.tenant_connection(boutique_id, partition=partition) as conn:
            if not await owner_inbox.mark_handled(conn, message_id=message.id):
                return
            await audit.by_message(conn)
            boutique = await boutiques.get(conn, boutique_id=boutique_id)
            assert boutique is not None  # the message's foreign key holds it
            desk = Desk(
                conn=conn,
                services=self._services,
                boutique=boutique,
                message=message,
                session=await owner_sessions.get(conn),
                quoted=await messages.by_provider_id(conn, provider_id=message.reply_to or ""),
                photo=photo,
            )
            await answer(desk)

    async def _give_up(self, boutique_id: str, message: Message) -> bool:
        """Counts the failure; whether the message is left now, and the owner told."""
        async with self._services.database.tenant_connection(boutique_id) as conn:
            failures = await owner_inbox.note_failure(conn, message_id=message.id)
            if failures < MOST_FAILURES:
                return False
            await owner_inbox.mark_handled(conn, message_id=message.id)
            boutique = await boutiques.get(conn, boutique_id=boutique_id)
            assert boutique is not None
            desk = Desk(conn, self._services, boutique, message, await owner_sessions.get(conn))
            await desk.tell("failed")
        return True
