"""Passes the owner's reply to a note on to the customer whom the note is about.

Only a message from the owner's phone to the owner's own boutique is passed on; a customer's words
quoted in a note are never read again. All other messages of the owner are answered like anyone's.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.agent.local_reader import gives_back
from dukani.agent.wording.owner_replies import Answer, answer_note, customer_named
from dukani.core.database import Connection
from dukani.core.phone import mask_phone
from dukani.core.store import consents, conversations, messages, webhook_events
from dukani.core.store.boutiques import Boutique
from dukani.core.store.conversations import Conversation
from dukani.core.store.messages import ABOUT
from dukani.core.store.parties import Parties, of_conversation
from dukani.tools import messaging, staff
from dukani.tools.sending_rules import is_window_open
from dukani.webhooks.dependencies import Webhooks
from dukani.webhooks.inbound import InboundMessage


async def pass_on_owner_reply(webhooks: Webhooks, boutique: Boutique, item: InboundMessage) -> bool:
    """Pass a message on if the owner wrote it for a customer; whether it was passed on."""
    if item.by_staff or boutique.owner_phone is None or item.phone != boutique.owner_phone:
        return False
    patience = timedelta(hours=webhooks.services.settings.conversation.handoff_hours)
    async with webhooks.services.database.tenant_connection(boutique.id) as conn:
        conversation_ids = await _conversations_meant(
            conn, item, owner_phone=boutique.owner_phone, patience=patience
        )
        if not conversation_ids:
            return False
        if await _is_new(conn, boutique, item):
            await _pass_on(conn, boutique, item, conversation_ids)
    return True


async def _conversations_meant(
    conn: Connection, item: InboundMessage, *, owner_phone: str, patience: timedelta
) -> list[str]:
    """The conversation that the quoted note is about, else those that wait for a person."""
    quoted = await messages.by_provider_id(conn, provider_id=item.reply_to or "")
    if quoted is not None and quoted.recipient != owner_phone:
        return []  # the owner answers the assistant in a chat of their own
    if quoted is not None and ABOUT in quoted.payload:
        return [str(quoted.payload[ABOUT])]
    waiting = await conversations.with_people(conn, patience=patience, owner_phone=owner_phone)
    return [one.id for one in waiting]


async def _is_new(conn: Connection, boutique: Boutique, item: InboundMessage) -> bool:
    stored = await webhook_events.store(
        conn,
        provider=item.provider,
        event_key=item.event_key,
        kind="owner_reply",
        payload=item.raw,
        boutique_id=boutique.id,
        outcome="handled",
    )
    return stored is not None


async def _pass_on(
    conn: Connection, boutique: Boutique, item: InboundMessage, conversation_ids: list[str]
) -> None:
    if len(conversation_ids) > 1:
        await _queue_answer(conn, boutique, "several")
        return
    parties = await of_conversation(conn, conversation_id=conversation_ids[0])
    if parties is None:
        return
    conversation, who = parties.conversation, _named(parties)
    if answer := await _reason_not_to_send(conn, conversation, item):
        await _queue_answer(conn, boutique, answer, who, about=conversation.id)
    elif gives_back(item.text):
        await staff.hand_back(conn, conversation)
        await _queue_answer(conn, boutique, "handed_back", who, about=conversation.id)
    else:
        await staff.staff_wrote(conn, conversation, item.text, by_note=True)


async def _reason_not_to_send(
    conn: Connection, conversation: Conversation, item: InboundMessage
) -> Answer | None:
    """Why the text cannot be sent to the customer; none if it can."""
    if item.kind != "text" or not item.text:
        return "only_words"
    if gives_back(item.text):
        return None
    if not await consents.may_answer(conn, customer_id=conversation.customer_id):
        return "said_stop"
    if not is_window_open(conversation.last_inbound_at, datetime.now(UTC)):
        return "window_closed"
    return None


def _named(parties: Parties) -> str:
    customer = parties.customer
    phone = mask_phone(customer.phone) if customer.phone else ""
    return customer_named(customer.name, phone, language=parties.boutique.language)


async def _queue_answer(
    conn: Connection,
    boutique: Boutique,
    answer: Answer,
    who: str = "",
    *,
    about: str | None = None,
) -> None:
    text = answer_note(answer, who, language=boutique.language)
    await messaging.queue_owner_note(conn, boutique, text, about=about)
