"""Notes among the shop's people in a chat; no customer and no assistant reads them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import StringConstraints

from dukani.core.store import internal_notes
from dukani.dashboard_api.access import AMember
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.tools import chats

router = APIRouter(
    prefix="/boutiques/{boutique_id}/conversations/{conversation_id}/notes",
    tags=["internal notes"],
)


class InternalNote(Answer):
    id: UUID
    written_by: UUID
    body: str
    created_at: datetime


class NewNote(Body):
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


@router.get("")
async def list_internal_notes(
    member: AMember, asked: AskedPage, conversation_id: UUID
) -> Page[InternalNote]:
    """The latest first."""
    await chats.the_conversation(member.conn, conversation_id=str(conversation_id))
    rows = await internal_notes.page(
        member.conn,
        conversation_id=str(conversation_id),
        after=asked.after(datetime),
        limit=asked.limit + 1,
    )
    return asked.page(rows, lambda row: row.key, InternalNote.model_validate)


@router.post("", status_code=201)
async def add_internal_note(
    member: AMember,
    conversation_id: UUID,
    note: NewNote,
    request: Request,
    idempotency_key: IdempotencyKey = None,
) -> InternalNote:
    async def add() -> InternalNote:
        chat = await chats.the_conversation(member.conn, conversation_id=str(conversation_id))
        await internal_notes.add(member.conn, conversation_id=chat.id, body=note.text)
        [latest] = await internal_notes.page(member.conn, conversation_id=chat.id, limit=1)
        return InternalNote.model_validate(latest)

    return await once(member, request, idempotency_key, add, InternalNote)
