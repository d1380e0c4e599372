"""The owner tries her shop as a customer: her words go to a conversation of her own."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from dukani.agent.wording import owner_desk as words
from dukani.core.channels import WhatsAppProvider
from dukani.core.jobs import defer_turn
from dukani.core.store import conversations, customers, owner_inbox, owner_sessions
from dukani.owner.context import Desk


async def begin(desk: Desk) -> None:
    hours = desk.services.settings.owner.shopping_hours
    await owner_sessions.shop(desk.conn, lasts=timedelta(hours=hours))
    await desk.say(words.told("shopping", desk.language, hours=hours))


async def end(desk: Desk) -> None:
    was_shopping = desk.session.shopping
    await owner_sessions.shop(desk.conn, lasts=None)
    await desk.tell("at_the_desk" if was_shopping else "is_at_the_desk")


async def pass_on(desk: Desk) -> None:
    """Makes the message one of her conversation as a customer, and defers its turn."""
    phone = desk.boutique.owner_phone
    assert phone is not None  # she wrote from it
    customer = await customers.find_or_create(desk.conn, phone=phone, name=desk.boutique.owner_name)
    conversation = await conversations.find_or_create(
        desk.conn,
        customer_id=customer.id,
        # The desk hears WhatsApp alone.
        provider=cast(WhatsAppProvider, desk.message.provider),
    )
    await owner_inbox.make_a_customers(
        desk.conn, message_id=desk.message.id, conversation_id=conversation.id, answer_to=phone
    )
    await defer_turn(desk.conn, boutique_id=desk.boutique.id, conversation_id=conversation.id)
