"""A key works in its maker's name, in one boutique, within its scope, until it is revoked."""

from __future__ import annotations

from typing import Any

import httpx
import psycopg
import pytest

from tests.integration.api.conftest import Signed
from tests.signing_in import a_member


async def made(owner: Signed, *, may_write: bool) -> Any:
    return await owner.post("/api-keys", {"name": "Accounts", "may_write": may_write})


def with_key(made_key: Any) -> dict[str, str]:
    return {"authorization": f"Bearer {made_key['key']}"}


ZONE = {"name": "Kilimani", "fee_minor": 0}


async def test_a_key_reads_and_is_never_shown_again(
    client: httpx.AsyncClient, owner: Signed, superuser_url: str
) -> None:
    key = await made(owner, may_write=False)

    answer = await client.get(f"/boutiques/{owner.boutique}/today", headers=with_key(key))

    [listed] = (await owner.get("/api-keys"))["items"]
    assert answer.status_code == 200
    assert listed["last_used_at"] is not None
    assert key["key"].startswith(listed["begins_with"])
    with psycopg.connect(superuser_url) as conn:
        assert key["key"] not in str(conn.execute("select * from api_keys").fetchall())


@pytest.mark.parametrize(("may_write", "status"), [(False, 403), (True, 201)])
async def test_a_key_writes_only_if_it_may(
    client: httpx.AsyncClient, owner: Signed, may_write: bool, status: int
) -> None:
    key = await made(owner, may_write=may_write)

    url = f"/boutiques/{owner.boutique}/delivery-zones"
    answer = await client.post(url, json=ZONE, headers=with_key(key))

    assert answer.status_code == status


async def test_a_key_reaches_one_boutique_and_makes_no_other_key(
    client: httpx.AsyncClient, owner: Signed, stranger: Signed, superuser_url: str
) -> None:
    # given an owner of two boutiques with a key of one
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into boutique_members (boutique_id, user_id, role) values (%s, %s, 'owner')",
            (stranger.boutique, owner.user_id),
        )
    headers = with_key(await made(owner, may_write=True))

    # then the key is of one, and for no keys
    other = await client.get(f"/boutiques/{stranger.boutique}/today", headers=headers)
    keys = await client.post(
        f"/boutiques/{owner.boutique}/api-keys", json={"name": "x"}, headers=headers
    )
    me = (await client.get("/me", headers=headers)).json()
    assert (other.status_code, keys.status_code) == (404, 403)
    assert [b["boutique_id"] for b in me["boutiques"]] == [owner.boutique]


async def test_a_key_ends_when_it_is_revoked_or_its_maker_is_removed(
    client: httpx.AsyncClient, owner: Signed, superuser_url: str
) -> None:
    first, second = await made(owner, may_write=True), await made(owner, may_write=True)
    today = f"/boutiques/{owner.boutique}/today"

    await owner.call("DELETE", f"/api-keys/{first['api_key']['id']}")
    assert (await client.get(today, headers=with_key(first))).status_code == 401
    assert (await client.get(today, headers=with_key(second))).status_code == 200

    a_member(superuser_url, owner.boutique, "owner")  # a boutique keeps one
    with psycopg.connect(superuser_url) as conn:
        conn.execute("delete from boutique_members where user_id = %s", (owner.user_id,))
    assert (await client.get(today, headers=with_key(second))).status_code == 404
