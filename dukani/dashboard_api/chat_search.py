"""Searches the words of chats, in all of them or in one, and the names of customers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from dukani.core.store import message_search
from dukani.core.store.message_search import FoundMessage, words_of
from dukani.core.store.messages import Author
from dukani.dashboard_api.access import AMember
from dukani.dashboard_api.bodies import Answer, MaskedPhone, PlainText
from dukani.dashboard_api.pages import AskedPage, Page

router = APIRouter(prefix="/boutiques/{boutique_id}/chat-search", tags=["chat search"])

LONGEST_SHOWN = 240  # characters of a message
LEAST_DIGITS = 4  # of a phone

Words = Annotated[PlainText, Query(alias="q", min_length=2, max_length=100)]


class MessageHit(Answer):
    id: UUID
    conversation_id: UUID
    customer_name: str | None
    phone: MaskedPhone
    author: Author
    kind: str
    excerpt: str  # around the first word found
    created_at: datetime


class ChatHit(Answer):
    conversation_id: UUID
    customer_name: str | None
    phone: MaskedPhone
    last_at: datetime


class ChatHits(BaseModel):
    items: list[ChatHit]


@router.get("/messages")
async def search_messages(
    member: AMember, asked: AskedPage, q: Words, conversation_id: UUID | None = None
) -> Page[MessageHit]:
    """The messages with all of the words, each of which may be a word's beginning; latest first."""
    words = words_of(q)
    rows: list[FoundMessage] = []
    if words:
        rows = await message_search.messages(
            member.conn,
            words=words,
            conversation_id=str(conversation_id) if conversation_id else None,
            after=asked.after(int),
            limit=asked.limit + 1,
        )
    return asked.page(rows, lambda row: row.key, lambda row: _hit(row, words))


@router.get("/customers")
async def search_customers(member: AMember, q: Words) -> ChatHits:
    """Chats by the customer's name, or by four digits or more of the phone."""
    digits = "".join(letter for letter in q if letter.isdecimal()).removeprefix("0")
    found = await message_search.chats(
        member.conn, words=words_of(q), digits=digits if len(digits) >= LEAST_DIGITS else ""
    )
    return ChatHits(items=[ChatHit.model_validate(one) for one in found])


def _hit(row: FoundMessage, words: list[str]) -> MessageHit:
    fields = {name: getattr(row, name) for name in MessageHit.model_fields if hasattr(row, name)}
    return MessageHit(**fields, excerpt=excerpt(row.body, words))


def excerpt(body: str, words: list[str]) -> str:
    """The part of a long message in which one of the words is found first."""
    if len(body) <= LONGEST_SHOWN:
        return body
    lower = body.lower()
    places = [place for place in map(lower.find, words) if place >= 0]
    start = max(0, min(places, default=0) - 40)
    return ("…" if start else "") + body[start : start + LONGEST_SHOWN].strip() + "…"
