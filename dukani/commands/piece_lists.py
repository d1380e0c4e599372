"""The commands that import a list of pieces from a spreadsheet, and export one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import typer

from dukani.commands.frame import fail, read_settings, with_services
from dukani.core.errors import CallerError, DukaniError
from dukani.core.services import Services
from dukani.core.store import piece_export, piece_import_pictures, piece_import_rows, piece_imports
from dukani.core.store.piece_imports import PieceImport
from dukani.core.xlsx import XlsxWriter
from dukani.running import build_senses, with_demo_key
from dukani.shopkeeping import which_boutique
from dukani.tools.piece_lists import exporting, importing, uploading
from dukani.tools.piece_lists.columns import FIELDS, plain_name
from dukani.tools.piece_lists.importing import Kind, PieceImporter
from dukani.tools.piece_lists.why import worded

AT_ONCE = 500


class WrongMapping(CallerError):
    """A column of the file is mapped as `COLUMN=FIELD`, by its name."""


def import_list(
    file: Path,
    *,
    boutique: str | None,
    mapping: Sequence[str],
    dry_run: bool,
    archive_missing: bool,
) -> None:
    """Import the list; exits with 1 when a line could not go in."""
    try:
        read = uploading.read_list(file.read_bytes())
    except DukaniError as error:
        fail(error)
    whole: list[bool] = []

    async def bring_in(services: Services) -> None:
        shop = await which_boutique(services, boutique)
        async with services.database.tenant_connection(shop.id) as conn:
            import_id = await uploading.take_in(conn, read, file_name=file.name, started_by=None)
            one = await piece_imports.get(conn, import_id=import_id)
            assert one is not None  # just taken in
            await uploading.name_columns(
                conn,
                import_id=import_id,
                mapping=_mapped(one, mapping),
                archive_missing=archive_missing,
            )
        done = await _run(services, shop.id, import_id, "checking")
        if not dry_run:
            done = await _run(services, shop.id, import_id, "importing")
        await _tell(services, shop.id, done, dry_run=dry_run)
        whole.append(done.refused == 0)

    with_services(with_demo_key(read_settings(quiet=True)), bring_in)
    raise typer.Exit(0 if all(whole) else 1)


def export_list(file: Path, *, boutique: str | None) -> None:
    """Write the pieces into a file; its suffix says whether as CSV or XLSX."""

    async def take_out(services: Services) -> None:
        shop = await which_boutique(services, boutique)
        writer = XlsxWriter() if file.suffix.lower() == ".xlsx" else exporting.CsvWriter()
        with file.open("wb") as out:
            async with services.database.tenant_connection(shop.id) as conn:
                batches = piece_export.variants(conn)
                async for part in exporting.written(batches, writer, currency=shop.currency):
                    out.write(part)
        typer.echo(f"{shop.name}: its pieces are in {file}.")

    with_services(with_demo_key(read_settings(quiet=True)), take_out)


def _mapped(one: PieceImport, said: Sequence[str]) -> list[str]:
    """The fields of the columns, with what the command says of some. Raises WrongMapping."""
    mapping = list(one.mapping)
    names = [plain_name(column) for column in one.columns]
    for pair in said:
        column, _, field = pair.partition("=")
        if plain_name(column) not in names or field.strip() not in ("", *FIELDS):
            raise WrongMapping(
                f"--mapping {pair}: write COLUMN=FIELD. Columns: {', '.join(one.columns)}. "
                f"Fields: {', '.join(FIELDS)}."
            )
        at = names.index(plain_name(column))
        mapping = ["" if had == field.strip() else had for had in mapping]
        mapping[at] = field.strip()
    return mapping


async def _run(services: Services, boutique_id: str, import_id: str, kind: Kind) -> PieceImport:
    """Do here what a job would do, to its end."""
    async with services.database.tenant_connection(boutique_id) as conn:
        one = await piece_imports.get(conn, import_id=import_id, lock=True)
        assert one is not None  # of this command
        run = await importing.begin(conn, one, kind)
    importer = PieceImporter(services, build_senses().eye)
    await importer.run(boutique_id=boutique_id, import_id=import_id, run=run, work_s=math.inf)
    done = await _get(services, boutique_id, import_id)
    assert done is not None
    return done


async def _get(services: Services, boutique_id: str, import_id: str) -> PieceImport | None:
    async with services.database.tenant_connection(boutique_id) as conn:
        return await piece_imports.get(conn, import_id=import_id)


async def _tell(services: Services, boutique_id: str, done: PieceImport, *, dry_run: bool) -> None:
    after = 0
    while True:
        async with services.database.tenant_connection(boutique_id) as conn:
            rows = await piece_import_rows.page(
                conn, import_id=done.id, outcome="refused", after=after, limit=AT_ONCE
            )
        for row in rows:
            typer.echo(f"line {row.line}: {worded(row.why, 'en')}")
        if not rows:
            break
        after = rows[-1].line
    async with services.database.tenant_connection(boutique_id) as conn:
        for picture in await piece_import_pictures.failed(conn, import_id=done.id, limit=AT_ONCE):
            typer.echo(f"line {picture.line}: {worded(picture.why, 'en')}")
    counts = {"new": done.new, "changed": done.changed, "unchanged": done.unchanged,
              "refused": done.refused}  # fmt: skip
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "no lines"
    verb = "would be archived" if dry_run else "archived"
    gone = f"; {done.archived} not in the list {verb}" if done.archived else ""
    typer.echo(f"{'Nothing was changed yet. ' if dry_run else ''}Lines: {told}{gone}.")
