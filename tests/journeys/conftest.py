"""A boutique with a small catalogue, and customers who talk to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count
from pathlib import Path

import pytest
from pydantic import SecretStr

from dukani.core.crypto import new_key
from dukani.core.database import Database
from dukani.core.services import Services, build_http, build_services
from dukani.core.settings import GivenSettings
from dukani.core.store import credentials
from dukani.tools.catalogue import NewProduct, add_product
from tests.factories import a_boutique
from tests.journeys.talk import Talk, begin_talk

Newcomer = Callable[..., Awaitable[Talk]]

PIECES = (
    NewProduct(
        sku="GOWN", name="Malaika Lace Gown", category="dress", pattern="lace", embroidery=True,
        occasions=("wedding",), price_minor=1250000,
        stock={"red": {"S": 1, "M": 2, "L": 0}, "ivory": {"S": 1, "M": 1}},
    ),
    NewProduct(
        sku="WRAP", name="Amani Wrap Dress", category="dress", occasions=("office", "casual"),
        price_minor=450000,
        stock={"blue": {"S": 3, "M": 4, "L": 2}, "black": {"S": 2, "M": 0, "L": 3}},
    ),
    NewProduct(
        sku="MAXI", name="Malkia Ankara Maxi Dress", category="dress", pattern="ankara",
        occasions=("party", "church"), price_minor=520000,
        stock={"yellow": {"M": 2, "L": 2}, "green": {"M": 3, "L": 1}},
    ),
    NewProduct(
        sku="TEE", name="Mtaa Graphic T-shirt", category="t-shirt", pattern="graphic",
        occasions=("casual",), price_minor=120000,
        stock={"red": {"S": 3, "M": 0, "L": 4}, "black": {"S": 6, "M": 8}},
    ),
    NewProduct(
        sku="SHOE", name="Coast Leather Sandals", category="shoes", occasions=("beach",),
        price_minor=220000, stock={"brown": {"37": 2, "38": 3}, "black": {"38": 2}},
    ),
    NewProduct(
        sku="HAT", name="Savannah Straw Hat", category="hat", occasions=("beach",),
        price_minor=150000, stock={"beige": {"ONE": 5}},
    ),
)  # fmt: skip


@pytest.fixture
async def services(database: Database, tmp_path: Path) -> AsyncIterator[Services]:
    settings = GivenSettings(data_dir=tmp_path)
    settings.security.encryption_keys = [SecretStr(new_key())]
    settings.conversation.quiet_time_s = 0
    async with build_http() as http:
        yield build_services(settings, database, http)


async def open_boutique(services: Services, **values: object) -> str:
    """A boutique with the six pieces and M-Pesa of its own."""
    boutique_id = await a_boutique(services.database, **values)
    async with services.database.system_connection() as conn:
        await credentials.put(
            conn,
            boutique_id=boutique_id,
            provider="daraja",
            account="600101",
            secrets={"consumer_key": "key", "consumer_secret": "secret", "passkey": "pass"},
            box=services.secrets,
        )
    async with services.database.tenant_connection(boutique_id) as conn:
        for piece in PIECES:
            await add_product(conn, piece, boutique_id=boutique_id)
    return boutique_id


@pytest.fixture
async def boutique(services: Services) -> str:
    return await open_boutique(services)


@pytest.fixture
def newcomer(services: Services, boutique: str) -> Newcomer:
    numbers = count(1)

    async def begin(phone: str | None = "", *, wa_user_id: str | None = None) -> Talk:
        if phone == "":
            phone = f"+2547123{next(numbers):05d}"
        return await begin_talk(services, boutique, phone=phone, wa_user_id=wa_user_id)

    return begin


@pytest.fixture
async def talk(newcomer: Newcomer) -> Talk:
    return await newcomer()
