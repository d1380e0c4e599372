"""Queues what is to be said; it is delivered after the turn has committed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import structlog

from dukani.agent.facts import Reply, Voice
from dukani.agent.wording import list_rows
from dukani.agent.wording.splitting import split_text
from dukani.core.channels import MessagingProvider
from dukani.core.clients import meta, twilio
from dukani.core.clients.templates import Template
from dukani.core.database import Connection
from dukani.core.jobs import Partition, defer_delivery, defer_later_delivery
from dukani.core.store import boutiques, messages
from dukani.core.store.boutiques import Boutique
from dukani.core.store.conversations import Conversation
from dukani.core.store.messages import ABOUT, DESPITE_STOP, Message, Purpose
from dukani.domain.acts import Language

log = structlog.get_logger()

_LONGEST: dict[MessagingProvider, int] = {"twilio": twilio.MAX_BODY, "meta": meta.MAX_TEXT}

# Beside the picture the same pieces can be tapped.
_LIST_TEXT: dict[Language, str] = {
    "en": "Tap here to choose 👇",
    "sw": "Bonyeza hapa kuchagua 👇",
}
_LIST_BUTTON: dict[Language, str] = {"en": "Choose", "sw": "Chagua"}


async def queue_reply(
    conn: Connection,
    conversation: Conversation,
    reply: Reply,
    *,
    language: Language,
    despite_stop: bool = False,
    picture: str | None = None,
    wording: Mapping[str, Any] | None = None,
    take: bool = False,
) -> list[Message]:
    """Queue a reply on the turn's connection; one message or several, in order.

    Whoever handles the turn delivers the conversation's partition once it is committed.

    With options it becomes a picture of them with the words below, and on Meta a list to tap.
    Each of these rows keeps the options, so that an answer to it resolves to its numbers.
    `despite_stop` sends the words to whoever said stop too. `picture` is the options' own, when it
    was made before; else whoever delivers makes it. With `wording` (what it conveys) whoever
    delivers may word it anew. With `take` the first that lacks no picture
    is `sending` from the start, the caller's to send, unless another waits before it.
    """
    if reply.options:
        return await _queue_options(
            conn, conversation, reply, language=language, picture=picture, take=take
        )
    if reply.buttons and conversation.provider == "meta" and len(reply.text) <= meta.MAX_CAPTION:
        return [await _queue_buttons(conn, conversation, reply, take=take)]
    parts = fitting(reply.text, conversation.provider)
    if wording is not None and len(parts) == 1:
        return [await _queue_open(conn, conversation, reply, wording)]
    return await _queue_words(conn, conversation, parts, despite_stop=despite_stop, take=take)


async def queue_template(
    conn: Connection,
    conversation: Conversation,
    template: Template,
    text: str,
    *,
    purpose: Purpose,
    picture: str | None = None,
    after: timedelta | None = None,
    reference: str | None = None,
) -> Message:
    """Queue an approved template, which may leave outside the 24 hours too.

    `text` is what the chat shows of it, `picture` a path in the media store for its header. It
    leaves after so long, and not before; marketing only if she has agreed to it by then.
    """
    queued = await messages.queue_outbound(
        conn,
        conversation_id=conversation.id,
        channel=conversation.channel,
        provider=conversation.provider,
        kind="template",
        body=text,
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
    take: bool = False,
) -> list[Message]:
    return [
        await messages.queue_outbound(
            conn,
            conversation_id=conversation.id,
            channel=conversation.channel,
            provider=conversation.provider,
            body=part,
            payload={DESPITE_STOP: True} if despite_stop else {},
            take=take,
        )
        for part in parts
    ]


async def _queue_open(
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
    conn: Connection, conversation: Conversation, reply: Reply, *, take: bool
) -> Message:
    """Twilio has none in a session: there the words alone tell what to write."""
    return await messages.queue_outbound(
        conn,
        conversation_id=conversation.id,
        provider="meta",
        kind="buttons",
        body=reply.text,
        payload={"buttons": [button.model_dump() for button in reply.buttons]},
        take=take,
    )


async def _queue_options(
    conn: Connection,
    conversation: Conversation,
    reply: Reply,
    *,
    language: Language,
    picture: str | None,
    take: bool,
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
        take=take and picture is not None,
    )
    queued = [pictured, *await _queue_words(conn, conversation, rest)]
    if on_meta:
        text = _LIST_TEXT[language] if caption else reply.text
        rows = await _rows(conn, conversation, reply, language=language)
        tapped = {"rows": rows, "list_button": _LIST_BUTTON[language]}
        queued.append(
            await messages.queue_outbound(
                conn,
                conversation_id=conversation.id,
                provider="meta",
                kind="list",
                body=text,
                payload=shown | tapped,
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
    """`text` in messages the provider takes."""
    return split_text(text, _LONGEST[provider])


async def queue_owner_note(
    conn: Connection, boutique: Boutique, text: str, *, about: str | None = None
) -> list[Message]:
    """Queue a note to the boutique's owner, from the boutique's own number.

    `about` is the conversation it speaks of: a reply to the note is to that customer.
    """
    if boutique.owner_phone is None:
        log.warning("owner_note_without_phone", boutique=boutique.slug)
        return []
    queued = [
        await messages.queue_outbound(
            conn,
            recipient=boutique.owner_phone,
            provider=boutique.whatsapp_provider,
            body=part,
            payload={ABOUT: about} if about else {},
        )
        for part in fitting(text, boutique.whatsapp_provider)
    ]
    await defer_delivery(conn, Partition(boutique.id, None))
    return queued
