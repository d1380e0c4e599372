"""The API of a boutique's people on a database of the test, with an owner signed in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from dukani.agent.eye import Eye
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.dashboard_api.app import attach_api, build_api
from tests.applications import Applications
from tests.factories import a_boutique
from tests.signing_in import a_member, a_verifier, as_person, calling
from tests.wiring import some_services

APIS = Applications(build_api)


@dataclass(frozen=True, slots=True)
class Signed:
    """A person's calls of the API, in one boutique."""

    client: httpx.AsyncClient
    boutique: str
    user_id: str

    async def call(self, method: str, path: str = "", **given: Any) -> httpx.Response:
        """`path` is within the boutique."""
        headers = as_person(self.user_id) | given.pop("headers", {})
        url = f"/boutiques/{self.boutique}{path}"
        return await self.client.request(method, url, headers=headers, **given)

    async def get(self, path: str = "", **given: Any) -> Any:
        """The body of an answer that is no refusal."""
        return self.of(await self.call("GET", path, **given))

    async def post(self, path: str, body: Any = None, **given: Any) -> Any:
        return self.of(await self.call("POST", path, json=body, **given))

    @staticmethod
    def of(answer: httpx.Response) -> Any:
        assert answer.is_success, f"{answer.status_code} {answer.text}"
        return answer.json()


@pytest.fixture
async def services(database: Database, tmp_path: Path) -> AsyncIterator[Services]:
    async with some_services(database, tmp_path) as services:
        yield services


@pytest.fixture
def eye() -> Eye | None:
    """Looks at pictures; none is this machine's own."""
    return None


@pytest.fixture
def api(services: Services, eye: Eye | None) -> Iterator[FastAPI]:
    with APIS.lend(services.settings.web) as api:
        attach_api(api, services, a_verifier(), eye=eye)
        yield api


@pytest.fixture
async def client(api: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(api) as client:
        yield client


@pytest.fixture
async def boutique(database: Database) -> str:
    return await a_boutique(database)


@pytest.fixture
def owner(client: httpx.AsyncClient, superuser_url: str, boutique: str) -> Signed:
    return Signed(client, boutique, a_member(superuser_url, boutique, "owner"))


@pytest.fixture
def staff(client: httpx.AsyncClient, superuser_url: str, boutique: str) -> Signed:
    return Signed(client, boutique, a_member(superuser_url, boutique, "staff"))


@pytest.fixture
async def stranger(client: httpx.AsyncClient, superuser_url: str, database: Database) -> Signed:
    """The owner of another boutique."""
    other = await a_boutique(database)
    return Signed(client, other, a_member(superuser_url, other, "owner"))
