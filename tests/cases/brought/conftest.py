"""A boutique at each provider, with pieces of a catalogue that is known outside too."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from dukani.agent.local_reader import LocalReader
from dukani.core.services import Services
from dukani.core.store.credentials import Provider
from dukani.graph.context import Senses
from dukani.graph.turn import TurnHandler
from dukani.tools.catalogue import add_product
from tests.cases.brought.shop import PIECES, Shop
from tests.fakes.providers import FakeProviders
from tests.journeys.talk import ScriptedEye
from tests.wiring import META_NUMBER, TWILIO_NUMBER, Caller, a_line, doors_of


@pytest.fixture
async def caller(services: Services) -> AsyncIterator[Caller]:
    async with doors_of(services) as client:
        yield Caller(client)


Opens = Callable[[Provider], Awaitable[Shop]]


@pytest.fixture
def opens(services: Services, caller: Caller, providers: FakeProviders) -> Opens:
    async def shop(provider: Provider) -> Shop:
        number = META_NUMBER if provider == "meta" else TWILIO_NUMBER
        boutique_id = await a_line(services, provider, number)
        async with services.database.tenant_connection(boutique_id) as conn:
            for piece in PIECES:
                await add_product(conn, piece, boutique_id=boutique_id)
        eye = ScriptedEye()
        handler = TurnHandler(services, Senses(reader=LocalReader(), eye=eye))
        return Shop(services, boutique_id, caller, providers, handler, eye)

    return shop


@pytest.fixture
async def meta_shop(opens: Opens) -> Shop:
    return await opens("meta")


@pytest.fixture
async def twilio_shop(opens: Opens) -> Shop:
    return await opens("twilio")
