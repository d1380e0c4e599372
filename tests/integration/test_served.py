"""What the web server believes of whoever calls, and what it shows of itself."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from dukani.app import create_app
from dukani.core.database import Database
from dukani.core.errors import ConfigurationError
from dukani.ports import free_port
from dukani.serving import served
from tests.wiring import some_services

CALLBACK = {"Body": {"stkCallback": {"ResultCode": 0, "CheckoutRequestID": "ws_CO_1"}}}


@pytest.mark.parametrize(
    ("trusted", "status"),
    [
        ([], 403),  # nobody is believed, on this machine either
        (["10.0.0.0/8"], 403),  # a proxy, and not the one that calls
        (["127.0.0.1"], 200),
        (["127.0.0.0/8"], 200),
    ],
)
async def test_a_forwarded_address_counts_only_from_a_configured_proxy(
    database: Database, tmp_path: Path, trusted: list[str], status: int
) -> None:
    # given payments that may be reported from Safaricom's addresses only
    web = {"port": free_port("127.0.0.1"), "trusted_proxies": trusted}
    networks = {"allowed_networks": ["196.201.214.0/24"]}
    async with (
        some_services(database, tmp_path, web=web, daraja=networks) as services,
        served(create_app(services), services.settings),
        httpx.AsyncClient() as client,
    ):
        # when somebody says that the call came from there
        answer = await client.post(
            f"http://127.0.0.1:{web['port']}/webhook/daraja/token",
            json=CALLBACK,
            headers={"x-forwarded-for": "196.201.214.200"},
        )
    assert answer.status_code == status


@pytest.mark.parametrize("wanted", [False, True])
async def test_the_description_of_the_api_is_served_only_where_it_is_wanted(
    database: Database, tmp_path: Path, wanted: bool
) -> None:
    async with some_services(database, tmp_path, web={"api_docs": wanted}) as services:
        transport = httpx.ASGITransport(app=create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
            for path in ("/openapi.json", "/docs"):
                assert (await client.get(path)).is_success is wanted


async def test_no_production_is_served_with_the_sandbox(database: Database, tmp_path: Path) -> None:
    sandbox = {"enabled": True}
    async with some_services(
        database, tmp_path, environment="production", sandbox=sandbox
    ) as services:
        with pytest.raises(ConfigurationError, match="DUKANI_SANDBOX__ENABLED"):
            create_app(services)
