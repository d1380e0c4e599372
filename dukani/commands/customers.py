"""`dukani customers …`."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

from dukani.commands.frame import console, read_settings, with_services
from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.phone import to_e164
from dukani.core.services import Services
from dukani.core.store import audit, boutiques
from dukani.core.store.boutiques import Boutique
from dukani.core.store.customer_erasing import subject_of
from dukani.core.store.customers import by_phone
from dukani.running import with_demo_key
from dukani.tools import customer_erasing, customer_export


def export(slug: str, who: str, file: Path) -> None:
    async def work(services: Services) -> None:
        boutique = await _the_boutique(services, slug)
        async with services.database.operator_connection(boutique.id) as conn:
            customer_id = await _the_customer(conn, boutique, who)
            await audit.write_by_member(
                conn, action="customer_exported", subject=subject_of(customer_id)
            )
        written = await customer_export.write_export(
            services, boutique_id=boutique.id, customer_id=customer_id
        )
        shutil.move(written, file)
        console.print(f"Written: {file}")

    with_services(with_demo_key(read_settings(quiet=True)), work)


def erase(slug: str, who: str) -> None:
    async def work(services: Services) -> None:
        boutique = await _the_boutique(services, slug)
        async with services.database.operator_connection(boutique.id) as conn:
            report = await customer_erasing.erase(
                conn,
                boutique_id=boutique.id,
                customer_id=await _the_customer(conn, boutique, who),
            )
        removed = ", ".join(f"{count} {table}" for table, count in report.removed.items() if count)
        kept = ", ".join(f"{count} {table}" for table, count in report.kept.items() if count)
        console.print(f"Erased {report.erased_at:%Y-%m-%d %H:%M}, with {report.files} files.")
        console.print(f"Removed: {removed or 'nothing'}.")
        console.print(f"Kept without whose they were: {kept or 'nothing'}.")

    with_services(with_demo_key(read_settings(quiet=True)), work)


async def _the_boutique(services: Services, slug: str) -> Boutique:
    async with services.database.system_connection() as conn:
        boutique = await boutiques.by_slug(conn, slug=slug)
    if boutique is None:
        raise NotFound(f"There is no boutique {slug!r}.")
    return boutique


async def _the_customer(conn: Connection, boutique: Boutique, who: str) -> str:
    try:
        return str(UUID(who))
    except ValueError:
        found = await by_phone(conn, phone=to_e164(who, region=boutique.country))
    if found is None:
        raise NotFound("No customer of this shop has that number.")
    return found.id
