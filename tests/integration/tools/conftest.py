"""A payment about to be pushed, and a Daraja to push it to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import carts, credentials
from dukani.core.store.boutiques import get as get_boutique
from dukani.core.store.payments import Payment
from dukani.tools import orders
from dukani.tools.payments import accounts
from dukani.tools.payments.request import request_payment
from tests.factories import a_boutique, a_conversation, a_customer, a_product, put_in_cart
from tests.fakes.daraja import FakeDaraja
from tests.wiring import some_services


@pytest.fixture
def daraja() -> FakeDaraja:
    return FakeDaraja()


@pytest.fixture
async def services(
    database: Database, tmp_path: Path, daraja: FakeDaraja
) -> AsyncIterator[Services]:
    async with some_services(database, tmp_path, http=daraja.client()) as made:
        yield made


@pytest.fixture
async def payment(services: Services) -> Payment:
    """A first attempt at an order of KES 4,500, not pushed yet."""
    database = services.database
    boutique_id = await a_boutique(database)
    async with database.system_connection() as conn:
        await credentials.put(
            conn,
            boutique_id=boutique_id,
            provider="daraja",
            account="600101",
            secrets={"consumer_key": "k", "consumer_secret": "s", "passkey": "p"},
            box=services.secrets,
        )
    [variant] = await a_product(database, boutique_id)
    customer = await a_customer(database, boutique_id, phone="+254712300001")
    conversation = await a_conversation(database, boutique_id, customer)
    await put_in_cart(database, boutique_id, customer, variant)
    async with database.tenant_connection(boutique_id) as conn:
        boutique = await get_boutique(conn, boutique_id=boutique_id)
        assert boutique is not None
        order = await orders.place(
            conn,
            boutique_id=boutique_id,
            customer_id=customer,
            conversation_id=conversation,
            currency="KES",
            delivery=orders.Delivery("Kilimani"),
            delivery_minor=0,
            items=await carts.items(conn, customer_id=customer),
        )
        requested = await request_payment(
            conn,
            boutique_id=boutique_id,
            order=order,
            phone="+254712300001",
            ways=await accounts.ways_of(conn, boutique),
        )
    assert requested is not None
    return requested
