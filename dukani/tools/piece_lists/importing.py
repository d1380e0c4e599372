"""Tries or imports a list in a job: some hundred lines in a transaction, which notes how far it is.

A job that dies in the middle loses the transaction it was in, and the next begins behind the last
that was committed; a job of an earlier run, or one that runs twice, finds nothing to do.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

from dukani.agent.eye import Eye
from dukani.core.clients.safe_fetch import SafeFetcher
from dukani.core.database import Connection
from dukani.core.errors import CallerError, NotAMember, OwnersOnly
from dukani.core.jobs import defer_piece_import
from dukani.core.services import Services
from dukani.core.store import (
    boutiques,
    piece_bulk,
    piece_import_pictures,
    piece_import_rows,
    piece_imports,
)
from dukani.core.store.piece_import_rows import Told
from dukani.core.store.piece_imports import PieceImport, Status
from dukani.tools.piece_lists import chunks, fetching
from dukani.tools.piece_lists.comparing import PieceStep

AT_ONCE = 400  # lines in a transaction: a second's work, in which these pieces are locked
WORK_S = 60.0  # then another job goes on, so that a worker's slot is nobody's for long

Kind = Literal["checking", "importing"]


class NotChecked(CallerError):
    """Try the list first, and look at what would change: then import it."""

    http_status = 409


class ImportUnderWay(CallerError):
    """This list is being worked on: wait until that is done."""

    http_status = 409


class ListIsImported(CallerError):
    """This list is imported: upload it again for another import."""

    http_status = 409


def require_open(one: PieceImport) -> None:
    """Raises ImportUnderWay or ListIsImported."""
    if one.status in ("checking", "importing", "picturing"):
        raise ImportUnderWay
    if one.status in ("imported", "stopped"):
        raise ListIsImported


async def start(conn: Connection, one: PieceImport, kind: Kind, *, boutique_id: str) -> None:
    """Defers a trial or the import of a locked import.

    Raises NotChecked, ImportUnderWay or ListIsImported.
    """
    run = await begin(conn, one, kind)
    await defer_piece_import(conn, boutique_id=boutique_id, import_id=one.id, run=run)


async def begin(conn: Connection, one: PieceImport, kind: Kind) -> int:
    """Begins a run from the first line; its number, for whoever works on it. Raises as `start`."""
    require_open(one)
    if kind == "importing" and one.status != "checked":
        raise NotChecked
    await piece_import_rows.forget_outcomes(conn, import_id=one.id)
    return await piece_imports.begin(conn, import_id=one.id, status=kind)


class PieceImporter:
    """Runs imports; the eye looks at pictures, which a list without links needs none for."""

    def __init__(
        self, services: Services, eye: Eye | None = None, fetcher: SafeFetcher | None = None
    ) -> None:
        self._services, self._eye = services, eye
        self._fetcher = fetcher or SafeFetcher()

    async def run(
        self, *, boutique_id: str, import_id: str, run: int, work_s: float = WORK_S
    ) -> None:
        """Works for a while on a run of an import, and defers what is left."""
        async with self._services.database.tenant_connection(boutique_id) as conn:
            one = await piece_imports.get(conn, import_id=import_id)
        if one is None or one.run != run:
            return
        try:
            await self._work(one, boutique_id, until=time.monotonic() + work_s)
        except (NotAMember, OwnersOnly):
            async with self._services.database.tenant_connection(boutique_id) as conn:
                await piece_imports.end(conn, import_id=import_id, status="stopped")

    async def _work(self, one: PieceImport, boutique_id: str, *, until: float) -> None:
        while time.monotonic() < until:
            async with self._at_work(one, boutique_id) as conn:
                now = await piece_imports.get(conn, import_id=one.id, lock=True)
                if now is None or now.run != one.run:
                    return
                if now.status not in ("checking", "importing"):
                    break
                await _next_lines(conn, now, boutique_id)
        else:
            await self._later(one, boutique_id)
            return
        if now.status == "picturing":
            await self._fetch_pictures(one, boutique_id, until=until)

    async def _fetch_pictures(self, one: PieceImport, boutique_id: str, *, until: float) -> None:
        assert self._eye is not None  # whoever runs a list with links has one
        while time.monotonic() < until:
            async with self._at_work(one, boutique_id) as conn:
                waiting = await piece_import_pictures.waiting(conn, import_id=one.id, limit=4)
                if not waiting:
                    await piece_imports.end(conn, import_id=one.id, status="imported")
                    return
            for picture in waiting:
                await fetching.fetch(
                    self._services,
                    self._eye,
                    self._fetcher,
                    picture,
                    boutique_id=boutique_id,
                    import_id=one.id,
                )
        await self._later(one, boutique_id)

    async def _later(self, one: PieceImport, boutique_id: str) -> None:
        async with self._services.database.tenant_connection(boutique_id) as conn:
            await defer_piece_import(conn, boutique_id=boutique_id, import_id=one.id, run=one.run)

    @asynccontextmanager
    async def _at_work(self, one: PieceImport, boutique_id: str) -> AsyncIterator[Connection]:
        """As whoever started it, who must still be an owner: the audit log names the person.

        Raises NotAMember or OwnersOnly.
        """
        database = self._services.database
        if one.started_by is None:
            async with database.tenant_connection(boutique_id) as conn:
                yield conn
            return
        claims = {"sub": one.started_by}
        async with database.acting_connection(claims, boutique_id, owners_only=True) as conn:
            yield conn


async def _next_lines(conn: Connection, one: PieceImport, boutique_id: str) -> None:
    """Does the next lines of a locked import, or ends it behind the last."""
    rows = await piece_import_rows.next_pieces(
        conn, import_id=one.id, after=one.done, limit=AT_ONCE
    )
    for_good = one.status == "importing"
    if not rows:
        await _end(conn, one, for_good=for_good)
        return
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    assert boutique is not None  # the job is deferred within it
    steps = await chunks.steps_for(
        conn, rows, mapping=one.mapping, currency=boutique.currency, lock=for_good
    )
    if for_good:
        await chunks.write(conn, steps, import_id=one.id)
    told = _told(steps)
    await piece_import_rows.tell(conn, import_id=one.id, told=told)
    counts = Counter(line.outcome for line in told)
    await piece_imports.advance(
        conn,
        import_id=one.id,
        done=rows[-1].position,
        counts={str(k): n for k, n in counts.items()},
    )


async def _end(conn: Connection, one: PieceImport, *, for_good: bool) -> None:
    archived = 0
    if one.archive_missing:
        count = piece_bulk.archive_not_listed if for_good else piece_bulk.count_not_listed
        archived = await count(conn, import_id=one.id)
    ended: Status = "checked"
    if for_good:
        pictures = await piece_import_pictures.counts(conn, import_id=one.id)
        ended = "picturing" if pictures.waiting else "imported"
    await piece_imports.end(conn, import_id=one.id, status=ended, archived=archived)


def _told(steps: list[PieceStep]) -> list[Told]:
    return [
        Told(
            verdict.line,
            verdict.outcome,
            verdict.changes,
            verdict.why.as_json() if verdict.why else None,
        )
        for step in steps
        for verdict in step.verdicts
    ]
