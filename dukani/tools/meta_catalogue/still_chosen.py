"""Writes what Meta said of a catalogue, unless the owner has chosen another one meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import meta_catalogues


class ChosenAnew(Exception):
    """Another catalogue, or none, is connected now: what was asked of the old one is void."""


@asynccontextmanager
async def still_chosen(
    services: Services, *, boutique_id: str, catalog_id: str
) -> AsyncIterator[Connection]:
    """A transaction in which this catalogue stays the boutique's. Raises ChosenAnew."""
    async with services.database.tenant_connection(boutique_id) as conn:
        if not await meta_catalogues.hold(conn, catalog_id=catalog_id):
            raise ChosenAnew
        yield conn
