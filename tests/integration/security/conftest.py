"""The whole application as the internet reaches it, with a row in every table."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from dukani.app import create_app
from dukani.core.database import Database
from dukani.core.services import Services
from tests.every_table import fill_every_table
from tests.factories import a_boutique
from tests.wiring import PUBLIC_URL, some_services


@dataclass(frozen=True, slots=True)
class Installation:
    services: Services
    app: FastAPI
    client: httpx.AsyncClient
    boutique: str
    user: str  # who is of it


@pytest.fixture
async def installation(
    database: Database, superuser_url: str, tmp_path: Path
) -> AsyncIterator[Installation]:
    async with some_services(database, tmp_path) as services:
        boutique = await a_boutique(database, slug="zuri", name="Zuri")
        user = await fill_every_table(superuser_url, boutique)
        app = create_app(services)
        # An error of ours is answered, as a server answers it.
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as client:
            yield Installation(services, app, client, boutique, user)
