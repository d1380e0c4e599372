"""The month's list of pieces: the owner's spreadsheet, with two lines that could not be read."""

from __future__ import annotations

import csv
import io
import math
from datetime import datetime, timedelta

from dukani.core.services import Services
from dukani.core.store import piece_export, piece_imports
from dukani.core.store.piece_imports import PieceImport
from dukani.sandbox.history import past
from dukani.sandbox.history.scene import Shop
from dukani.tools.piece_lists import exporting, importing, uploading
from dukani.tools.piece_lists.importing import Kind, PieceImporter

FILE_NAME = "stock list.csv"
TOOK = timedelta(seconds=4)
_DESCRIPTION = exporting.COLUMNS.index("description")
_TOLD = "Steamed and folded before it is sent."
# A price that is two prices, and a size that the spreadsheet made a date of.
_BAD = (
    ("SHAWL-01", "Lamu shawl", "scarf", "1.200", "teal", "One size", "4"),
    ("KIDS-07", "Kids' kanzu", "kanzu", "1,500", "white", "8-Jun", "3"),
)


async def bring_in_a_list(services: Services, shop: Shop, *, at: datetime) -> None:
    """As the owner would: uploaded, tried, imported; what a customer reads of one piece is new."""
    boutique_id = shop.boutique.id
    read = uploading.read_list(await _file(services, shop))
    async with services.database.tenant_connection(boutique_id) as conn:
        import_id = await uploading.take_in(conn, read, file_name=FILE_NAME, started_by=None)
    kinds: tuple[Kind, ...] = ("checking", "importing")
    for kind in kinds:
        async with services.database.tenant_connection(boutique_id) as conn:
            one = await piece_imports.get(conn, import_id=import_id, lock=True)
            assert isinstance(one, PieceImport)  # just taken in
            run = await importing.begin(conn, one, kind)
        importer = PieceImporter(services)
        await importer.run(boutique_id=boutique_id, import_id=import_id, run=run, work_s=math.inf)
    async with services.database.tenant_connection(boutique_id) as conn:
        await past.imported(conn, import_id=import_id, at=at, took=TOOK)


async def _file(services: Services, shop: Shop) -> bytes:
    """The shop's own pieces, as it would export them, and the two lines."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(exporting.HEADER)
    told = False
    async with services.database.tenant_connection(shop.boutique.id) as conn:
        async for batch in piece_export.variants(conn):
            for variant in batch:
                row = exporting.exported_row(variant, currency=shop.boutique.currency)
                if not told:
                    row[_DESCRIPTION] = f"{row[_DESCRIPTION]} {_TOLD}".strip()
                    told, first = True, variant.sku
                elif variant.sku == first:
                    row[_DESCRIPTION] = ""
                table.writerow(row)
    table.writerows(_BAD)
    return written.getvalue().encode()
