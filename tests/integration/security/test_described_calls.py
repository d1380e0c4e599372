"""Whoever calls whatever the descriptions name, with anything in it: no error is ours.

`tests/integration/api/test_openapi.py` calls as an owner. Here it is nobody, a key, an agent and
whoever runs the installation; and the doors without a login, which have a description of their own.
"""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import Any

import psycopg
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case

from dukani.app import create_app
from dukani.core.database import Database
from dukani.serving import served
from tests.every_table import fill_every_table
from tests.factories import a_boutique
from tests.integration.agents.conftest import an_agents_key
from tests.integration.api.conftest import APIS, api, client, eye, services  # noqa: F401
from tests.integration.api.test_openapi import (
    DESCRIBED_WITHIN_S,
    ENDLESS,
    is_of_the_surroundings,
    promises,
)
from tests.signing_in import a_member, a_platform_admin, as_person
from tests.wiring import some_services

pytestmark = pytest.mark.slow
CALLS_EACH = 6


def call_all(url: str, headers: dict[str, str], given_ids: dict[str, str], *, doors: bool) -> int:
    """Call each operation a few times; how many there were. Raises for a broken promise."""
    schema = schemathesis.openapi.from_url(f"{url}/openapi.json", timeout=DESCRIBED_WITHIN_S)
    checks = promises()[:1] if doors else promises()
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:
        if operation.definition.raw["operationId"] == ENDLESS:
            continue

        @settings(
            max_examples=CALLS_EACH,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def call(case: Case[Any]) -> None:
            case.path_parameters = (case.path_parameters or {}) | {
                name: given_ids[name] for name in (case.path_parameters or {}) if name in given_ids
            }
            answer = case.call(headers=headers)
            if not is_of_the_surroundings_too(answer):
                case.validate_response(answer, checks=checks)

        call()
    return len(operations)


def is_of_the_surroundings_too(answer: schemathesis.Response) -> bool:
    """A door whose secret is not set is closed, and says so."""
    if answer.status_code != 503:
        return False
    body = answer.json()
    return "detail" in body if "code" not in body else is_of_the_surroundings(answer)


@pytest.mark.parametrize("who", ["nobody", "a key", "an agent", "a platform admin"])
async def test_no_caller_makes_an_error_of_ours(
    api: FastAPI,  # noqa: F811
    database: Database,
    superuser_url: str,
    who: str,
) -> None:
    # given a boutique with a row in every table, and who calls
    boutique = await a_boutique(database)
    await fill_every_table(superuser_url, boutique)
    owner = a_member(superuser_url, boutique, "owner")
    if who == "nobody":
        headers = {}
    elif who == "a platform admin":
        headers = as_person(a_platform_admin(superuser_url))
    else:
        key = await an_agents_key(database, boutique, owner)
        if who == "a key":
            with psycopg.connect(superuser_url) as conn:
                conn.execute("update api_keys set scope = 'api', may_write = true")
        headers = {"authorization": f"Bearer {key}"}
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    # when every operation is called
    async with served(api, api.state.services.settings, listener=listener):
        called = await asyncio.to_thread(
            call_all, url, headers, {"boutique_id": boutique}, doors=False
        )

    # then each answer is one that the description promises
    assert called > 200


async def test_no_door_makes_an_error_of_ours(
    database: Database, superuser_url: str, tmp_path: Path
) -> None:
    async with some_services(database, tmp_path, web={"api_docs": True}) as services:  # noqa: F811
        await fill_every_table(superuser_url, await a_boutique(database))
        listener = socket.create_server(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with served(create_app(services), services.settings, listener=listener):
            called = await asyncio.to_thread(call_all, url, {}, {}, doors=True)
    assert called >= 10
