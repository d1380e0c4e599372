"""Ids of another boutique, and fields that are nobody's to set, in bodies.

`tests/integration/api/test_denials.py` has them in the path. Here the path is the caller's own.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import httpx
from fastapi.routing import APIRoute

from dukani.core.database import Database
from tests.every_table import fill_every_table
from tests.factories import a_boutique
from tests.integration.api.conftest import (  # noqa: F401 - fixtures
    Signed,
    api,
    client,
    eye,
    services,
    stranger,
)
from tests.integration.api.test_denials import BODIES, IN_A_BOUTIQUE, everything, things_of
from tests.signing_in import as_person

WITH_JSON = [route for route in IN_A_BOUTIQUE if "json" in BODIES.get(route.name, {})]
# They are the tenant's, the person's or the database's.
NOT_TO_BE_SET = {"boutique_id": str(uuid4()), "is_admin": True, "payment_status": "paid"}


def places_of_ids(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a body an id stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places_of_ids(inner, (*at, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places_of_ids(inner, (*at, number))
    elif isinstance(value, str) and is_id(value):
        yield at


def is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def with_at(body: Any, at: tuple[Any, ...], value: str) -> Any:
    changed = copy.deepcopy(body)
    inner = changed
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = value
    return changed


async def send(signed: Signed, route: APIRoute, body: Any, *, thing: str) -> httpx.Response:
    path = route.path.replace("{boutique_id}", signed.boutique)
    (method,) = route.methods
    headers = as_person(signed.user_id) | {"if-match": "*"}
    address = re.sub(r"\{\w+\}", thing, path)
    return await signed.client.request(method, address, json=body, headers=headers)


async def test_an_id_of_another_boutique_in_a_body_is_nobodys(
    stranger: Signed,  # noqa: F811
    database: Database,
    superuser_url: str,
) -> None:
    # given two boutiques with a row in every table
    full = await a_boutique(database)
    await fill_every_table(superuser_url, full)
    await fill_every_table(superuser_url, stranger.boutique)
    own = sorted(things_of(superuser_url, stranger.boutique))[0]
    theirs = sorted(things_of(superuser_url, full))
    before = everything(superuser_url, full)

    # when the owner of one names things of the other wherever a body has an id
    tried, taken = 0, []
    for route in WITH_JSON:
        body = BODIES[route.name]["json"]
        for at in places_of_ids(body):
            for thing in theirs:
                answer = await send(stranger, route, with_at(body, at, thing), thing=own)
                tried += 1
                if answer.is_success or answer.status_code >= 500:
                    taken.append(f"{route.name} {at}: {answer.status_code} {answer.text[:200]}")

    # then none is taken for anything, and nothing there has changed
    assert tried >= 10
    assert taken == []
    assert everything(superuser_url, full) == before


async def test_no_body_sets_what_is_not_its_own(
    stranger: Signed,  # noqa: F811
    superuser_url: str,
) -> None:
    await fill_every_table(superuser_url, stranger.boutique)
    own = sorted(things_of(superuser_url, stranger.boutique))[0]

    taken = []
    for route in WITH_JSON:
        body = BODIES[route.name]["json"]
        for name, value in NOT_TO_BE_SET.items():
            if name in body:  # that of a colleague, whom the call is about
                continue
            answer = await send(stranger, route, body | {name: value}, thing=own)
            # Who the thing is of may be asked before the body is looked at.
            if answer.status_code not in (422, 404):
                taken.append(f"{route.name} {name}: {answer.status_code} {answer.text[:100]}")

    assert len(WITH_JSON) > 50
    assert taken == []
