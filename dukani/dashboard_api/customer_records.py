"""A customer's full number, her file, her erasure; and the log of who did which."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from dukani.core.errors import NotFound
from dukani.core.store import audit, customer_profile
from dukani.core.store.customer_erasing import subject_of
from dukani.dashboard_api.access import AnActingOwner, AnOwner, AProvenOwner, Member, at_work
from dukani.dashboard_api.bodies import Answer
from dukani.dashboard_api.key_holders import PeopleOnly
from dukani.tools import customer_erasing, customer_export

router = APIRouter(prefix="/boutiques/{boutique_id}/customers/{customer_id}", tags=["customers"])

SHOWN_LINES = 50


class FullPhone(Answer):
    """In E.164; none: WhatsApp shows no number of hers."""

    phone: str | None


class LogLine(Answer):
    """`actor`: `owner:` or `staff:` and the person's id, or who else it was."""

    action: str
    actor: str
    created_at: datetime


class Log(Answer):
    items: list[LogLine]


class Erased(Answer):
    """How many rows of each table went, and how many stay without whose they were."""

    erased_at: datetime
    removed: dict[str, int]
    kept: dict[str, int]
    files: int


@router.post("/reveal-phone")
async def reveal_phone(owner: AnActingOwner, customer_id: UUID, _: PeopleOnly) -> FullPhone:
    """The whole number, which the audit log notes."""
    found = await _the_customer(owner, customer_id)
    await _note(owner, "customer_phone_revealed", customer_id)
    return FullPhone(phone=found.phone)


@router.get("/log")
async def list_customer_log(owner: AnOwner, customer_id: UUID) -> Log:
    """Who saw the number, took the file away, or changed something; the newest first."""
    await _the_customer(owner, customer_id)
    lines = await audit.of_subject(
        owner.conn, subject=subject_of(str(customer_id)), limit=SHOWN_LINES
    )
    return Log(items=[LogLine.model_validate(one) for one in lines])


@router.post("/export", response_class=FileResponse)
async def export_customer(owner: AProvenOwner, customer_id: UUID, _: PeopleOnly) -> FileResponse:
    """Everything that is kept of her, as a zip; the audit log notes it."""
    async with at_work(owner, owners_only=True, acting=True) as member:
        await _the_customer(member, customer_id)
        await _note(member, "customer_exported", customer_id)
    file = await customer_export.write_export(
        owner.services, boutique_id=owner.boutique_id, customer_id=str(customer_id)
    )
    return FileResponse(
        file,
        media_type="application/zip",
        filename=f"customer-{customer_id}.zip",
        background=BackgroundTask(Path.unlink, file, missing_ok=True),
    )


@router.post("/erase")
async def erase_customer(owner: AnOwner, customer_id: UUID, _: PeopleOnly) -> Erased:
    """Erase her; again: the same report. Refused while an order is under way."""
    report = await customer_erasing.erase(
        owner.conn, boutique_id=owner.boutique_id, customer_id=str(customer_id)
    )
    return Erased.model_validate(report)


async def _the_customer(member: Member, customer_id: UUID) -> customer_profile.Profile:
    found = await customer_profile.get(member.conn, customer_id=str(customer_id))
    if found is None:
        raise NotFound("There is no such customer here.")
    return found


async def _note(member: Member, action: str, customer_id: UUID) -> None:
    await audit.write_by_member(member.conn, action=action, subject=subject_of(str(customer_id)))
