"""What the command palette finds: the best few pieces, orders, customers and chats at once."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from dukani.core.media_links import own_link
from dukani.core.phone import plain_digits
from dukani.core.picture_sizes import FOR_ROWS, srcset
from dukani.core.services import Services
from dukani.core.store import palette_search
from dukani.core.store.palette_search import Hit, HitKind, Wanted
from dukani.dashboard_api.access import AMember
from dukani.dashboard_api.bodies import Answer, MaskedPhone, PlainText
from dukani.dashboard_api.chat_search import excerpt

router = APIRouter(prefix="/boutiques/{boutique_id}/search", tags=["search"])

_MOST_WORDS = 6
_LEAST_DIGITS = 3  # of a phone: fewer are in every number
_LEAST_IN_CHATS = 3  # letters: shorter beginnings are in half of all messages
_NUMBER = re.compile(r"(?:DK[\s-]*)?([A-Z0-9]{2,9})")


class SearchHit(Answer):
    """`title`: the piece, the order's number, else the customer's name, if it is known.

    `detail`: the SKU, who ordered, or what was written. `conversation_id`: of a message.
    """

    kind: HitKind
    id: UUID
    title: str | None
    detail: str | None
    phone: MaskedPhone
    conversation_id: UUID | None
    amount_minor: int | None
    picture_url: str | None
    picture_srcset: str | None  # smaller, as an `img` takes them
    at: datetime | None


class SearchHits(Answer):
    items: list[SearchHit]


@router.get("")
async def search_everything(
    member: AMember,
    q: Annotated[
        PlainText,
        Query(
            min_length=2, max_length=100, description="words, an order's number, a phone's digits"
        ),
    ],
) -> SearchHits:
    """Orders, customers, pieces, messages, the best of each kind first."""
    wanted = _wanted(q)
    if not wanted.words:
        return SearchHits(items=[])  # nothing is called by signs alone
    found = await palette_search.find(member.conn, wanted)
    return SearchHits(items=[_shown(hit, wanted, member.services) for hit in found])


def _wanted(q: str) -> Wanted:
    words = re.findall(r"[^\W_]+", q.lower())[:_MOST_WORDS]
    digits = re.sub(r"\D", "", plain_digits(q)).lstrip("0")
    number = _NUMBER.fullmatch(q.strip().upper())
    return Wanted(
        words=words,
        digits=digits if len(digits) >= _LEAST_DIGITS else None,
        number=number[1] if number else None,
        in_chats=max(map(len, words), default=0) >= _LEAST_IN_CHATS,
    )


def _shown(hit: Hit, wanted: Wanted, services: Services) -> SearchHit:
    path, detail = hit.picture_path, hit.detail
    if hit.kind == "message" and detail:
        detail = excerpt(detail, list(wanted.words))
    return SearchHit(
        kind=hit.kind,
        id=UUID(hit.id),
        title=hit.title,
        detail=detail,
        phone=hit.phone,
        conversation_id=UUID(hit.conversation_id) if hit.conversation_id else None,
        amount_minor=hit.amount_minor,
        picture_url=own_link(services, path) if path else None,
        picture_srcset=srcset(services, path, FOR_ROWS) if path else None,
        at=hit.at,
    )
