"""The messages of a chat, the latest first, and a person's reply."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import StringConstraints

from dukani.core.media_links import own_link
from dukani.core.services import Services
from dukani.core.store import conversation_list
from dukani.core.store.conversation_list import ShownMessage
from dukani.core.store.messages import Author, MessageStatus
from dukani.dashboard_api.access import AMember, AnActingMember, Member
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.tools import chats

router = APIRouter(
    prefix="/boutiques/{boutique_id}/conversations/{conversation_id}/messages", tags=["messages"]
)

# What of a message's payload a chat shows; the rest is for sending.
_SHOWN = ("location", "options", "rows", "buttons", "contacts", "reaction")


class Message(Answer):
    id: UUID
    direction: Literal["in", "out"]
    author: Author
    kind: str
    body: str
    media_url: str | None
    content: dict[str, Any]  # a location, options shown, a list: as its kind has them
    status: MessageStatus
    error_code: str | None
    reply_to_id: UUID | None
    created_at: datetime
    sent_at: datetime | None

    @classmethod
    def of(cls, row: ShownMessage, services: Services) -> Message:
        url = own_link(services, row.media_path) if row.media_path else None
        content = {key: row.payload[key] for key in _SHOWN if key in row.payload}
        fields = {name: getattr(row, name) for name in cls.model_fields if hasattr(row, name)}
        return cls(**fields | {"media_url": url, "content": content})


class NewReply(Body):
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class Queued(Answer):
    """The messages of a reply, one unless it is too long for one."""

    messages: list[Message]


@router.get("")
async def list_messages(member: AMember, asked: AskedPage, conversation_id: UUID) -> Page[Message]:
    await chats.the_conversation(member.conn, conversation_id=str(conversation_id))
    rows = await conversation_list.messages(
        member.conn,
        conversation_id=str(conversation_id),
        after=asked.after(int),
        limit=asked.limit + 1,
    )
    return asked.page(rows, lambda row: row.key, lambda row: Message.of(row, member.services))


@router.post("", status_code=201)
async def reply_to_customer(
    member: AnActingMember,
    conversation_id: UUID,
    reply: NewReply,
    request: Request,
    idempotency_key: IdempotencyKey = None,
) -> Queued:
    """Answer the customer; the assistant is silent from then on."""

    async def answer() -> Queued:
        return await _queued(member, str(conversation_id), reply.text)

    return await once(member, request, idempotency_key, answer, Queued)


async def _queued(member: Member, conversation_id: str, text: str) -> Queued:
    queued = await chats.reply(member.conn, conversation_id=conversation_id, text=text)
    rows = await conversation_list.messages(
        member.conn, conversation_id=conversation_id, after=None, limit=len(queued)
    )
    return Queued(messages=[Message.of(row, member.services) for row in reversed(rows)])
