"""Chats: who holds each, taking one over, handing it back, and what nobody has read yet."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from dukani.core.channels import Channel
from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.store import conversation_list
from dukani.core.store.conversation_list import ConversationFilter
from dukani.core.store.conversations import HandoffReason
from dukani.core.store.messages import Author
from dukani.dashboard_api.access import AMember, AnActingMember
from dukani.dashboard_api.bodies import Answer, Body, MaskedPhone, PlainText
from dukani.dashboard_api.messages import silent_for
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.tools import chats, staff

router = APIRouter(prefix="/boutiques/{boutique_id}/conversations", tags=["conversations"])


class Conversation(Answer):
    """A chat. With `handed_off_at` people answer, and the assistant is silent."""

    id: UUID
    customer_id: UUID
    customer_name: str | None
    phone: MaskedPhone
    channel: Channel
    handed_off_at: datetime | None
    handoff_reason: HandoffReason | None
    assigned_to: UUID | None  # the member it is left to; none: whoever sees it first
    last_staff_at: datetime | None
    last_inbound_at: datetime | None
    last_at: datetime
    unread: int
    last_author: Author | None
    last_kind: str | None
    last_body: str | None
    tags: list[str]


class Assignee(Body):
    user_id: UUID | None  # none: whoever of the shop sees it first


@router.get("")
async def list_conversations(
    member: AMember,
    asked: AskedPage,
    which: Annotated[ConversationFilter, Query(alias="filter")] = "all",
    tag: Annotated[PlainText | None, Query(max_length=40)] = None,
) -> Page[Conversation]:
    after = asked.after(datetime)
    rows = await conversation_list.page(
        member.conn, which=which, tag=tag, after=after, limit=asked.limit + 1
    )
    return asked.page(rows, lambda row: row.key, Conversation.model_validate)


@router.get("/{conversation_id}")
async def get_conversation(member: AMember, conversation_id: UUID) -> Conversation:
    return await _shown(member.conn, str(conversation_id))


@router.post("/{conversation_id}/taken-over")
async def take_over_conversation(member: AnActingMember, conversation_id: UUID) -> Conversation:
    """Take the chat: the assistant writes nothing more, and what it has begun does not leave."""
    await chats.take_over(
        member.conn,
        conversation_id=str(conversation_id),
        by=member.signed_in.user_id,
        silent_for=silent_for(member.services),
    )
    return await _shown(member.conn, str(conversation_id))


@router.put("/{conversation_id}/assignee")
async def assign_conversation(
    member: AnActingMember, conversation_id: UUID, assignee: Assignee
) -> Conversation:
    """Leave the chat to one of the shop's people; the assistant is silent from then on."""
    await chats.assign(
        member.conn,
        conversation_id=str(conversation_id),
        user_id=str(assignee.user_id) if assignee.user_id else None,
        silent_for=silent_for(member.services),
    )
    return await _shown(member.conn, str(conversation_id))


@router.post("/{conversation_id}/handed-back", status_code=202)
async def hand_back_conversation(member: AnActingMember, conversation_id: UUID) -> Conversation:
    """Let the assistant answer again, from its next turn on."""
    found = await chats.the_conversation(member.conn, conversation_id=str(conversation_id))
    await staff.hand_back(member.conn, found)
    return await _shown(member.conn, found.id)


@router.post("/{conversation_id}/read")
async def mark_conversation_read(member: AMember, conversation_id: UUID) -> Conversation:
    """The shop has read it all, on every device of everybody."""
    await conversation_list.mark_read(member.conn, conversation_id=str(conversation_id))
    return await _shown(member.conn, str(conversation_id))


async def _shown(conn: Connection, conversation_id: str) -> Conversation:
    found = await conversation_list.page(conn, conversation_id=conversation_id)
    if not found:
        raise NotFound("There is no such conversation here.")
    return Conversation.model_validate(found[0])
