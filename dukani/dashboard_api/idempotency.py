"""Carries a creating call out once, however often it is sent with the same `Idempotency-Key`.

The answer is kept in the transaction that did the work. The same key with another body is refused
(422), and so is a second call while the first is under way (409). Answers are kept for 24 hours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

from fastapi import Header, Request
from pydantic import BaseModel

from dukani.core.database import Connection
from dukani.core.errors import CallerError
from dukani.core.store import idempotency_keys
from dukani.dashboard_api.access import Member
from dukani.dashboard_api.bodies import PlainText

T = TypeVar("T", bound=BaseModel)


class KeyOfAnotherCall(CallerError):
    """This Idempotency-Key was sent with other content: take a new key for a new call."""

    http_status = 422


class CallUnderWay(CallerError):
    """The call with this Idempotency-Key is under way: ask again in a second."""

    http_status = 409


IdempotencyKey = Annotated[
    PlainText | None,
    Header(
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="A key of your own, for a call that may be sent twice: it is carried out once.",
    ),
]


async def once(
    member: Member,
    request: Request,
    key: str | None,
    work: Callable[[], Awaitable[T]],
    kind: type[T],
) -> T:
    """The result of `work`, or what it gave when the key was sent before.

    Raises KeyOfAnotherCall or CallUnderWay.
    """
    if key is None:
        return await work()
    return await once_by(
        member.conn,
        user_id=member.signed_in.user_id,
        key=key,
        sent=await _digest(request),
        work=work,
        kind=kind,
    )


async def once_by(
    conn: Connection,
    *,
    user_id: str,
    key: str | None,
    sent: bytes,
    work: Callable[[], Awaitable[T]],
    kind: type[T],
) -> T:
    """As `once`, for any caller with an id (a UUID); `sent` is a digest of all of the call."""
    if key is None:
        return await work()
    whose = {"user_id": user_id, "key": key}
    if not await idempotency_keys.lock(conn, **whose):
        raise CallUnderWay
    kept = await idempotency_keys.get(conn, **whose)
    if kept is not None and kept.request != sent:
        raise KeyOfAnotherCall
    if kept is not None:
        return kind.model_validate(kept.answer)
    answer = await work()
    await idempotency_keys.put(conn, **whose, request=sent, answer=answer.model_dump(mode="json"))
    return answer


async def _digest(request: Request) -> bytes:
    """Of the method, the path and the body, which FastAPI has read already."""
    sent = f"{request.method} {request.url.path}\n".encode() + await request.body()
    return hashlib.sha256(sent).digest()
