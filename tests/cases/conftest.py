"""Shops for the cases: one at Meta, one at Twilio."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.graph.context import Senses
from dukani.worker import build_worker
from tests.cases.shop import CaseShop, HearingMind, open_case_shop
from tests.fakes.daraja import FakeDaraja
from tests.fakes.providers import FakeProviders
from tests.journeys.talk import ScriptedEye
from tests.wiring import Caller, doors_of, some_services

OpenShop = Callable[[str], Awaitable[CaseShop]]


@pytest.fixture
def providers() -> FakeProviders:
    return FakeProviders()


@pytest.fixture
def daraja() -> FakeDaraja:
    return FakeDaraja()


@pytest.fixture
async def services(
    database: Database, tmp_path: Path, providers: FakeProviders, daraja: FakeDaraja
) -> AsyncIterator[Services]:
    def beyond_the_network(request: httpx.Request) -> httpx.Response:
        is_money = request.url.path.startswith(("/oauth", "/mpesa/"))
        return daraja.answer(request) if is_money else providers.answer(request)

    http = httpx.AsyncClient(transport=httpx.MockTransport(beyond_the_network))
    quiet = {"quiet_time_s": 0.0}
    async with some_services(database, tmp_path, http=http, conversation=quiet) as made:
        yield made


@pytest.fixture
async def open_shop(services: Services, providers: FakeProviders) -> AsyncIterator[OpenShop]:
    senses = Senses(reader=HearingMind(), eye=ScriptedEye())
    # Open for the whole test: new connections cost the server more than most answers do.
    queue = build_worker(services, senses, url=services.database.url)
    async with doors_of(services) as client, queue.open_async():

        async def opened(provider: str) -> CaseShop:
            caller = Caller(client)
            return await open_case_shop(services, senses, queue, providers, caller, provider)

        yield opened


@pytest.fixture
async def shop(open_shop: OpenShop) -> CaseShop:
    """At Meta, as most cases are."""
    return await open_shop("meta")


@pytest.fixture
async def twilio_shop(open_shop: OpenShop) -> CaseShop:
    return await open_shop("twilio")
