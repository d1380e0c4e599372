"""A list of pieces from a spreadsheet: uploaded, its columns named, tried, imported.

A trial and the import are jobs: ask for the import again to see how far it is.
"""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Query, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import Field

from dukani.core.database import Connection
from dukani.core.errors import InvalidValue, NotFound
from dukani.core.inert import inert
from dukani.core.languages import Language, Worded
from dukani.core.store import piece_import_rows, piece_imports
from dukani.core.store.piece_import_rows import Outcome
from dukani.core.store.piece_imports import PieceImport as StoredImport
from dukani.core.tables import UnreadableTable
from dukani.dashboard_api.access import AnActingOwner, AProvenOwner, Person, at_work
from dukani.dashboard_api.bodies import Body
from dukani.dashboard_api.looking import Uncovers
from dukani.dashboard_api.piece_import_answers import (
    FieldName,
    ImportedLines,
    PieceImport,
    PieceImports,
    ShownImport,
    shown_import,
    shown_line,
)
from dukani.tools.piece_lists import importing, uploading
from dukani.tools.piece_lists.why import worded

router = APIRouter(prefix="/boutiques/{boutique_id}/piece-imports", tags=["piece imports"])

LATEST = 10
AT_ONCE = 100


class NamedColumns(Body):
    """For each column of the file its field, '' for one that is not read."""

    mapping: Annotated[list[FieldName], Field(min_length=1, max_length=60)]
    archive_missing: bool = False


class BadList(InvalidValue):
    """The upload is no list of pieces."""


AskedLanguage = Annotated[Language, Query(description="of the reasons")]


@router.get("")
async def list_piece_imports(owner: AnActingOwner) -> PieceImports:
    """The latest first."""
    found = await piece_imports.latest(owner.conn, limit=LATEST)
    return PieceImports(items=[PieceImport.model_validate(one) for one in found])


@router.post("", status_code=201)
async def upload_piece_list(
    owner: AProvenOwner, file: Annotated[UploadFile, File()], language: AskedLanguage = "en"
) -> ShownImport:
    """A list of pieces as CSV or XLSX. Nothing is changed before the import is started."""
    data = await file.read()
    try:
        # Ten thousand lines of XLSX take seconds to read.
        read = await asyncio.to_thread(uploading.read_list, data)
    except UnreadableTable as error:
        raise BadList(field="file", value=file.filename, remedy=str(error)) from error
    async with at_work(owner, owners_only=True, acting=True) as member:
        import_id = await uploading.take_in(
            member.conn,
            read,
            file_name=file.filename or "",
            started_by=owner.signed_in.user_id,
        )
        one = await _the_import(member.conn, import_id)
        return await shown_import(member.conn, member, one, language)


@router.get("/{import_id}")
async def get_piece_import(
    owner: AnActingOwner, import_id: UUID, language: AskedLanguage = "en"
) -> ShownImport:
    one = await _the_import(owner.conn, str(import_id))
    return await shown_import(owner.conn, owner, one, language)


@router.put("/{import_id}/mapping")
async def name_piece_columns(
    owner: AnActingOwner, import_id: UUID, named: NamedColumns, language: AskedLanguage = "en"
) -> ShownImport:
    """Say what the columns hold; the boutique's next list is read by that."""
    one = await _the_import(owner.conn, str(import_id), lock=True)
    importing.require_open(one)
    await uploading.name_columns(
        owner.conn,
        import_id=one.id,
        mapping=named.mapping,
        archive_missing=named.archive_missing,
    )
    one = await _the_import(owner.conn, one.id)
    return await shown_import(owner.conn, owner, one, language)


@router.post("/{import_id}/checks", status_code=202)
async def check_piece_import(owner: AnActingOwner, import_id: UUID) -> PieceImport:
    """Try all lines, and tell what each would change; changes nothing."""
    return await _started(owner.conn, owner, str(import_id), "checking")


@router.post("/{import_id}/starts", status_code=202)
async def start_piece_import(owner: AnActingOwner, import_id: UUID) -> PieceImport:
    """Import the lines that can be; the refused ones keep no other out."""
    return await _started(owner.conn, owner, str(import_id), "importing")


@router.get("/{import_id}/lines")
async def list_imported_lines(
    owner: AnActingOwner,
    import_id: UUID,
    outcome: Outcome | None = None,
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    language: AskedLanguage = "en",
) -> ImportedLines:
    """The file's lines in their order, with what became of each or would."""
    one = await _the_import(owner.conn, str(import_id))
    rows = await piece_import_rows.page(
        owner.conn, import_id=one.id, outcome=outcome, after=after, limit=AT_ONCE + 1
    )
    shown = rows[:AT_ONCE]
    return ImportedLines(
        items=[shown_line(row, language) for row in shown],
        next_line=shown[-1].line if len(rows) > AT_ONCE else None,
    )


@router.get("/{import_id}/refused-lines", response_class=StreamingResponse)
async def download_refused_lines(
    owner: AProvenOwner, import_id: UUID, _: Uncovers, language: AskedLanguage = "en"
) -> StreamingResponse:
    """The refused lines as CSV: their columns as they were, and why."""
    async with at_work(owner, owners_only=True, acting=True) as member:
        one = await _the_import(member.conn, str(import_id))
    name = Worded(en="not-imported.csv", sw="hazikuingia.csv")[language]
    return StreamingResponse(
        _refused_lines(owner, one, language),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


async def _refused_lines(
    owner: Person, one: StoredImport, language: Language
) -> AsyncIterator[bytes]:
    line, why = ("line", "why") if language == "en" else ("mstari", "sababu")
    yield b"\xef\xbb\xbf" + _as_csv([[*one.columns, line, why]])
    after = 0
    while True:
        async with at_work(owner, owners_only=True, acting=True) as member:
            rows = await piece_import_rows.page(
                member.conn, import_id=one.id, outcome="refused", after=after, limit=500
            )
        if not rows:
            return
        after = rows[-1].line
        width = len(one.columns)
        yield _as_csv(
            [
                *(row.cells + [""] * width)[:width],
                str(row.line),
                worded(row.why, language),
            ]
            for row in rows
        )


def _as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([inert(cell) for cell in row] for row in rows)
    return written.getvalue().encode()


async def _the_import(conn: Connection, import_id: str, *, lock: bool = False) -> StoredImport:
    found = await piece_imports.get(conn, import_id=import_id, lock=lock)
    if found is None:
        raise NotFound("There is no such list here.")
    return found


async def _started(
    conn: Connection, owner: Person, import_id: str, kind: importing.Kind
) -> PieceImport:
    one = await _the_import(conn, import_id, lock=True)
    await importing.start(conn, one, kind, boutique_id=owner.boutique_id)
    return PieceImport.model_validate(await _the_import(conn, one.id))
