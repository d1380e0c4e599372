"""The job that writes an owner's export into the media store, in parts; and its end after a day."""

from __future__ import annotations

from collections.abc import AsyncIterator

import structlog

from dukani.core.database import Connection
from dukani.core.errors import Conflict
from dukani.core.queue import defer
from dukani.core.services import Services
from dukani.core.store import boutique_exports
from dukani.core.store.boutique_exports import BoutiqueExport
from dukani.tools.boutique_export.writing import Progress, written

log = structlog.get_logger()

HOURS = 24  # for which the file can be fetched
_ZIP = "application/zip"


class ExportUnderWay(Conflict):
    """The shop's file is being written already. Wait until it is done."""


class ExportNotReady(Conflict):
    """This file is not there: it is not written yet, or has had its day. Ask for it anew."""


async def ask(conn: Connection, *, boutique_id: str, asked_by: str) -> BoutiqueExport:
    """Begin one; the audit log notes who asked. Raises ExportUnderWay."""
    asked = await boutique_exports.ask(conn, asked_by=asked_by)
    if asked is None:
        raise ExportUnderWay
    await defer(
        conn,
        "export_boutique",
        lock=f"export:{asked.id}",
        boutique_id=boutique_id,
        export_id=asked.id,
    )
    return asked


async def export_boutique(services: Services, *, boutique_id: str, export_id: str) -> None:
    """Write it. A job that is killed and begun again writes it anew from the first table."""
    async with services.database.operator_connection(boutique_id) as conn:
        before = await boutique_exports.get(conn, export_id=export_id)
        run = await boutique_exports.begin(conn, export_id=export_id)
    if before is None or run is None:
        return
    try:
        # One more than is noted: a job may be killed between the two.
        await _remove_parts(services, boutique_id, export_id, before.run, before.parts + 1)
        done = await _write(services, boutique_id, run)
    except Exception:
        await _end(services, boutique_id, run, "failed")
        raise
    if done:
        await _end(services, boutique_id, run, "done")
        log.info("boutique_exported", boutique=boutique_id, export=export_id)


async def _write(services: Services, boutique_id: str, run: BoutiqueExport) -> bool:
    """Whether it was written to the end; not where another run has begun since."""
    progress = Progress()
    parts = size = 0
    async for part in written(services, boutique_id=boutique_id, progress=progress):
        if part:
            await services.media.put(part_path(boutique_id, run.id, run.run, parts), part, _ZIP)
            parts, size = parts + 1, size + len(part)
        async with services.database.operator_connection(boutique_id) as conn:
            goes_on = await boutique_exports.note(
                conn,
                export_id=run.id,
                run=run.run,
                tables=progress.tables,
                tables_done=progress.tables_done,
                rows=progress.rows,
                files=progress.files,
                missing_files=len(progress.missing),
                parts=parts,
                size=size,
            )
        if not goes_on:
            return False
    return True


async def _end(
    services: Services, boutique_id: str, run: BoutiqueExport, status: boutique_exports.Status
) -> None:
    async with services.database.operator_connection(boutique_id) as conn:
        await boutique_exports.end(conn, export_id=run.id, run=run.run, status=status, hours=HOURS)


def part_path(boutique_id: str, export_id: str, run: int, number: int) -> str:
    return f"{boutique_id}/exports/{export_id}-{run}-{number:05d}.part"


async def parts_of(
    services: Services, *, boutique_id: str, export: BoutiqueExport
) -> AsyncIterator[bytes]:
    """The file, part after part."""
    for number in range(export.parts):
        yield await services.media.get(part_path(boutique_id, export.id, export.run, number))


async def _remove_parts(
    services: Services, boutique_id: str, export_id: str, run: int, parts: int
) -> None:
    for number in range(parts):
        await services.media.remove(part_path(boutique_id, export_id, run, number))


async def remove_expired(services: Services) -> int:
    """Delete the files that have had their day; how many exports' they were."""
    async with services.database.system_connection() as conn:
        over = await boutique_exports.expired(conn)
    for one in over:
        await _remove_parts(services, one.boutique_id, one.id, one.run, one.parts)
        async with services.database.system_connection() as conn:
            await boutique_exports.forget(conn, one)
    return len(over)
