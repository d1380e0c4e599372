"""What is told of an import of pieces: how far it is, its columns, its lines."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from dukani.core.database import Connection
from dukani.core.languages import Language
from dukani.core.store import boutiques, piece_import_pictures, piece_import_rows
from dukani.core.store.piece_import_rows import ImportRow, Outcome
from dukani.core.store.piece_imports import PieceImport as StoredImport
from dukani.core.store.piece_imports import Status
from dukani.dashboard_api.access import Person
from dukani.dashboard_api.bodies import Answer
from dukani.tools.piece_lists import chunks
from dukani.tools.piece_lists.columns import FIELDS
from dukani.tools.piece_lists.comparing import Verdict
from dukani.tools.piece_lists.identity import sku_of
from dukani.tools.piece_lists.lines import Reading, ReadLine, read_line
from dukani.tools.piece_lists.why import Refused, worded

SAMPLES = 3
PREVIEWED = 5
MOST_PICTURES_TOLD = 200

FieldName = Literal[
    "", "sku", "name", "category", "price", "colour", "size", "units", "units_at_export",
    "size_price", "cost", "picture", "pattern", "embroidery", "occasions", "description", "on_sale",
]  # fmt: skip
assert FieldName.__args__[1:] == FIELDS  # type: ignore[attr-defined]


class PieceImport(Answer):
    """`done` of `lines` are tried or imported, by `status`; what became of them is counted.

    `archived`: pieces on sale that are not in the file, where it was asked to archive them.
    """

    id: UUID
    file_name: str
    status: Status
    lines: int
    done: int
    new: int
    changed: int
    unchanged: int
    refused: int
    archive_missing: bool
    archived: int
    created_at: datetime
    finished_at: datetime | None


class PieceImports(Answer):
    items: list[PieceImport]


class Column(Answer):
    """A column of the file, the field it holds ('': none), and what stands in it first."""

    name: str
    field: FieldName
    samples: list[str]


class Change(Answer):
    """`of`: the colour and size. Prices are in minor units."""

    field: str
    of: str | None = None
    was: str | int | bool | list[str] | None = None
    now: str | int | bool | list[str] | None = None


class ImportedLine(Answer):
    """`why` says in the asked language why a line is refused."""

    line: int
    cells: list[str]
    outcome: Outcome | None
    changes: list[Change]
    why: str


class ReadItem(Answer):
    colour: str
    size: str
    units: int | None


class PreviewedLine(ImportedLine):
    """A line as it is read; none where the line says nothing of it."""

    sku: str | None
    name: str | None
    category: str | None
    price_minor: int | None
    items: list[ReadItem]


class PictureTold(Answer):
    line: int
    why: str


class Pictures(Answer):
    """Of the list's links: how many are waiting, were added, were there already, failed."""

    waiting: int
    added: int
    there: int
    failed: int
    problems: list[PictureTold]


class ShownImport(PieceImport):
    """`preview`: how the first lines are read by these columns, and what they would change."""

    columns: list[Column]
    preview: list[PreviewedLine]
    pictures: Pictures


class ImportedLines(Answer):
    """`next_line`: ask for the lines after it; none: these are the last."""

    items: list[ImportedLine]
    next_line: int | None


async def shown_import(
    conn: Connection, owner: Person, one: StoredImport, language: Language
) -> ShownImport:
    first = await piece_import_rows.first(conn, import_id=one.id, limit=PREVIEWED)
    fields = {name: getattr(one, name) for name in PieceImport.model_fields}
    return ShownImport(
        **fields,
        columns=[
            Column(
                name=name,
                field=field,
                samples=[row.cells[n][:80] for row in first[:SAMPLES] if n < len(row.cells)],
            )
            for n, (name, field) in enumerate(zip(one.columns, one.mapping, strict=True))
        ],
        preview=await _previewed(conn, owner, one, first, language),
        pictures=await _pictures(conn, one, language),
    )


async def _previewed(
    conn: Connection,
    owner: Person,
    one: StoredImport,
    rows: list[ImportRow],
    language: Language,
) -> list[PreviewedLine]:
    """The first lines as they would be read, before all are tried."""
    if one.status != "ready":
        return []
    boutique = await boutiques.get(conn, boutique_id=owner.boutique_id)
    assert boutique is not None  # the owner's own
    ordered = sorted(rows, key=lambda row: row.position)
    steps = await chunks.steps_for(
        conn, ordered, mapping=one.mapping, currency=boutique.currency, lock=False
    )
    verdicts = {verdict.line: verdict for step in steps for verdict in step.verdicts}
    reading = Reading(one.mapping, boutique.currency)
    return [_as_read(row, verdicts[row.line], reading, language) for row in rows]


def _as_read(
    row: ImportRow, verdict: Verdict, reading: Reading, language: Language
) -> PreviewedLine:
    try:
        read = read_line(row.line, row.cells, reading, sku=sku_of(row.key))
    except Refused:
        read = ReadLine(row.line, row.key.strip(), {})
    return PreviewedLine(
        line=row.line,
        cells=row.cells,
        outcome=verdict.outcome,
        changes=[Change.model_validate(change) for change in verdict.changes],
        why=worded(verdict.why.as_json(), language) if verdict.why else "",
        sku=read.sku,
        name=read.given.get("name"),
        category=read.given.get("category"),
        price_minor=read.given.get("price"),
        items=[ReadItem.model_validate(item) for item in read.items],
    )


async def _pictures(conn: Connection, one: StoredImport, language: Language) -> Pictures:
    counts = await piece_import_pictures.counts(conn, import_id=one.id)
    failed = await piece_import_pictures.failed(conn, import_id=one.id, limit=MOST_PICTURES_TOLD)
    return Pictures(
        waiting=counts.waiting,
        added=counts.added,
        there=counts.there,
        failed=counts.failed,
        problems=[PictureTold(line=it.line, why=worded(it.why, language)) for it in failed],
    )


def shown_line(row: ImportRow, language: Language) -> ImportedLine:
    return ImportedLine(
        line=row.line,
        cells=row.cells,
        outcome=row.outcome,
        changes=[Change.model_validate(change) for change in row.changes],
        why=worded(row.why, language),
    )
