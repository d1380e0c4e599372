"""All pieces of the boutique as a spreadsheet, which imports back as nothing new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from dukani.core.store import boutiques, piece_export
from dukani.core.xlsx import XlsxWriter
from dukani.dashboard_api.access import AProvenOwner, Person, at_work
from dukani.dashboard_api.looking import Uncovers
from dukani.tools.piece_lists import exporting

router = APIRouter(prefix="/boutiques/{boutique_id}/products", tags=["piece imports"])

IN_MEMORY = 2**20
PART = 64 * 1024

Format = Literal["csv", "xlsx"]


@router.get("/export", response_class=StreamingResponse)
async def export_products(
    owner: AProvenOwner,
    _: Uncovers,
    format: Format = "csv",  # noqa: A002 - the name in the address
) -> StreamingResponse:
    """Each colour and size of each piece, archived ones too; nothing in it runs as a formula."""
    async with at_work(owner, owners_only=True) as member:
        boutique = await boutiques.get(member.conn, boutique_id=owner.boutique_id)
    assert boutique is not None  # the owner's own
    writer = exporting.CsvWriter() if format == "csv" else XlsxWriter()
    whole = await _written(owner, writer, boutique.currency)
    name = f"{boutique.slug}-{datetime.now(UTC):%Y-%m-%d}.{format}"
    return StreamingResponse(
        _read(whole),
        media_type=writer.media_type,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


async def _written(
    owner: Person, writer: exporting.CsvWriter | XlsxWriter, currency: str
) -> SpooledTemporaryFile[bytes]:
    """The list in a file: a slow download holds no connection to the database."""
    whole = SpooledTemporaryFile[bytes](max_size=IN_MEMORY)
    async with at_work(owner, owners_only=True, acting=True) as member:
        batches = piece_export.variants(member.conn)
        async for part in exporting.written(batches, writer, currency=currency):
            whole.write(part)
    whole.seek(0)
    return whole


def _read(whole: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with whole:
        while part := whole.read(PART):
            yield part
