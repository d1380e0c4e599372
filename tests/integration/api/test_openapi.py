"""The API keeps to its own description, whatever is sent: schemathesis makes it up."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import psycopg
import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, settings
from pydantic import SecretStr
from schemathesis import Case
from schemathesis.checks import CHECKS, load_all_checks

from dukani.core.clients.web_push import new_vapid_key
from dukani.core.database import Database
from dukani.dashboard_api.app import NOUNS
from dukani.serving import served
from tests.every_table import fill_every_table
from tests.factories import a_boutique
from tests.signing_in import as_person

ENDLESS = "stream_events"
DESCRIBED_WITHIN_S = 120  # the description is made at the first call; a busy machine takes long
CALLS_EACH = 25
_HEALTH = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def test_an_operation_is_named_as_its_handler_and_no_two_alike() -> None:
    names = [r.name for n in NOUNS for r in n.router.routes if isinstance(r, APIRoute)]

    assert len(names) == len(set(names))


def promises() -> list[schemathesis.CheckFunction]:
    """No error of ours, and no status, type or body that is not described."""
    load_all_checks()
    return CHECKS.get_by_names(
        [
            "not_a_server_error",
            "status_code_conformance",
            "content_type_conformance",
            "response_schema_conformance",
        ]
    )


def call_all(url: str, boutique: str, thing: str, headers: dict[str, str]) -> int:
    """Call every operation; how many there were. Raises for a broken promise."""
    schema = schemathesis.openapi.from_url(f"{url}/openapi.json", timeout=DESCRIBED_WITHIN_S)
    checks = promises()
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
            suppress_health_check=_HEALTH,
        )
        @given(case=operation.as_strategy())
        def call(case: Case[Any]) -> None:
            own = dict.fromkeys(case.path_parameters or {}, thing)
            case.path_parameters = own | {"boutique_id": boutique}
            answer = case.call(headers=headers)
            if not is_of_the_surroundings(answer):
                case.validate_response(answer, checks=checks)

        call()
    return len(operations)


def is_of_the_surroundings(answer: schemathesis.Response) -> bool:
    """Twilio is out of reach, and no key opens the made-up credentials: what needs them says so."""
    codes = ("provider_unavailable", "not_configured")
    return answer.status_code == 503 and answer.json()["code"] in codes


@pytest.mark.slow
async def test_no_call_breaks_what_the_description_promises(
    api: FastAPI, database: Database, superuser_url: str
) -> None:
    # given a boutique with a row in every table
    boutique = await a_boutique(database)
    user = await fill_every_table(superuser_url, boutique)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update boutique_members set role = 'owner' where user_id = %s", (user,))
        thing = conn.execute("select id::text from products").fetchone()
    assert thing is not None
    api.state.services.settings.push.private_key = SecretStr(new_vapid_key().text)  # set up
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    # when every operation is called with what fits its description, and with what does not
    async with served(api, api.state.services.settings, listener=listener):
        called = await asyncio.to_thread(call_all, url, boutique, thing[0], as_person(user))

    # then each answer is one that the description promises
    assert called > 40
