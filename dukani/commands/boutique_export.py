"""`dukani boutique export`: everything of a boutique as one zip, straight into a file."""

from __future__ import annotations

from pathlib import Path

from dukani.commands.frame import console, read_settings, with_services
from dukani.core.errors import NotFound
from dukani.core.services import Services
from dukani.core.store import audit, boutiques
from dukani.running import with_demo_key
from dukani.tools.boutique_export.writing import Progress, written


def export(slug: str, file: Path) -> None:
    async def work(services: Services) -> None:
        async with services.database.system_connection() as conn:
            boutique = await boutiques.by_slug(conn, slug=slug)
        if boutique is None:
            raise NotFound(f"There is no boutique {slug!r}: `dukani boutique list` shows them.")
        async with services.database.operator_connection(boutique.id) as conn:
            await audit.write_by_member(
                conn, action="boutique_export_fetched", subject=f"boutiques:{boutique.id}"
            )
        progress = Progress()
        part_file = file.with_name(f"{file.name}.part")  # whole or not at all
        with part_file.open("wb") as whole:
            async for part in written(services, boutique_id=boutique.id, progress=progress):
                whole.write(part)
        part_file.replace(file)
        missing = f", {len(progress.missing)} files missing" if progress.missing else ""
        console.print(f"Written: {file} ({progress.rows} rows, {progress.files} files{missing})")

    with_services(with_demo_key(read_settings(quiet=True)), work)
