"""Everything of the boutique as one file: an owner asks for it, and fetches it within a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from fastapi import APIRouter

from dukani.core.errors import NotFound
from dukani.core.export_links import export_link
from dukani.core.store import audit
from dukani.core.store import boutique_exports as store
from dukani.core.store.boutique_exports import Status
from dukani.dashboard_api.access import AnActingOwner, AnOwner
from dukani.dashboard_api.bodies import Answer
from dukani.dashboard_api.key_holders import PeopleOnly
from dukani.tools.boutique_export import job

router = APIRouter(prefix="/boutiques/{boutique_id}/exports", tags=["exports"])

SHOWN = 5
_LINK_LASTS = timedelta(hours=24)


class BoutiqueExport(Answer):
    """`tables` is 0 until it began; `rows`, `files` and `bytes` grow while it is written."""

    id: UUID
    status: Status
    tables: int
    tables_done: int
    rows: int
    files: int
    missing_files: int
    bytes: int
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None


class BoutiqueExports(Answer):
    items: list[BoutiqueExport]


class ExportLink(Answer):
    """For the owner who asked for it alone, while she is one."""

    url: str
    expires_at: datetime


@router.post("", status_code=202)
async def ask_for_export(owner: AnActingOwner, _: PeopleOnly) -> BoutiqueExport:
    """Every table as CSV, with all pictures and media; the audit log notes it."""
    asked = await job.ask(
        owner.conn, boutique_id=owner.boutique_id, asked_by=owner.signed_in.user_id
    )
    return BoutiqueExport.model_validate(asked)


@router.get("")
async def list_exports(owner: AnOwner) -> BoutiqueExports:
    """The newest first."""
    found = await store.latest(owner.conn, limit=SHOWN)
    return BoutiqueExports(items=[BoutiqueExport.model_validate(one) for one in found])


@router.post("/{export_id}/link")
async def link_export(owner: AnActingOwner, export_id: UUID, _: PeopleOnly) -> ExportLink:
    """An address at which a browser downloads it; the audit log notes it."""
    found = await store.get(owner.conn, export_id=str(export_id))
    if found is None:
        raise NotFound("There is no such export here.")
    now = datetime.now(UTC)
    if found.status != "done" or found.expires_at is None or found.expires_at <= now:
        raise job.ExportNotReady
    await audit.write_by_member(
        owner.conn, action="boutique_export_fetched", subject=f"boutique_exports:{export_id}"
    )
    until = min(now + _LINK_LASTS, found.expires_at)
    url = export_link(
        owner.services,
        boutique_id=owner.boutique_id,
        export_id=str(export_id),
        user_id=owner.signed_in.user_id,
        until=until,
    )
    return ExportLink(url=url, expires_at=until)
