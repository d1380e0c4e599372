"""Lists of customers for campaigns: picked by hand, or from a file that proves their consent."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, File, Form, Request, UploadFile
from psycopg.errors import UniqueViolation
from pydantic import Field

from dukani.campaigns.audience_file import BadAudienceFile, ProvenRows, read_audience
from dukani.campaigns.audience_import import import_rows
from dukani.campaigns.saved_segments import StillUsed, name_taken
from dukani.core.database import Connection
from dukani.core.errors import InvalidValue, NotFound
from dukani.core.store import audience_lists as store
from dukani.core.store import boutiques, campaigns
from dukani.dashboard_api.access import (
    AMember,
    AnOwner,
    AProvenOwner,
    Person,
    at_work,
)
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.segments import Name

router = APIRouter(prefix="/boutiques/{boutique_id}/audience-lists", tags=["audience lists"])

MOST_PICKED = 5000
MOST_TOLD = 200  # rows refused that are listed; `refused` counts all


class AudienceListFields(Body):
    name: Name
    customer_ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_PICKED)]


class AudienceList(Answer):
    id: UUID
    name: str
    source: Literal["manual", "csv"]
    members: int
    created_at: datetime


class AudienceLists(Answer):
    items: list[AudienceList]


class BadRow(Answer):
    line: int
    why: str


class UploadedAudience(Answer):
    """`added`: new on the list; `consents`: new in the ledger of consents.

    `refused` rows of the file keep no other out; the first of them are in `bad`.
    """

    uploaded_to: AudienceList
    added: int
    consents: int
    refused: int
    bad: list[BadRow]


@router.get("")
async def list_audience_lists(member: AMember) -> AudienceLists:
    """The latest first."""
    found = await store.of_boutique(member.conn)
    return AudienceLists(items=[AudienceList.model_validate(one) for one in found])


@router.post("", status_code=201)
async def create_audience_list(
    owner: AnOwner,
    fields: AudienceListFields,
    request: Request,
    idempotency_key: IdempotencyKey = None,
) -> AudienceList:
    """Of customers picked by hand."""

    async def create() -> AudienceList:
        try:
            async with owner.conn.transaction():
                list_id = await store.create(owner.conn, name=fields.name, source="manual")
        except UniqueViolation as error:
            raise name_taken(fields.name) from error
        ids = sorted({str(one) for one in fields.customer_ids})
        added = await store.add_members(owner.conn, list_id=list_id, customer_ids=ids)
        if added < len(ids):
            raise InvalidValue(
                field="customer_ids",
                remedy=f"{len(ids) - added} of them are no customers of this boutique.",
            )
        return await _the_list(owner.conn, list_id)

    return await once(owner, request, idempotency_key, create, AudienceList)


@router.post("/files", status_code=201)
async def upload_audience(
    owner: AProvenOwner, file: Annotated[UploadFile, File()], name: Annotated[Name, Form()]
) -> UploadedAudience:
    """A CSV of phone, name, consent_date, consent_how and consent_words.

    Rows without proof of consent are refused; the others become customers, with the proof in the
    ledger, and members of the list of that name. The same file again changes nothing.
    """
    rows = await _read(owner, file)
    try:
        async with at_work(owner, owners_only=True, acting=True) as member:
            done = await import_rows(member.conn, rows, name=name)
            made = await _the_list(member.conn, done.list_id)
    except UniqueViolation as error:
        raise name_taken(name) from error
    return UploadedAudience(
        uploaded_to=made,
        added=done.members,
        consents=done.consents,
        refused=len(done.bad),
        bad=[BadRow.model_validate(row) for row in done.bad[:MOST_TOLD]],
    )


@router.delete("/{list_id}", status_code=204)
async def remove_audience_list(owner: AnOwner, list_id: UUID) -> None:
    """Its customers stay, and so does what they agreed to."""
    await _the_list(owner.conn, str(list_id))
    if await campaigns.uses_audience(owner.conn, key="list_id", value=str(list_id)):
        raise StillUsed
    await store.remove(owner.conn, list_id=str(list_id))


async def _read(owner: Person, file: UploadFile) -> ProvenRows:
    async with at_work(owner, owners_only=True) as member:
        boutique = await boutiques.get(member.conn, boutique_id=owner.boutique_id)
    assert boutique is not None  # the owner's own
    data, today = await file.read(), datetime.now(ZoneInfo(boutique.timezone)).date()
    try:
        # Ten thousand numbers take seconds to read.
        return await asyncio.to_thread(read_audience, data, region=boutique.country, today=today)
    except BadAudienceFile as error:
        raise InvalidValue(field="file", value=file.filename, remedy=str(error)) from error


async def _the_list(conn: Connection, list_id: str) -> AudienceList:
    found = await store.get(conn, list_id=list_id)
    if found is None:
        raise NotFound("There is no such list here.")
    return AudienceList.model_validate(found)
