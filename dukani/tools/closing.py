"""Removes a boutique: deletes it, or closes it when its records must be kept."""

from __future__ import annotations

from dataclasses import dataclass

from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.services import Services
from dukani.core.store import audit, boutiques, closing


@dataclass(frozen=True, slots=True)
class Removed:
    """A removed boutique; `kept` says why it was closed and not deleted."""

    name: str
    kept: str | None


async def remove_boutique(services: Services, slug: str) -> Removed:
    """Deletes a boutique, or closes it if payments or consents are recorded in it.

    A closed boutique neither receives nor sends messages; its records stay readable. Raises
    NotFound.
    """
    database = services.database
    async with database.system_connection(long=True) as conn:
        found = await boutiques.by_slug(conn, slug=slug)
        if found is None:
            raise NotFound(await _unknown(conn, slug))
        kept = await closing.must_be_kept(conn, boutique_id=found.id)
        if kept is None:
            await closing.delete(conn, boutique_id=found.id)
            return Removed(found.name, None)
        await closing.close(conn, boutique_id=found.id)
    async with database.tenant_connection(found.id) as conn:
        await audit.write(
            conn, actor="system", action="boutique_closed", subject=f"boutique:{slug}"
        )
    return Removed(found.name, kept)


async def _unknown(conn: Connection, slug: str) -> str:
    there = ", ".join(await boutiques.open_slugs(conn)) or "none"
    return f"no boutique has the slug {slug!r}; there are: {there}"
