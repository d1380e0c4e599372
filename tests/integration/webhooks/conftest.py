"""Webhooks on a test's own database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from tests.wiring import Caller, doors_of, some_services


@pytest.fixture
async def services(database: Database, tmp_path: Path) -> AsyncIterator[Services]:
    async with some_services(database, tmp_path) as made:
        yield made


@pytest.fixture
async def caller(services: Services) -> AsyncIterator[Caller]:
    async with doors_of(services) as client:
        yield Caller(client)
