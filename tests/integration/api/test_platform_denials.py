"""For every route of the platform, from its own table: only a platform admin gets anything.

A new route is tried by itself.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from fastapi.routing import APIRoute

from dukani.core.database import Database
from dukani.core.store import platform_admins
from dukani.dashboard_api.app import PLATFORM
from dukani.dashboard_api.key_holders import beginning_of, digest_of, new_key
from dukani.dashboard_api.platform.access import PROVE_ADMINSHIP
from tests.integration.api.conftest import Signed
from tests.integration.api.test_denials import calls_of
from tests.signing_in import as_person

ROUTES = [route for noun in PLATFORM for route in noun.router.routes if isinstance(route, APIRoute)]
# A body that is taken, for each call that has one.
BODIES: dict[str, dict[str, Any]] = {
    "reveal_webhook_event": {"json": {"reason": "a question of the shop"}},
    "retry_dead_letters": {"json": {"event_ids": [1]}},
    "dismiss_dead_letters": {"json": {"event_ids": [1], "reason": "answered by phone"}},
    "retry_failed_messages": {"json": {"message_ids": [str(uuid4())]}},
    "dismiss_failed_messages": {
        "json": {"message_ids": [str(uuid4())], "reason": "answered by phone"}
    },
    "retry_platform_jobs": {"json": {"job_ids": [1]}},
    "cancel_platform_jobs": {"json": {"job_ids": [1]}},
    "pause_platform_queue": {"json": {"reason": "the provider asked for it"}},
    "replay_webhook_events": {"json": {"event_id": 1}},
    "put_platform_plan": {"json": {"name": "Free", "included": 100, "over": "stop"}},
    "give_conversations": {"json": {"conversations": 10, "reason": "welcome"}},
    "pause_boutique": {"json": {"reason": "Not paid"}},
    "resume_boutique": {"json": {}},
    "begin_look": {"json": {"reason": "She asked for help"}},
    "set_channel_keys": {
        "json": {
            "provider": "meta", "phone_number_id": "100000000000009", "access_token": "a token",
        }
    },
    "set_sms_keys": {
        "json": {
            "provider": "africastalking", "sender": "ZURI", "username": "zuri",
            "api_key": "a key of Africa's Talking",
        }
    },
    "set_mpesa_keys": {"json": {"kind": "by_hand", "till": "500101"}},
}  # fmt: skip


async def send(
    client: httpx.AsyncClient, route: APIRoute, boutique: str, headers: dict[str, str]
) -> httpx.Response:
    path = route.path.replace("{boutique_id}", boutique)
    path = re.sub(r"\{\w+\}", str(uuid4()), path)
    (method,) = route.methods
    return await client.request(method, path, headers=headers, **BODIES.get(route.name, {}))


def test_every_body_is_known_here() -> None:
    assert set(BODIES) == {route.name for route in ROUTES if route.body_field is not None}


def test_every_route_proves_adminship_once() -> None:
    proofs = {
        route.name: sum(call in PROVE_ADMINSHIP for call in calls_of(route.dependant))
        for route in ROUTES
    }
    assert {name: count for name, count in proofs.items() if count != 1} == {}


async def test_anonymous_calls_are_refused(client: httpx.AsyncClient, boutique: str) -> None:
    for route in ROUTES:
        answer = await send(client, route, boutique, {})

        assert answer.status_code == 401, route.name


async def test_an_owner_is_no_platform_admin(
    owner: Signed, client: httpx.AsyncClient, boutique: str
) -> None:
    for route in ROUTES:
        answer = await send(client, route, boutique, as_person(owner.user_id))

        assert answer.status_code == 403, route.name
        assert answer.json()["code"] == "platform_admins_only", route.name


async def test_an_admins_api_key_is_refused(
    owner: Signed, client: httpx.AsyncClient, boutique: str, superuser_url: str
) -> None:
    # given a platform admin who owns a boutique too, and has made an API key there
    key = new_key()
    with psycopg.connect(superuser_url) as conn:
        conn.execute("insert into private.platform_admins (user_id) values (%s)", (owner.user_id,))
        conn.execute(
            "insert into api_keys (boutique_id, created_by, name, begins_with, digest, may_write)"
            " values (%s, %s, 'All', %s, %s, true)",
            (boutique, owner.user_id, beginning_of(key), digest_of(key)),
        )

    for route in ROUTES:
        answer = await send(client, route, boutique, {"authorization": f"Bearer {key}"})

        assert answer.status_code == 403, route.name
        assert answer.json()["code"] == "not_by_key", route.name


async def test_who_is_removed_is_refused_at_the_next_call(
    owner: Signed, client: httpx.AsyncClient, boutique: str, database: Database
) -> None:
    # given an admin who may
    async with database.system_connection() as conn:
        assert await platform_admins.add(conn, user_id=owner.user_id)
        assert not await platform_admins.add(conn, user_id=owner.user_id)  # once is enough
    headers = as_person(owner.user_id)
    assert (await client.get("/platform/boutiques", headers=headers)).is_success
    assert (await client.get("/me", headers=headers)).json()["platform_admin"]

    # when the right is taken away
    async with database.system_connection() as conn:
        await platform_admins.remove(conn, user_id=owner.user_id)

    # then the same token gets nothing
    answer = await client.get("/platform/boutiques", headers=headers)
    assert answer.json()["code"] == "platform_admins_only"
    assert not (await client.get("/me", headers=headers)).json()["platform_admin"]


@pytest.mark.parametrize("role", ["boutique_agent", "boutique_owner", "authenticated", "anon"])
def test_nobody_else_reads_or_makes_platform_admins(superuser_url: str, role: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute(psycopg.sql.SQL("set role {}").format(psycopg.sql.Identifier(role)))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("select * from private.platform_admins")
        conn.rollback()
        conn.execute(psycopg.sql.SQL("set role {}").format(psycopg.sql.Identifier(role)))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("insert into private.platform_admins (user_id) values (gen_random_uuid())")
