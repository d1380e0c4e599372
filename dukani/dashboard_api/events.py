"""What happens in the boutique, as it happens: a stream of server-sent events.

The stream tails the domain events with the person's rights, so that it ends when the membership
does: its last event is `membership_ended` then. It resumes after `Last-Event-ID` without a gap; a
new stream begins with what happens next.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
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
ENDED = "membership_ended"
# Till the next look for what has happened while an earlier transaction is still under way.
SOON_S = (0.05, 0.2, 0.5, 1.0, 2.0, 5.0)


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
    looks = 0  # in a row that left something for later
    expires_at = float(person.signed_in.claims.get("exp", "inf"))
    try:
        cursor = cursor or await _now(person)
        yield ServerSentEvent(comment="open")  # from here on nothing is missed
        while not waker.has_ended and time.time() < expires_at:
            happened.clear()
            found, more = await _read(person, cursor)
            for event in found:
                yield ServerSentEvent(
                    data=Event.model_validate(event), event=event.kind, id=write_id(event.cursor)
                )
            cursor = found[-1].cursor if found else cursor
            looks = looks + 1 if more else 0
            if len(found) < AT_ONCE:
                soon = SOON_S[min(looks, len(SOON_S)) - 1] if looks else waker.look_after_s()
                await _wait(happened, min(soon, max(expires_at - time.time(), 0)))
    except NotFound:  # the reason of the end, without an id: nothing is to be resumed
        yield ServerSentEvent(event=ENDED, data={"boutique_id": person.boutique_id})


async def _wait(happened: asyncio.Event, at_most_s: float) -> None:
    """Wait till something happens, or till it is time to look."""
    with suppress(TimeoutError):
        await asyncio.wait_for(happened.wait(), at_most_s)


async def _now(person: Person) -> Cursor:
    """Raises NotFound."""
    async with at_work(person) as member:
        return await domain_events.from_now(member.conn)


async def _read(person: Person, cursor: Cursor) -> tuple[list[StoredEvent], bool]:
    """The events after the cursor, and whether some are to be read later. Raises NotFound."""
    async with at_work(person) as member:
        # Asked first: what happens in between wakes the stream again.
        more = await domain_events.more_to_come(member.conn)
        return await domain_events.read_since(member.conn, cursor=cursor, limit=AT_ONCE), more


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
