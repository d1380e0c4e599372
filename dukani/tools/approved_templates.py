"""Finds which approved message template may be sent, and fills it in."""

from __future__ import annotations

from collections.abc import Mapping

from dukani.core.channels import WhatsAppProvider
from dukani.core.clients.templates import Template, Variable
from dukani.core.database import Connection
from dukani.core.store import message_templates
from dukani.core.store.message_templates import RegisteredTemplate
from dukani.domain.acts import Language
from dukani.domain.templates import MessageTemplate


async def registered(
    conn: Connection,
    template: MessageTemplate,
    *,
    provider: WhatsAppProvider,
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
