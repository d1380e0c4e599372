"""Sends an approved message template: in the reader's language, or in another the boutique has."""

from __future__ import annotations

from collections.abc import Mapping

from dukani.core.database import Connection
from dukani.core.store.conversations import Conversation
from dukani.core.store.messages import Message
from dukani.domain.acts import Language
from dukani.domain.templates import MessageTemplate
from dukani.tools.approved_templates import filled, registered
from dukani.tools.messaging import queue_template


async def queue_utility(
    conn: Connection,
    conversation: Conversation,
    template: MessageTemplate,
    values: Mapping[str, str],
    *,
    language: Language,
    reference: str,
) -> Message | None:
    """Queues the template to the customer; None when no language of it is approved."""
    found = await registered(conn, template, provider=conversation.provider, language=language)
    if found is None:
        return None
    return await queue_template(
        conn,
        conversation,
        filled(template, found, values),
        template.text(found.language, values),
        purpose="utility",
        reference=reference,
    )
