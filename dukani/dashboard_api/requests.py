"""What customers asked for that only a person can grant: answered in the chat, then closed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.store import request_list
from dukani.core.store.request_list import ListedRequest
from dukani.core.store.requests import RequestKind
from dukani.dashboard_api.access import AMember
from dukani.dashboard_api.bodies import Answer
from dukani.dashboard_api.pages import AskedPage, Page

router = APIRouter(prefix="/boutiques/{boutique_id}/requests", tags=["requests"])


class CustomerRequest(Answer):
    id: UUID
    customer_id: UUID
    customer_name: str | None
    conversation_id: UUID
    order_id: UUID | None
    order_number: str | None
    kind: RequestKind
    words: str
    details: dict[str, Any]
    status: Literal["open", "done"]
    created_at: datetime
    done_at: datetime | None


@router.get("")
async def list_requests(
    member: AMember,
    asked: AskedPage,
    status: Annotated[Literal["open", "done"], Query()] = "open",
) -> Page[CustomerRequest]:
    after = asked.after(datetime)
    rows = await request_list.page(member.conn, status=status, after=after, limit=asked.limit + 1)
    return asked.page(rows, lambda row: row.key, CustomerRequest.model_validate)


@router.post("/{request_id}/done")
async def close_request(member: AMember, request_id: UUID) -> CustomerRequest:
    return await _set_done(member.conn, str(request_id), done=True)


@router.delete("/{request_id}/done")
async def reopen_request(member: AMember, request_id: UUID) -> CustomerRequest:
    return await _set_done(member.conn, str(request_id), done=False)


async def _set_done(conn: Connection, request_id: str, *, done: bool) -> CustomerRequest:
    await request_list.set_done(conn, request_id=request_id, done=done)
    found: ListedRequest | None = await request_list.get(conn, request_id=request_id)
    if found is None:
        raise NotFound("There is no such request here.")
    return CustomerRequest.model_validate(found)
