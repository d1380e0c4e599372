"""What happens in the boutique, as it happens: a stream of server-sent events.

The stream tails the domain events with the person's rights, so that it ends when the membership
does. It resumes after `Last-Event-ID` without a gap; a new stream begins with what happens next.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from dukani.core.errors import InvalidValue, NotFound
from dukani.core.store import domain_events
from dukani.core.store.domain_events import Cursor, StoredEvent
from dukani.dashboard_api.access import AProvenMember, Person, at_work
from dukani.dashboard_api.bodies import Answer
from dukani.dashboard_api.waking import Waker

router = APIRouter(prefix="/boutiques/{boutique_id}/events", tags=["events"])

AT_ONCE = 100
# After a wake with nothing to read: a transaction that began earlier is still under way.
SOON_S = (0.05, 0.2, 0.5, 1.0, 2.0)


def resume_after(
    last_event_id: Annotated[str | None, Header(max_length=80)] = None,
) -> Cursor | None:
    """Where the stream goes on; None: with what happens next. Raises InvalidValue."""
    return read_id(last_event_id)


ResumeAfter = Annotated[Cursor | None, Depends(resume_after)]


class Event(Answer):
    """What happened. A page reads anew what the event is about; it holds no message and no name."""

    kind: str
    customer_id: UUID | None
    conversation_id: UUID | None
    subject_id: UUID
    payload: dict[str, Any]
    occurred_at: datetime


@router.get("", response_class=EventSourceResponse)
async def stream_events(
    person: AProvenMember, request: Request, resume_after: ResumeAfter
) -> AsyncIterator[ServerSentEvent]:
    """Events of the boutique, each with an id to resume after."""
    waker: Waker = request.app.state.waker
    async with waker.waiting(person.boutique_id) as happened:
        async for event in _events(person, waker, happened, resume_after):
            yield event


async def _events(
    person: Person, waker: Waker, happened: asyncio.Event, cursor: Cursor | None
) -> AsyncIterator[ServerSentEvent]:
    empty = 0  # looks in a row that found nothing
    expires_at = float(person.signed_in.claims.get("exp", "inf"))
    yield ServerSentEvent(comment="open")
    while not waker.has_ended and time.time() < expires_at:
        happened.clear()
        try:
            cursor, found = await _read(person, cursor)
        except NotFound:  # no member any more
            return
        for event in found:
            yield ServerSentEvent(
                data=Event.model_validate(event), event=event.kind, id=write_id(event.cursor)
            )
        empty = 0 if found else empty + 1
        if len(found) < AT_ONCE:
            empty = await _wait(happened, waker, empty)


async def _wait(happened: asyncio.Event, waker: Waker, empty: int) -> int:
    """Wait till something happens, or till it is time to look; the empty looks to go on from."""
    soon = SOON_S[empty - 1] if 0 < empty <= len(SOON_S) else waker.look_after_s()
    try:
        await asyncio.wait_for(happened.wait(), soon)
    except TimeoutError:
        return empty
    return 0


async def _read(person: Person, cursor: Cursor | None) -> tuple[Cursor, list[StoredEvent]]:
    """The events after the cursor, and the cursor after them. Raises NotFound."""
    async with at_work(person) as member:
        if cursor is None:
            return await domain_events.from_now(member.conn), []
        found = await domain_events.read_since(member.conn, cursor=cursor, limit=AT_ONCE)
    return (found[-1].cursor if found else cursor), found


def write_id(cursor: Cursor) -> str:
    return f"{cursor.transaction_id}.{cursor.stream}.{cursor.id}"


def read_id(sent: str | None) -> Cursor | None:
    """Raises InvalidValue."""
    if not sent:
        return None
    parts = sent.split(".")
    if len(parts) != 3 or not all(p.isascii() and p.isdecimal() and len(p) <= 18 for p in parts):
        raise InvalidValue(
            field="last-event-id", value=sent, remedy="Send an id that this stream sent, or none."
        )
    transaction_id, stream, row_id = map(int, parts)
    return Cursor(transaction_id, stream, row_id)
