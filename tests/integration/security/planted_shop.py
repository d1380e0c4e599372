"""A shop whose providers know the planted secrets as its keys, and somebody who buys there."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Mapping
from typing import Any

import httpx
import psycopg

from dukani.core.settings import GivenSettings
from dukani.running import open_services
from dukani.sandbox import seed
from dukani.sandbox.accounts import PWANI, SandboxAccount
from dukani.sandbox.catalogue import demo_boutiques
from dukani.tools.catalogue import add_product
from tests.buyer import Buyer
from tests.integration.killing.town import DRESS

WITHIN_S = 120.0
PHONE = "+254711000001"
QUOTING = "API key not valid:"
REFUSED = "select from messages where direction = 'out' and error_code is not null"


def a_planted_account(settings: Mapping[str, str], planted: Mapping[str, str]) -> SandboxAccount:
    """The account at Meta and M-Pesa; `planted`: the shop's own keys, by their names."""
    assert PWANI.mpesa is not None
    mpesa = {name: planted[name] for name in ("consumer_key", "consumer_secret", "passkey")}
    return PWANI.model_copy(
        update={
            "app_secret": settings["DUKANI_META__APP_SECRET"],
            "access_token": planted["access_token"],
            "mpesa": PWANI.mpesa.model_copy(update=mpesa),
        }
    )


async def open_shop(outside: str, database: str, keys: str, account: SandboxAccount) -> None:
    """Known to its providers, with one dress. `keys`: the encryption keys, as JSON."""
    given: dict[str, Any] = {
        "environment": "test",
        "security": {"encryption_keys": json.loads(keys)},
    }
    async with httpx.AsyncClient(base_url=outside) as http:
        (await http.post("/accounts", json=account.model_dump())).raise_for_status()
    async with open_services(GivenSettings(**given), database) as services:
        pwani = demo_boutiques()[1].model_copy(update={"zones": ()})
        boutique_id = await seed.add_boutique(services, pwani, account)
        assert boutique_id is not None  # the database is new
        async with services.database.tenant_connection(boutique_id) as conn:
            await add_product(conn, DRESS, boutique_id=boutique_id)
        await seed.open_boutique(services, boutique_id)


async def buy_and_be_refused(
    outside: str, database: str, account: SandboxAccount, *, key_at_google: str
) -> str:
    """A sale, then a message while providers refuse, one quoting its key; what the phone shows."""
    async with httpx.AsyncClient(base_url=outside, timeout=30.0) as http:
        buyer = Buyer(http, account.key, PHONE, random.Random(1))
        await asyncio.wait_for(buyer.buy(), WITHIN_S)
        quoted = f"{QUOTING} {key_at_google}"
        refusals = {
            "gemini": {"error_next": 9, "error_code": "403", "error_text": quoted},
            "meta": {"error_next": 9, "error_code": "190"},  # her message waits for another token
        }
        (await http.post("/faults", json=refusals)).raise_for_status()
        asked = {"account": account.key, "contact": PHONE, "text": "do you have hats?"}
        (await http.post("/phone/api/messages", json=asked)).raise_for_status()
        async with asyncio.timeout(WITHIN_S):
            while not await asyncio.to_thread(_is_any, database, REFUSED):  # noqa: ASYNC110
                await asyncio.sleep(0.2)
        return json.dumps(await buyer.look())


def _is_any(database: str, statement: str) -> bool:
    with psycopg.connect(database) as conn:
        return conn.execute(statement.encode()).fetchone() is not None
