"""Lets a person of the shop write to a customer after the 24 hours, by an approved template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from dukani.core.database import Connection
from dukani.core.errors import CallerError, InvalidValue
from dukani.core.store import boutiques, consents, customers
from dukani.core.store.conversations import Conversation
from dukani.core.store.messages import Message
from dukani.domain.acts import Language
from dukani.domain.templates import OF_A_CHAT, MessageTemplate
from dukani.tools import approved_templates, chats
from dukani.tools.messaging import queue_template
from dukani.tools.staff import tell_that_staff_wrote

REFERENCE = "chat"


class NotApproved(CallerError):
    """WhatsApp has not approved this template for the boutique: register it, then try again."""

    http_status = 409


class OptedOut(CallerError):
    """The customer wrote stop: nothing may be sent until the customer writes again."""

    http_status = 409


@dataclass(frozen=True, slots=True)
class OfferedTemplate:
    """A template with what is known of its values; a person fills in the rest."""

    name: str
    language: Language
    text: str  # with its parameters as {name}
    parameters: tuple[str, ...]
    values: dict[str, str]


async def offered(conn: Connection, conversation: Conversation) -> list[OfferedTemplate]:
    """The approved templates for a chat, in the customer's language where there is one."""
    customer = await customers.get(conn, customer_id=conversation.customer_id)
    boutique = await boutiques.get(conn, boutique_id=conversation.boutique_id)
    assert customer is not None and boutique is not None  # foreign keys hold both
    known = {"shop": boutique.name, "name": (customer.name or "").split(" ")[0]}
    offers = []
    for template in OF_A_CHAT:
        found = await approved_templates.registered(
            conn,
            template,
            provider=conversation.provider,
            language=customer.language or boutique.language,
        )
        if found is not None:
            values = {name: known[name] for name in template.parameters if known.get(name)}
            text = template.texts[found.language]
            offers.append(
                OfferedTemplate(template.name, found.language, text, template.parameters, values)
            )
    return offers


async def send(
    conn: Connection,
    conversation: Conversation,
    *,
    name: str,
    values: Mapping[str, str],
    by: str,
    silent_for: timedelta,
) -> Message:
    """Queues the template; the chat is then the member's. Raises NotApproved, InvalidValue."""
    template = _named(name, values)
    if not await consents.may_answer(conn, customer_id=conversation.customer_id):
        raise OptedOut
    customer = await customers.get(conn, customer_id=conversation.customer_id)
    boutique = await boutiques.get(conn, boutique_id=conversation.boutique_id)
    assert customer is not None and boutique is not None  # foreign keys hold both
    found = await approved_templates.registered(
        conn,
        template,
        provider=conversation.provider,
        language=customer.language or boutique.language,
    )
    if found is None:
        raise NotApproved
    taken = await chats.take_over(
        conn, conversation_id=conversation.id, by=by, silent_for=silent_for
    )
    queued = await queue_template(
        conn,
        taken,
        approved_templates.filled(template, found, values),
        template.text(found.language, values),
        purpose="utility",
        written_by=by,
        reference=REFERENCE,
    )
    await tell_that_staff_wrote(conn, taken)
    return queued


def _named(name: str, values: Mapping[str, str]) -> MessageTemplate:
    """Raises InvalidValue."""
    template = next((one for one in OF_A_CHAT if one.name == name), None)
    if template is None:
        raise InvalidValue(field="name", value=name, remedy="Take one of those on offer.")
    for parameter in template.parameters:
        if not values.get(parameter, "").strip():
            raise InvalidValue(field=f"values.{parameter}", remedy="Fill this in.")
    return template
