"""What no turn could handle, and messages that failed for a reason of ours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from dukani.core.database import Connection
from dukani.core.observability.masking import mask_text
from dukani.core.store import dead_letters, failed_messages, platform_acts
from dukani.core.store.dead_letters import RETRIED, DeadLetter, Fate
from dukani.core.store.failed_messages import FailedMessage
from dukani.core.store.keyset import Key
from dukani.dashboard_api.bodies import Answer, Body, PlainText
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.dashboard_api.platform.access import APlatformAdmin, PlatformAdmin
from dukani.tools import retrying

router = APIRouter(prefix="/platform", tags=["platform"])

MOST_AT_ONCE = 100
_NO_ID = "00000000-0000-0000-0000-000000000000"

T = TypeVar("T", int, UUID)
EventIds = Annotated[
    list[Annotated[int, Field(ge=1, le=2**63 - 1)]], Field(min_length=1, max_length=MOST_AT_ONCE)
]
MessageIds = Annotated[list[UUID], Field(min_length=1, max_length=MOST_AT_ONCE)]
Reason = Annotated[PlainText, Field(min_length=5, max_length=300)]


class PlatformDeadLetter(Answer):
    """`fate` is what a retry would do; `body` has phones and the like masked."""

    id: int
    boutique_id: UUID
    boutique: str
    conversation_id: UUID
    kind: str
    body: str | None
    error: str | None
    failures: int
    interruptions: int
    came_at: datetime
    left_at: datetime
    fate: Fate
    may_be_retried: bool


class PlatformFailedMessage(Answer):
    """`later`: messages to the same customer that have left since."""

    id: UUID
    boutique_id: UUID
    boutique: str
    conversation_id: UUID | None
    kind: str
    body: str
    provider: str
    error_code: str | None
    attempts: int
    failed_at: datetime
    later: int


class NamedLetters(Body):
    event_ids: EventIds


class DismissedLetters(NamedLetters):
    reason: Reason


class NamedMessages(Body):
    message_ids: MessageIds


class DismissedMessages(NamedMessages):
    reason: Reason


class Changed(Answer, Generic[T]):
    """`left`: those that are settled, or would be answered twice."""

    changed: list[T]
    left: list[T]


@router.get("/dead-letters")
async def list_dead_letters(admin: APlatformAdmin, asked: AskedPage) -> Page[PlatformDeadLetter]:
    """The newest first, but for those that were dismissed."""
    after = asked.after(int)
    before = int(after.value) if after and isinstance(after.value, int) else None
    rows = await dead_letters.page(admin.conn, before=before, limit=asked.limit + 1)
    return asked.page(rows, lambda row: Key(row.id, _NO_ID), _letter)


@router.post("/dead-letters/retry")
async def retry_dead_letters(admin: APlatformAdmin, body: NamedLetters) -> Changed[int]:
    """Have turns handle them, each conversation's in order; `fate` said what would happen."""

    async def retry(conn: Connection, event_id: int) -> DeadLetter | None:
        return await retrying.retry_dead_letter(conn, event_id=event_id)

    return await _each(admin, "retry_dead_letter", sorted(set(body.event_ids)), retry)


@router.post("/dead-letters/dismiss")
async def dismiss_dead_letters(admin: APlatformAdmin, body: DismissedLetters) -> Changed[int]:
    """Nothing is to be done about them."""

    async def dismiss(conn: Connection, event_id: int) -> DeadLetter | None:
        return await retrying.dismiss_dead_letter(conn, event_id=event_id)

    ids = sorted(set(body.event_ids))
    return await _each(admin, "dismiss_dead_letter", ids, dismiss, reason=body.reason)


@router.get("/failed-messages")
async def list_failed_messages(
    admin: APlatformAdmin, asked: AskedPage
) -> Page[PlatformFailedMessage]:
    """Those that failed last first."""
    rows = await failed_messages.page(
        admin.conn, after=asked.after(datetime), limit=asked.limit + 1
    )
    return asked.page(rows, lambda row: row.key, _message)


@router.post("/failed-messages/retry")
async def retry_failed_messages(admin: APlatformAdmin, body: NamedMessages) -> Changed[UUID]:
    """Send a copy of each, under the rules that hold now."""

    async def retry(conn: Connection, message_id: UUID) -> FailedMessage | None:
        return await retrying.retry_message(conn, message_id=str(message_id))

    return await _each(admin, "retry_message", sorted(set(body.message_ids)), retry)


@router.post("/failed-messages/dismiss")
async def dismiss_failed_messages(admin: APlatformAdmin, body: DismissedMessages) -> Changed[UUID]:
    """They are not sent."""

    async def dismiss(conn: Connection, message_id: UUID) -> FailedMessage | None:
        return await retrying.dismiss_message(conn, message_id=str(message_id))

    ids = sorted(set(body.message_ids))
    return await _each(admin, "dismiss_message", ids, dismiss, reason=body.reason)


async def _each(
    admin: PlatformAdmin,
    act: str,
    ids: Sequence[T],
    do: Callable[[Connection, T], Awaitable[DeadLetter | FailedMessage | None]],
    **details: str,
) -> Changed[T]:
    """Do it to each, and write down who did, in the boutique's audit log too."""
    changed: list[T] = []
    for one in ids:
        found = await do(admin.conn, one)
        if found is None:
            continue
        changed.append(one)
        await platform_acts.write(
            admin.conn,
            actor=admin.actor,
            act=act,
            subject=f"{'event' if isinstance(one, int) else 'message'}:{one}",
            boutique_id=found.boutique_id,
            details=details,
        )
    return Changed(changed=changed, left=[one for one in ids if one not in changed])


def _letter(row: DeadLetter) -> PlatformDeadLetter:
    return PlatformDeadLetter(
        id=row.id,
        boutique_id=UUID(row.boutique_id),
        boutique=row.boutique,
        conversation_id=UUID(row.conversation_id),
        kind=row.kind,
        body=mask_text(row.body) if row.body else None,
        error=row.error,
        failures=row.failures,
        interruptions=row.interruptions,
        came_at=row.came_at,
        left_at=row.left_at,
        fate=row.fate,
        may_be_retried=row.fate in RETRIED,
    )


def _message(row: FailedMessage) -> PlatformFailedMessage:
    return PlatformFailedMessage(
        id=UUID(row.id),
        boutique_id=UUID(row.boutique_id),
        boutique=row.boutique,
        conversation_id=UUID(row.conversation_id) if row.conversation_id else None,
        kind=row.kind,
        body=mask_text(row.body),
        provider=row.provider,
        error_code=row.error_code,
        attempts=row.attempts,
        failed_at=row.failed_at,
        later=row.later,
    )
