"""Handles side effects of a refused message: copies, opt-outs, alarms to the owner."""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from dukani.agent.wording.owner_alarms import held_note
from dukani.core.channels import Channel, MessagingProvider
from dukani.core.clients.send_errors import HELD, Action, action_for, set_up_of
from dukani.core.database import Connection
from dukani.core.jobs import Partition, defer_delivery
from dukani.core.store import boutiques, consents, conversations, owner_notices
from dukani.core.store.consents import Purpose
from dukani.core.store.messages import Message
from dukani.tools.messaging import queue_owner_note
from dukani.tools.resend import queue_copy
from dukani.tools.words_alone import queue_words_alone

log = structlog.get_logger()

_ABOUT = "sending:"
# What a customer has stopped who stopped it at the provider.
_STOPPED: Mapping[Channel, tuple[Purpose, ...]] = {
    "whatsapp": ("marketing",),
    "sms": ("sms", "marketing"),
}


async def note_failure(
    conn: Connection, partition: Partition, message: Message, *, code: str | None, told_by: str
) -> None:
    """Handles a status callback saying that an accepted message was not delivered.

    `told_by` is the source for the consent ledger: `meta_status`.
    """
    if message.status != "failed":  # the message has arrived in the meantime
        await _note_opt_out(conn, message, code=code, told_by=told_by)
        return
    wait = await queue_copy(conn, message, error_code=code)
    if wait is not None:
        await defer_delivery(conn, partition, delay=wait)
    if await note_given_up(conn, message, code=code, told_by=told_by):
        await defer_delivery(conn, partition)
    if code is not None and action_for(code) in HELD:
        await tell_owner(conn, partition, message, code=code)


async def note_given_up(
    conn: Connection, message: Message, *, code: str | None, told_by: str
) -> bool:
    """Records an opt-out told by WhatsApp, and queues the text of a message whose picture failed.

    Returns whether a message was queued.
    """
    await _note_opt_out(conn, message, code=code, told_by=told_by)
    return await queue_words_alone(conn, message, error_code=code) is not None


async def _note_opt_out(
    conn: Connection, message: Message, *, code: str | None, told_by: str
) -> None:
    if action_for(code) is not Action.OPT_OUT_MARKETING or message.conversation_id is None:
        return
    conversation = await conversations.get(conn, conversation_id=message.conversation_id)
    if conversation is None:
        return
    for purpose in _STOPPED[message.channel]:
        await consents.record(
            conn,
            customer_id=conversation.customer_id,
            purpose=purpose,
            granted=False,
            source=told_by,
            words=code,
        )


async def tell_owner(
    conn: Connection, partition: Partition, message: Message, *, code: str
) -> None:
    """Tells the owner, once until it works again, that the boutique's set-up blocks sending."""
    await tell_of_set_up(
        conn, boutique_id=partition.boutique_id, provider=message.provider, code=code
    )


async def tell_of_set_up(
    conn: Connection, *, boutique_id: str, provider: MessagingProvider, code: str
) -> None:
    """As `tell_owner`, for whoever has no message at hand."""
    what = set_up_of(code)
    if not await owner_notices.is_news(conn, about=f"{_ABOUT}{what}"):
        return
    log.error("sending_held", boutique=boutique_id, code=code, what=what.value)
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    if boutique is not None:
        note = held_note(what, code=code, provider=provider, language=boutique.language)
        await queue_owner_note(conn, boutique, note)


def was_held(message: Message) -> bool:
    """Whether the message was held: refused before because of the boutique's set-up.

    `message` is the row before this attempt.
    """
    return message.error_code is not None and action_for(message.error_code) in HELD


async def note_mended(conn: Connection, partition: Partition) -> None:
    """Records that sending works again, so that the owner is told of the next refusal."""
    mended = await owner_notices.note_over(conn, prefix=_ABOUT)
    if mended:
        log.info("sending_mended", boutique=partition.boutique_id, what=mended)
