"""API keys of a boutique: shown once when they are made, then known by their beginning."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import StringConstraints

from dukani.core.errors import NotFound
from dukani.core.store import api_keys as store
from dukani.dashboard_api.access import AnOwner
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.key_holders import PeopleOnly, beginning_of, digest_of, new_key

router = APIRouter(prefix="/boutiques/{boutique_id}/api-keys", tags=["API keys"])


class ApiKey(Answer):
    id: UUID
    name: str
    begins_with: str
    may_write: bool
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class MadeKey(Answer):
    key: str  # told here and never again
    api_key: ApiKey


class ApiKeys(Answer):
    items: list[ApiKey]


class NewApiKey(Body):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    may_write: bool = False


@router.get("")
async def list_api_keys(owner: AnOwner, _: PeopleOnly) -> ApiKeys:
    keys = await store.of_boutique(owner.conn)
    return ApiKeys(items=[ApiKey.model_validate(one) for one in keys])


@router.post("", status_code=201)
async def create_api_key(owner: AnOwner, wanted: NewApiKey, _: PeopleOnly) -> MadeKey:
    """Make a key that works in the owner's name; a lost one is revoked and made anew."""
    key = new_key()
    added = await store.add(
        owner.conn,
        name=wanted.name,
        begins_with=beginning_of(key),
        digest=digest_of(key),
        may_write=wanted.may_write,
        user_id=owner.signed_in.user_id,
    )
    return MadeKey(key=key, api_key=ApiKey.model_validate(added))


@router.delete("/{key_id}")
async def revoke_api_key(owner: AnOwner, key_id: UUID, _: PeopleOnly) -> ApiKey:
    """The key is refused from its next use on."""
    revoked = await store.revoke(owner.conn, key_id=str(key_id))
    if revoked is None:
        raise NotFound("There is no such key here.")
    return ApiKey.model_validate(revoked)
