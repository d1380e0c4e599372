"""Sends an approved message template: in the reader's language, or in another the boutique has."""

from __future__ import annotations

from collections.abc import Mapping

from dukani.core.channels import MessagingProvider
from dukani.core.clients.templates import Template, Variable
from dukani.core.database import Connection
from dukani.core.store import message_templates
from dukani.core.store.conversations import Conversation
from dukani.core.store.message_templates import RegisteredTemplate
from dukani.core.store.messages import Message
from dukani.domain.acts import Language
from dukani.domain.templates import MessageTemplate
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


async def registered(
    conn: Connection,
    template: MessageTemplate,
    *,
    provider: MessagingProvider,
    language: Language,
) -> RegisteredTemplate | None:
    """The approved template, in `language` if there is one, else in another language."""
    found = await message_templates.approved(conn, provider=provider, name=template.name)
    found.sort(key=lambda one: one.language != language)
    return found[0] if found else None


def filled(
    template: MessageTemplate, found: RegisteredTemplate, values: Mapping[str, str]
) -> Template:
    """The template with its values, as the provider's client sends it."""
    return Template(
        name=template.name,
        language=found.language,
        body=tuple(Variable(value) for value in template.values_in_order(values)),
        content_sid=found.content_sid,
    )
