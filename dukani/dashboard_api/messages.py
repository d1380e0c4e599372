"""The messages of a chat, the latest first, and a person's reply."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, StringConstraints

from dukani.core.channels import Channel
from dukani.core.errors import InvalidValue, NotFound
from dukani.core.media_links import own_link
from dukani.core.picture_sizes import FOR_ROWS, srcset
from dukani.core.services import Services
from dukani.core.store import message_list
from dukani.core.store.message_list import ShownMessage
from dukani.core.store.messages import Author, MessageStatus
from dukani.dashboard_api.access import AMember, AnActingMember, Member
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.pages import Asked, AskedPage, write_cursor
from dukani.tools import chats

router = APIRouter(
    prefix="/boutiques/{boutique_id}/conversations/{conversation_id}/messages", tags=["messages"]
)

# What of a message's payload a chat shows; the rest is for sending.
_SHOWN = ("location", "rows", "buttons", "link", "contacts", "reaction")
_OF_AN_OPTION = ("number", "name", "colour", "price_minor")


class Quoted(Answer):
    """What is shown of the message that another one answers."""

    author: Author
    kind: str
    body: str
    media_url: str | None


class ShownOption(Answer):
    """A piece of a list, as the customer saw it."""

    number: int
    name: str
    colour: str | None
    price_minor: int
    picture_url: str | None
    picture_srcset: str | None  # smaller, as an `img` takes them


class Message(Answer):
    id: UUID
    seq: int  # messages of a chat are in this order
    direction: Literal["in", "out"]
    author: Author
    channel: Channel
    written_by: UUID | None  # the member, of a person's message from the app
    kind: str
    body: str
    media_url: str | None
    file_name: str | None  # of a document
    options: list[ShownOption]
    content: dict[str, Any]  # a location, buttons, a list: as its kind has them
    status: MessageStatus
    error_code: str | None
    reply_to_id: UUID | None
    answered: Quoted | None
    created_at: datetime
    sent_at: datetime | None

    @classmethod
    def of(cls, row: ShownMessage, services: Services) -> Message:
        fields = {name: getattr(row, name) for name in cls.model_fields if hasattr(row, name)}
        return cls(**fields | {
            "media_url": _link(services, row.media_path),
            "file_name": (row.payload.get("media") or {}).get("filename"),
            "options": [_option(services, one) for one in row.payload.get("options", ())],
            "content": {key: row.payload[key] for key in _SHOWN if key in row.payload},
            "answered": _quoted(services, row.answered),
        })  # fmt: skip


class Messages(BaseModel):
    """Messages, the latest first; none as `newer_cursor`: there were none newer."""

    items: list[Message]
    next_cursor: str | None  # for those before
    newer_cursor: str | None


class NewReply(Body):
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class Queued(Answer):
    """The messages of a reply, one unless it is too long for one."""

    messages: list[Message]


NewerThan = Annotated[
    str | None, Query(max_length=200, description="`newer_cursor`: the page after, not before")
]
UpTo = Annotated[UUID | None, Query(description="a message: the page that ends with it")]


@router.get("")
async def list_messages(
    member: AMember,
    asked: AskedPage,
    conversation_id: UUID,
    newer_than: NewerThan = None,
    up_to: UpTo = None,
) -> Messages:
    """The latest; or those before `cursor`, those after `newer_than`, or a message in its place."""
    if sum(given is not None for given in (asked.cursor, newer_than, up_to)) > 1:
        raise InvalidValue(field="cursor", remedy="Send one of cursor, newer_than and up_to.")
    await chats.the_conversation(member.conn, conversation_id=str(conversation_id))
    if newer_than is not None:
        return await _newer(member, asked, str(conversation_id), newer_than)
    if up_to is not None:
        return await _up_to(member, asked, str(conversation_id), str(up_to))
    rows = await message_list.older(
        member.conn,
        conversation_id=str(conversation_id),
        than=asked.after(int),
        limit=asked.limit + 1,
    )
    return _before(member, asked, rows, is_latest=asked.cursor is None)


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


def silent_for(services: Services) -> timedelta:
    """How long the assistant leaves a chat to people who do not write."""
    return timedelta(hours=services.settings.conversation.handoff_hours)


async def _queued(member: Member, conversation_id: str, text: str) -> Queued:
    queued = await chats.reply(
        member.conn,
        conversation_id=conversation_id,
        text=text,
        by=member.signed_in.user_id,
        silent_for=silent_for(member.services),
    )
    rows = await message_list.older(
        member.conn, conversation_id=conversation_id, than=None, limit=len(queued)
    )
    return Queued(messages=[Message.of(row, member.services) for row in reversed(rows)])


async def _newer(member: Member, asked: Asked, conversation_id: str, newer_than: str) -> Messages:
    than = Asked(asked.limit, newer_than).after(int)
    assert than is not None  # only a missing cursor has none
    rows = await message_list.newer(
        member.conn, conversation_id=conversation_id, than=than, limit=asked.limit + 1
    )
    shown = rows[: asked.limit][::-1]
    return Messages(
        items=[Message.of(row, member.services) for row in shown],
        next_cursor=None,
        newer_cursor=write_cursor(shown[0].key) if len(rows) > asked.limit else None,
    )


async def _up_to(member: Member, asked: Asked, conversation_id: str, message_id: str) -> Messages:
    rows = await message_list.up_to(
        member.conn,
        conversation_id=conversation_id,
        message_id=message_id,
        limit=asked.limit + 1,
    )
    if not rows:
        raise NotFound("There is no such message in this conversation.")
    return _before(member, asked, rows, is_latest=False)


def _before(member: Member, asked: Asked, rows: list[ShownMessage], *, is_latest: bool) -> Messages:
    page = asked.page(rows, lambda row: row.key, lambda row: Message.of(row, member.services))
    newer = None if is_latest or not rows else write_cursor(rows[0].key)
    return Messages(items=page.items, next_cursor=page.next_cursor, newer_cursor=newer)


def _link(services: Services, path: str | None) -> str | None:
    return own_link(services, path) if path else None


def _option(services: Services, shown: dict[str, Any]) -> ShownOption:
    fields = {name: shown.get(name) for name in _OF_AN_OPTION}
    path = shown.get("image_path")
    small = srcset(services, path, FOR_ROWS) if path else None
    return ShownOption(**fields, picture_url=_link(services, path), picture_srcset=small)


def _quoted(services: Services, answered: dict[str, Any] | None) -> Quoted | None:
    if answered is None:
        return None
    url = _link(services, answered["media_path"])
    return Quoted(**{**answered, "media_url": url})
