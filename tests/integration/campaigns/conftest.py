"""A boutique on each provider, and providers that answer as they are told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from tests.fakes.providers import FakeProviders
from tests.wiring import Caller, doors_of, some_services


@pytest.fixture
def providers() -> FakeProviders:
    return FakeProviders()


@pytest.fixture
async def services(
    database: Database, tmp_path: Path, providers: FakeProviders
) -> AsyncIterator[Services]:
    http = httpx.AsyncClient(transport=httpx.MockTransport(providers.answer))
    campaigns = {"settle_s": 0}
    async with some_services(database, tmp_path, http=http, campaigns=campaigns) as made:
        yield made


@pytest.fixture
async def caller(services: Services) -> AsyncIterator[Caller]:
    async with doors_of(services) as client:
        yield Caller(client)
