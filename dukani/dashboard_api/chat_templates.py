"""Approved message templates, for a chat in which WhatsApp takes no free words any more."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field, StringConstraints

from dukani.core.languages import Language
from dukani.core.store import message_list
from dukani.dashboard_api.access import AMember, AnActingMember
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.messages import Message, Queued, silent_for
from dukani.domain.templates import MAX_VALUE
from dukani.tools import chat_templates as tool
from dukani.tools import chats

router = APIRouter(
    prefix="/boutiques/{boutique_id}/conversations/{conversation_id}/templates",
    tags=["chat templates"],
)

Value = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_VALUE)]


class ChatTemplate(Answer):
    """A template with its parameters as {name}; `values` has those that are known."""

    name: str
    language: Language
    text: str
    parameters: list[str]
    values: dict[str, str]


class ChatTemplates(Answer):
    items: list[ChatTemplate]


class FilledTemplate(Body):
    name: Annotated[str, StringConstraints(max_length=60)]
    values: Annotated[dict[str, Value], Field(max_length=10)]


@router.get("")
async def list_chat_templates(member: AMember, conversation_id: UUID) -> ChatTemplates:
    chat = await chats.the_conversation(member.conn, conversation_id=str(conversation_id))
    found = await tool.offered(member.conn, chat)
    return ChatTemplates(items=[ChatTemplate.model_validate(one) for one in found])


@router.post("", status_code=201)
async def send_chat_template(
    member: AnActingMember,
    conversation_id: UUID,
    filled: FilledTemplate,
    request: Request,
    idempotency_key: IdempotencyKey = None,
) -> Queued:
    """Write to the customer by a template; the assistant is silent from then on."""

    async def send() -> Queued:
        chat = await chats.the_conversation(member.conn, conversation_id=str(conversation_id))
        await tool.send(
            member.conn,
            chat,
            name=filled.name,
            values=filled.values,
            by=member.signed_in.user_id,
            silent_for=silent_for(member.services),
        )
        rows = await message_list.older(member.conn, conversation_id=chat.id, than=None, limit=1)
        return Queued(messages=[Message.of(row, member.services) for row in rows])

    return await once(member, request, idempotency_key, send, Queued)
