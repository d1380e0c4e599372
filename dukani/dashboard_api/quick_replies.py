"""Texts that the shop's people write often, found in the composer by a slash and a shortcut."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import StringConstraints, model_validator

from dukani.core.errors import NotFound
from dukani.core.store import quick_replies as store
from dukani.dashboard_api.access import AMember
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.tools import attending

router = APIRouter(prefix="/boutiques/{boutique_id}/quick-replies", tags=["quick replies"])

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Shortcut = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_lower=True,
        min_length=1,
        max_length=30,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$",
    ),
]


class QuickReplyFields(Body):
    """`{name}` in a text stands for the customer's name. One of the texts may be empty."""

    shortcut: Shortcut
    english: Text = ""
    swahili: Text = ""

    @model_validator(mode="after")
    def _says_something(self) -> QuickReplyFields:
        if not (self.english or self.swahili):
            raise ValueError("english: write the text in English or in Swahili, or in both")
        return self


class QuickReply(Answer):
    id: UUID
    shortcut: str
    english: str
    swahili: str
    updated_at: datetime


class QuickReplies(Answer):
    items: list[QuickReply]


@router.get("")
async def list_quick_replies(member: AMember) -> QuickReplies:
    found = await store.of_boutique(member.conn)
    return QuickReplies(items=[QuickReply.model_validate(one) for one in found])


@router.post("", status_code=201)
async def create_quick_reply(
    member: AMember, new: QuickReplyFields, request: Request, idempotency_key: IdempotencyKey = None
) -> QuickReply:
    async def create() -> QuickReply:
        added = await attending.add_quick_reply(member.conn, **new.model_dump())
        return QuickReply.model_validate(added)

    return await once(member, request, idempotency_key, create, QuickReply)


@router.put("/{reply_id}")
async def replace_quick_reply(
    member: AMember, reply_id: UUID, fields: QuickReplyFields
) -> QuickReply:
    changed = await attending.change_quick_reply(
        member.conn, reply_id=str(reply_id), **fields.model_dump()
    )
    return QuickReply.model_validate(changed)


@router.delete("/{reply_id}", status_code=204)
async def remove_quick_reply(member: AMember, reply_id: UUID) -> None:
    if not await store.remove(member.conn, reply_id=str(reply_id)):
        raise NotFound("There is no such quick reply here.")
