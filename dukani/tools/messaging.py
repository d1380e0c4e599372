"""Queues outbound messages in the outbox; they are delivered after the turn has committed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import structlog

from dukani.agent.facts import Button, Reply, Voice
from dukani.agent.wording import list_rows
from dukani.agent.wording.rows import LIST_BUTTON, LIST_TEXT
from dukani.agent.wording.splitting import split_text
from dukani.core.channels import MessagingProvider
from dukani.core.clients import africastalking, meta, twilio
from dukani.core.clients.templates import Template
from dukani.core.database import Connection
from dukani.core.jobs import Partition, defer_delivery, defer_later_delivery
from dukani.core.store import boutiques, messages
from dukani.core.store.boutiques import Boutique
from dukani.core.store.conversations import Conversation
from dukani.core.store.messages import (
    ABOUT,
    ASKS,
    DESPITE_STOP,
    WRITTEN_BY,
    Message,
    Purpose,
)
from dukani.domain.acts import Language
from dukani.domain.alerts import AlertKind
from dukani.tools.owner_alerts import alert_template

log = structlog.get_logger()

_LONGEST: dict[MessagingProvider, int] = {
    "twilio": twilio.MAX_BODY,
    "meta": meta.MAX_TEXT,
    "twilio_sms": twilio.MAX_BODY,
    "africastalking": africastalking.MAX_TEXT,
}


async def queue_reply(
    conn: Connection,
    conversation: Conversation,
    reply: Reply,
    *,
    language: Language,
    despite_stop: bool = False,
    picture: str | None = None,
    wording: Mapping[str, Any] | None = None,
    claim: bool = False,
    reference: str | None = None,
) -> list[Message]:
    """Queues a reply on the turn's connection, as one message or several in order.

    The caller delivers the conversation's partition after the commit.

    A reply with options becomes a picture of the options with the text below, and on Meta a list
    to tap too. Each of these messages keeps the options, so that the customer can answer it with
    their numbers. `despite_stop` sends to an opted-out customer too. `picture` is the path of the
    options' picture; without it, delivery makes the picture. `wording` holds the reply's facts, so
    that delivery may have it reworded. With `claim` the first message that needs no picture gets
    status `sending` at once, for the caller to send, unless another message waits before it.
    `reference` names what the reply is about: `order:DK-1001`.
    """
    if reply.options:
        return await _queue_options(
            conn,
            conversation,
            reply,
            language=language,
            picture=picture,
            claim=claim,
            reference=reference,
        )
    if reply.buttons and conversation.provider == "meta" and len(reply.text) <= meta.MAX_CAPTION:
        return [await _queue_buttons(conn, conversation, reply, claim=claim, reference=reference)]
    parts = fitting(reply.text, conversation.provider)
    if wording is not None and len(parts) == 1:
        return [await _queue_for_rewording(conn, conversation, reply, wording)]
    return await _queue_words(
        conn,
        conversation,
        parts,
        despite_stop=despite_stop,
        claim=claim,
        reference=reference,
    )


async def queue_template(
    conn: Connection,
    conversation: Conversation,
    template: Template,
    text: str,
    *,
    purpose: Purpose,
    written_by: str | None = None,
    picture: str | None = None,
    after: timedelta | None = None,
    reference: str | None = None,
) -> Message:
    """Queues an approved template, which may be sent outside WhatsApp's 24 hours too.

    `text` is the template's text for the chat, `picture` a path in the media store for its header.
    `written_by` is the member who chose it, if one did. The message leaves after the delay `after`;
    marketing only if the customer consents by then.
    """
    queued = await messages.queue_outbound(
        conn,
        conversation_id=conversation.id,
        channel=conversation.channel,
        provider=conversation.provider,
        author="staff" if written_by else "assistant",
        kind="template",
        body=text,
        payload={WRITTEN_BY: written_by} if written_by else {},
        media_path=picture,
        template=template.as_plain(),
        purpose=purpose,
        send_after=after,
        reference=reference,
    )
    partition = Partition(conversation.boutique_id, conversation.id)
    is_bulk = purpose == "marketing"
    if after is None and not is_bulk:
        await defer_delivery(conn, partition)
    else:
        delay = after or timedelta(0)
        await defer_later_delivery(conn, partition, message_id=queued.id, delay=delay, bulk=is_bulk)
    return queued


async def _queue_words(
    conn: Connection,
    conversation: Conversation,
    parts: Iterable[str],
    *,
    despite_stop: bool = False,
    claim: bool = False,
    reference: str | None = None,
) -> list[Message]:
    return [
        await messages.queue_outbound(
            conn,
            conversation_id=conversation.id,
            channel=conversation.channel,
            provider=conversation.provider,
            body=part,
            payload={DESPITE_STOP: True} if despite_stop else {},
            take=claim,
            reference=reference,
        )
        for part in parts
    ]


async def _queue_for_rewording(
    conn: Connection, conversation: Conversation, reply: Reply, wording: Mapping[str, Any]
) -> Message:
    return await messages.queue_outbound(
        conn,
        conversation_id=conversation.id,
        channel=conversation.channel,
        provider=conversation.provider,
        body=reply.text,
        wording=wording,
    )


async def _queue_buttons(
    conn: Connection,
    conversation: Conversation,
    reply: Reply,
    *,
    claim: bool,
    reference: str | None,
) -> Message:
    """Queues a reply with buttons on Meta; Twilio has no buttons for replies."""
    return await messages.queue_outbound(
        conn,
        conversation_id=conversation.id,
        provider="meta",
        kind="buttons",
        body=reply.text,
        payload={"buttons": [button.model_dump() for button in reply.buttons]},
        take=claim,
        reference=reference,
    )


async def _queue_options(
    conn: Connection,
    conversation: Conversation,
    reply: Reply,
    *,
    language: Language,
    picture: str | None,
    claim: bool,
    reference: str | None,
) -> list[Message]:
    on_meta = conversation.provider == "meta"
    shown = {"options": [option.model_dump(mode="json") for option in reply.options]}
    # Meta's captions end at 1,024 characters: longer words go with the list.
    caption = "" if on_meta and len(reply.text) > meta.MAX_CAPTION else reply.text
    first, *rest = fitting(caption, conversation.provider) or [""]
    pictured = await messages.queue_outbound(
        conn,
        conversation_id=conversation.id,
        channel=conversation.channel,
        provider=conversation.provider,
        kind="options",
        body=first,
        media_path=picture,
        payload=shown,
        take=claim and picture is not None,
        reference=reference,
    )
    queued = [pictured, *await _queue_words(conn, conversation, rest, reference=reference)]
    if on_meta:
        text = LIST_TEXT[language] if caption else reply.text
        rows = await _rows(conn, conversation, reply, language=language)
        tapped = {"rows": rows, "list_button": LIST_BUTTON[language]}
        queued.append(
            await messages.queue_outbound(
                conn,
                conversation_id=conversation.id,
                provider="meta",
                kind="list",
                body=text,
                payload=shown | tapped,
                reference=reference,
            )
        )
    return queued


async def _rows(
    conn: Connection, conversation: Conversation, reply: Reply, *, language: Language
) -> list[dict[str, str]]:
    boutique = await boutiques.get(conn, boutique_id=conversation.boutique_id)
    assert boutique is not None  # the conversation's foreign key holds it
    voice = Voice(language=language, currency=boutique.currency, boutique=boutique.name)
    return [row._asdict() for row in list_rows(reply.options, voice)]


def fitting(text: str, provider: MessagingProvider) -> list[str]:
    """`text` in parts no longer than the provider's limit for a message."""
    return split_text(text, _LONGEST[provider])


async def queue_owner_note(
    conn: Connection,
    boutique: Boutique,
    text: str,
    *,
    about: str | None = None,
    buttons: Sequence[Button] = (),
    asks: int | None = None,
    alert: AlertKind | None = None,
) -> list[Message]:
    """Queues a note to the boutique's owner, from the boutique's own number.

    `alert` is the kind that the owner may have switched off: then nothing is queued. When she has
    not written for 24 hours, an alert goes by its approved template, if there is one. `about` is
    the id of the note's conversation: the owner's reply to the note goes there. `asks` is the
    version of the question that the note asks; `buttons` answer it on Meta.
    """
    if boutique.owner_phone is None:
        log.warning("owner_note_without_phone", boutique=boutique.slug)
        return []
    if alert is not None and alert in boutique.owner_muted:
        return []
    provider = boutique.whatsapp_provider
    payload = {name: value for name, value in ((ABOUT, about), (ASKS, asks)) if value is not None}
    if alert is not None and (found := await alert_template(conn, boutique, text, alert=alert)):
        queued = [
            await messages.queue_outbound(
                conn,
                recipient=boutique.owner_phone,
                provider=provider,
                kind="template",
                body=found.text,
                payload=payload,
                template=found.template.as_plain(),
                purpose="utility",
            )
        ]
        await defer_delivery(conn, Partition(boutique.id, None))
        return queued
    tapped = bool(buttons) and provider == "meta" and len(text) <= meta.MAX_CAPTION
    shown = {"buttons": [button.model_dump() for button in buttons]} if tapped else {}
    queued = [
        await messages.queue_outbound(
            conn,
            recipient=boutique.owner_phone,
            provider=provider,
            kind="buttons" if tapped else "text",
            body=part,
            payload=payload | shown,
        )
        for part in fitting(text, provider)
    ]
    await defer_delivery(conn, Partition(boutique.id, None))
    return queued
