"""Writes all of a boutique: table after table, then its files, then what is in it."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from dukani.core.errors import NotFound
from dukani.core.inert import inert
from dukani.core.services import Services
from dukani.core.store import boutique_tables
from dukani.core.store.boutique_tables import Column, Table
from dukani.tools.boutique_export.zipping import GrowingZip

PART = 8 * 2**20  # bytes given out at once
README = """Everything that Dukani keeps of this shop.

tables/         a CSV file for each kind of thing: UTF-8, a comma between cells, names in the first
                line. Money is in cents (minor units), times are in UTC, an empty cell is nothing.
                A cell that a spreadsheet would run as a formula begins with an apostrophe.
media/          the pictures of pieces, and the photos and voice notes of chats, by their paths as
                the tables name them.
manifest.json   how many lines each table has, and which files are missing.

Left out: passwords, keys and tokens, and digests of them. The tables were read one after another
while the shop was open, so what happened meanwhile may be in one and not in another.
"""


@dataclass(slots=True)
class Progress:
    """How far it came."""

    tables: int = 0
    tables_done: int = 0
    rows: int = 0
    files: int = 0
    missing: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


async def written(
    services: Services, *, boutique_id: str, progress: Progress
) -> AsyncIterator[bytes]:
    """The zip, some megabytes at a time; empty while little was written, to see how far it came."""
    whole = GrowingZip(datetime.now(UTC))
    whole.whole("README.txt", b"\xef\xbb\xbf" + README.encode())
    async with services.database.system_connection() as conn:
        tables = await boutique_tables.of_a_boutique(conn)
    progress.tables = len(tables)
    for table in tables:
        async for _ in _table(services, whole, table, boutique_id, progress):
            yield whole.take(PART)
        progress.tables_done += 1
        yield whole.take(PART)
    async for _ in _files(services, whole, tables, boutique_id, progress):
        yield whole.take(PART)
    whole.whole("manifest.json", _manifest(progress))
    whole.close()
    yield whole.take()


async def _table(
    services: Services, whole: GrowingZip, table: Table, boutique_id: str, progress: Progress
) -> AsyncIterator[None]:
    """One table, in a transaction of its own: a shop of years takes too long for one."""
    progress.counts[table.name] = 0
    with whole.file(f"tables/{table.name}.csv") as file:
        file.write(b"\xef\xbb\xbf" + _csv([[column.name for column in table.columns]]))
        async with services.database.system_connection(long=True) as conn:
            rows = boutique_tables.rows_of(conn, table, boutique_id=boutique_id)
            async for batch in rows:
                # Packing takes the processor: others of this process go on meanwhile.
                await asyncio.to_thread(_write, file, batch, table.columns)
                progress.counts[table.name] += len(batch)
                progress.rows += len(batch)
                yield


def _write(file: object, batch: Sequence[Sequence[str | None]], columns: Sequence[Column]) -> None:
    rows = [
        [_cell(value, column) for value, column in zip(row, columns, strict=True)] for row in batch
    ]
    file.write(_csv(rows))  # type: ignore[attr-defined]  # the zip's


def _cell(value: str | None, column: Column) -> str:
    if value is None:
        return ""
    return inert(value) if column.is_text else value


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return lines.getvalue().encode()


async def _files(
    services: Services,
    whole: GrowingZip,
    tables: Sequence[Table],
    boutique_id: str,
    progress: Progress,
) -> AsyncIterator[None]:
    """Each file once, however many rows name it; one that is not there is named in the manifest."""
    seen: set[int] = set()
    for table in tables:
        for column in table.paths:
            async for path in _paths(services, table, column, boutique_id):
                if hash(path) in seen or not path.startswith(f"{boutique_id}/"):
                    continue
                seen.add(hash(path))
                try:
                    content = await services.media.get(path)
                except NotFound:
                    progress.missing.append(path)
                    continue
                name = path.removeprefix(f"{boutique_id}/")
                await asyncio.to_thread(whole.whole, f"media/{name}", content)
                progress.files += 1
                yield


async def _paths(
    services: Services, table: Table, column: str, boutique_id: str
) -> AsyncIterator[str]:
    after = ""
    while True:
        async with services.database.system_connection() as conn:
            paths = await boutique_tables.paths_of(
                conn, table, column, boutique_id=boutique_id, after=after
            )
        for path in paths:
            yield path
        if not paths:
            return
        after = paths[-1]


def _manifest(progress: Progress) -> bytes:
    told = {
        "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "tables": progress.counts,
        "rows": progress.rows,
        "files": progress.files,
        "missing_files": progress.missing,
    }
    return json.dumps(told, indent=1, ensure_ascii=False).encode()
