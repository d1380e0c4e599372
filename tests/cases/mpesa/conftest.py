"""Shops that are paid: one through Daraja, one through PayLink with Daraja beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from tests.cases.mpesa.money import MoneyShop
from tests.cases.shop import CaseShop
from tests.fakes.daraja import FakeDaraja
from tests.fakes.paylink import FakePayLink, serving_paylink
from tests.fakes.providers import FakeProviders
from tests.wiring import some_services


@pytest.fixture
def daraja() -> FakeDaraja:
    return FakeDaraja()


@pytest.fixture
async def paylink() -> AsyncIterator[FakePayLink]:
    async with serving_paylink() as fake:
        yield fake


@pytest.fixture
async def services(
    database: Database,
    tmp_path: Path,
    providers: FakeProviders,
    daraja: FakeDaraja,
    paylink: FakePayLink,
) -> AsyncIterator[Services]:
    def answer(request: httpx.Request) -> httpx.Response:
        is_daraja = request.url.host.endswith("safaricom.co.ke")
        return daraja.answer(request) if is_daraja else providers.answer(request)

    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    settings = {"conversation": {"quiet_time_s": 0.0}, "paylink": {"url": paylink.url}}
    async with some_services(database, tmp_path, http=http, **settings) as made:
        yield made


@pytest.fixture
def money(
    shop: CaseShop, daraja: FakeDaraja, paylink: FakePayLink, superuser_url: str
) -> MoneyShop:
    return MoneyShop(shop, daraja, paylink, superuser_url)


@pytest.fixture
async def by_daraja(money: MoneyShop) -> MoneyShop:
    await money.open()
    return money


@pytest.fixture
async def by_paylink(money: MoneyShop) -> MoneyShop:
    await money.open(provider="paylink")
    return money
