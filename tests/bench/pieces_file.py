"""`python -m tests.bench pieces_file`: lines a second of an owner's list, beside bare rows.

Ten thousand lines are read, tried and imported by the job's own code, and imported again; the floor
is as many rows written with one statement for each thousand, into a table without triggers and
indexes of words. Memory is what Python holds at most beyond what it held before.
"""

from __future__ import annotations

import json
import tempfile
import time
import tracemalloc
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from dukani.core import loop, migrations
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.store import piece_imports
from dukani.tools.piece_lists import importing, uploading
from dukani.tools.piece_lists.importing import Kind, PieceImporter
from tests.factories import a_boutique
from tests.wiring import some_services

LINES = 10_000
SIZES = ("S", "M", "L", "XL")


def main(console: Console) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder))
        server.start()
        try:
            migrations.create_database(server.url("postgres", user="postgres"), "pieces")
            migrations.migrate(server.url("pieces", user="postgres"), bootstrap=True)
            loop.run(_measure(console, server.url("pieces"), Path(folder)))
        finally:
            server.stop()


def a_list() -> bytes:
    lines = ["SKU,Name,Category,Price,Colour,Size,Qty,Description"]
    for n in range(LINES):
        piece, size = divmod(n, len(SIZES))
        price = f'"KSh {2 + piece % 9},500/="'
        lines.append(f"P-{piece:05},Dress {piece},dress,{price},nyekundu,{SIZES[size]},3,Crepe")
    return "\n".join(lines).encode()


async def _measure(console: Console, url: str, folder: Path) -> None:
    table = Table(title=f"{LINES:,} lines of a list")
    for heading in ("step", "seconds", "lines a second", "× the floor's time", "memory, MB"):
        table.add_column(heading, no_wrap=True)
    async with Database(url) as database, some_services(database, folder) as services:
        boutique = await a_boutique(database)
        importer = PieceImporter(services)
        floor = await _timed(_floor(database, boutique))
        _row(table, "bare rows, the floor", floor, floor, 0)
        for name in ("first", "again", "traced"):
            began = time.perf_counter()
            read = uploading.read_list(a_list())
            async with database.tenant_connection(boutique) as conn:
                import_id = await uploading.take_in(
                    conn, read, file_name="pieces.csv", started_by=None
                )
            del read
            if name != "traced":
                _row(table, f"{name}: read and taken in", time.perf_counter() - began, floor, 0)
            kinds: tuple[Kind, ...] = ("checking", "importing")
            for kind in kinds:
                if name == "traced":  # which takes several times as long
                    tracemalloc.start()
                seconds = await _timed(_run(importer, database, boutique, import_id, kind))
                most = tracemalloc.get_traced_memory()[1] if name == "traced" else 0
                tracemalloc.stop()
                _row(table, f"{name}: {kind}", seconds, floor, most)
    console.print(table)


def _row(table: Table, name: str, seconds: float, floor: float, memory: int) -> None:
    if memory:
        table.add_row(name, "", "", "", f"{memory / 2**20:.1f}")
        return
    table.add_row(name, f"{seconds:.2f}", f"{LINES / seconds:,.0f}", f"{seconds / floor:.1f}", "")


async def _timed(work: Awaitable[None]) -> float:
    began = time.perf_counter()
    await work
    return time.perf_counter() - began


async def _floor(database: Database, boutique: str) -> None:
    """As many rows of the same cells, in a table without more than its key."""
    cells: list[Any] = [json.dumps(["P-00001", "Dress", "dress", "3500", "red", "S", "3", ""])]
    async with database.tenant_connection(boutique) as conn:
        import_id = await piece_imports.create(
            conn, file_name="floor", columns=["a"], mapping=[""], lines=0, started_by=None
        )
    for start in range(0, LINES, 1000):
        async with database.tenant_connection(boutique) as conn:
            await conn.execute(
                """insert into piece_import_rows (boutique_id, import_id, line, cells)
                   select private.current_boutique(), %(id)s, n, %(cells)s::jsonb
                   from generate_series(%(first)s::int, %(last)s::int) n""",
                {"id": import_id, "cells": cells[0], "first": start + 1, "last": start + 1000},
            )


async def _run(
    importer: PieceImporter, database: Database, boutique: str, import_id: str, kind: Kind
) -> None:
    async with database.tenant_connection(boutique) as conn:
        one = await piece_imports.get(conn, import_id=import_id, lock=True)
        assert one is not None
        run = await importing.begin(conn, one, kind)
    await importer.run(boutique_id=boutique, import_id=import_id, run=run, work_s=600)
