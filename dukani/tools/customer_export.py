"""One customer's file: every row that is kept of her as JSON, and her photos and voice notes."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import Any

from dukani.core.errors import NotFound
from dukani.core.services import Services
from dukani.core.store import customer_export

_README = """Everything that this shop keeps of one customer.

data.json   the rows of each table, as they are stored; money in cents, times in UTC
media/      the photos, voice notes and documents of the chat
"""


async def write_export(services: Services, *, boutique_id: str, customer_id: str) -> Path:
    """A zip in a temporary file, which the caller removes. Raises NotFound."""
    async with services.database.operator_connection(boutique_id) as conn:
        rows = await customer_export.rows_of(conn, boutique_id=boutique_id, customer_id=customer_id)
    if rows is None:
        raise NotFound("There is no such customer here.")
    with (
        NamedTemporaryFile(prefix="customer-", suffix=".zip", delete=False) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        written.writestr("README.txt", _README)
        written.writestr("data.json", json.dumps(rows, ensure_ascii=False, indent=1, default=str))
        missing = await _add_media(services, written, rows["messages"])
        if missing:
            written.writestr("media/missing.txt", "\n".join(missing))
    return Path(file.name)


async def _add_media(
    services: Services, written: zipfile.ZipFile, messages: list[dict[str, Any]]
) -> list[str]:
    """The names of files that the store has no more."""
    missing = []
    for path in dict.fromkeys(one["media_path"] for one in messages if one["media_path"]):
        name = PurePosixPath(path).name
        try:
            written.writestr(f"media/{name}", await services.media.get(path))
        except NotFound:
            missing.append(name)
    return missing
