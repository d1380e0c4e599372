"""A platform admin looks at a boutique: reading only, for a reason, and no longer than she may."""

from __future__ import annotations

import re

import httpx
import psycopg
import pytest
from fastapi.routing import APIRoute

from dukani.core.database import Database
from dukani.dashboard_api.app import NOUNS
from dukani.dashboard_api.key_holders import people_only
from dukani.dashboard_api.looking import uncovers
from tests.every_table import fill_every_table
from tests.factories import a_boutique
from tests.integration.api.conftest import Signed
from tests.integration.api.platform_admin import Admin, an_admin, audit_of
from tests.integration.api.test_denials import IN_A_BOUTIQUE, calls_of, everything, send, things_of
from tests.signing_in import a_member, as_person

REASON = {"reason": "She cannot find an order"}
WRITING = [route for route in IN_A_BOUTIQUE if route.methods.isdisjoint({"GET", "HEAD"})]
READING = [route for route in IN_A_BOUTIQUE if route not in WRITING]
UNCOVERING = [
    route
    for route in READING
    if any(call in (uncovers, people_only) for call in calls_of(route.dependant))
]
STREAMS = {"stream_events"}


@pytest.fixture
def admin(client: httpx.AsyncClient, superuser_url: str, boutique: str) -> Admin:
    return an_admin(client, superuser_url, boutique)


async def test_an_admin_without_a_look_is_as_a_stranger(admin: Admin, owner: Signed) -> None:
    answer = await admin.look_at("/today")

    assert answer.status_code == 404
    assert answer.json()["detail"] == "There is no such boutique among yours."


async def test_a_look_shows_what_the_owner_sees_and_is_in_her_audit_log(
    admin: Admin, owner: Signed, superuser_url: str
) -> None:
    # given a look that an admin began with a reason
    begun = await admin.post("/looks", REASON)

    # when she opens two kinds of pages, one of them twice
    for path in ("/orders", "/today", "/orders"):
        assert (await admin.look_at(path)).json() == (await owner.call("GET", path)).json()
    assert (await admin.call("DELETE", "/looks")).status_code == 204

    # then the owner reads who looked at what, why and how long
    (look,) = (await owner.get("/platform-notices/looks"))["items"]
    assert (look["reason"], look["pages"]) == (REASON["reason"], ["orders", "today"])
    assert look["id"] == begun["id"] and look["ended_at"] is not None
    actor = f"platform:{admin.user_id}"
    assert audit_of(superuser_url, owner.boutique) == [
        (actor, "platform_look_began", REASON | {"minutes": 30}),
        (actor, "platform_looked_at", {"page": "orders"}),
        (actor, "platform_looked_at", {"page": "today"}),
        (actor, "platform_look_ended", {}),
    ]
    # and it is over
    assert (await admin.look_at("/orders")).status_code == 404


async def test_who_looks_finds_the_boutique_among_hers_until_she_leaves(
    admin: Admin, owner: Signed
) -> None:
    await admin.post("/looks", REASON)
    me = await admin.client.get("/me", headers=as_person(admin.user_id))
    (shown,) = me.json()["boutiques"]
    assert (shown["boutique_id"], shown["look"]["reason"]) == (admin.boutique, REASON["reason"])

    await admin.call("DELETE", "/looks")
    me = await admin.client.get("/me", headers=as_person(admin.user_id))
    assert me.json()["boutiques"] == []


async def test_every_writing_call_is_refused_while_she_looks(
    client: httpx.AsyncClient, database: Database, superuser_url: str
) -> None:
    # given a boutique with a row in every table, and a look at it
    full = await a_boutique(database)
    await fill_every_table(superuser_url, full)
    a_member(superuser_url, full, "owner")
    admin = an_admin(client, superuser_url, full)
    await admin.post("/looks", REASON)
    before = everything(superuser_url, full)

    # when she tries each writing call, on things that are there
    thing = next(iter(things_of(superuser_url, full)))
    assert WRITING
    for route in WRITING:
        answer = await send(client, route, full, admin.user_id, thing=thing)

        # then it is refused and nothing has changed
        assert (answer.status_code, answer.json()["code"]) == (403, "looks_only"), route.name
    assert everything(superuser_url, full) == before


async def test_every_reading_call_answers_and_what_uncovers_is_refused(
    client: httpx.AsyncClient, database: Database, superuser_url: str
) -> None:
    # given a boutique with a row in every table, and a look at it
    full = await a_boutique(database, owner_phone="+254722000009")
    await fill_every_table(superuser_url, full)
    a_member(superuser_url, full, "owner")
    admin = an_admin(client, superuser_url, full)
    await admin.post("/looks", REASON)
    things = sorted(things_of(superuser_url, full))

    assert {"list_api_keys", "get_channel", "export_products", "export_tax_month"} <= {
        route.name for route in UNCOVERING
    }
    found = 0
    for route in READING:
        if route.name in STREAMS:
            continue
        for thing in things if len(route.param_convertors) > 1 else things[:1]:
            # when she reads it
            answer = await send(client, route, full, admin.user_id, thing=thing)

            # then it is as the owner sees it, without a phone number; or refused
            if route in UNCOVERING:
                assert answer.json()["code"] == "looks_only", route.name
                continue
            refused = answer.status_code == 409 and answer.json()["code"] == "not_on_meta"
            assert refused or answer.status_code in (200, 404, 422), f"{route.name}: {answer.text}"
            kind = answer.headers["content-type"]
            assert "json" in kind, f"{route.name} takes {kind} out: mark it with `Uncovers`"
            assert not (m := re.search(r".{60}254722\d{6}", answer.text)), (route.name, m)
            found += answer.status_code == 200
    assert found > len(READING) / 2  # or nothing was there to be read


async def test_a_look_ends_with_its_time_and_with_the_right_to_it(
    admin: Admin, owner: Signed, superuser_url: str
) -> None:
    await admin.post("/looks", REASON)
    assert (await admin.look_at("/today")).is_success

    # when its hour is over
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update platform_looks set began_at = now() - interval '61 minutes',"
            " ends_at = now() - interval '1 minute'"
        )
    assert (await admin.look_at("/today")).status_code == 404

    # and when an admin who looks anew is none any more
    await admin.post("/looks", REASON)
    assert (await admin.look_at("/today")).is_success
    with psycopg.connect(superuser_url) as conn:
        conn.execute("delete from private.platform_admins where user_id = %s", (admin.user_id,))
    assert (await admin.look_at("/today")).status_code == 404


async def test_a_look_at_one_boutique_shows_no_other(
    admin: Admin, owner: Signed, stranger: Signed
) -> None:
    await admin.post("/looks", REASON)

    answer = await admin.client.get(
        f"/boutiques/{stranger.boutique}/today", headers=as_person(admin.user_id)
    )

    assert answer.status_code == 404
    theirs = await stranger.get("/platform-notices/looks")
    assert theirs["items"] == []


async def test_nothing_can_be_written_in_a_looks_transaction(
    admin: Admin, owner: Signed, database: Database
) -> None:
    await admin.post("/looks", REASON)
    claims = {"sub": admin.user_id}
    for acting in (False, True):
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            async with database.looking_connection(claims, admin.boutique, acting=acting) as conn:
                await conn.execute("update customers set name = 'X'")
        with pytest.raises(psycopg.errors.ActiveSqlTransaction):
            async with database.looking_connection(claims, admin.boutique, acting=acting) as conn:
                await conn.execute("set transaction read write")


@pytest.mark.parametrize(
    ("members", "code"),
    [((), "nobody_to_look_as"), (("staff",), "nobody_to_look_as"), (("me",), "own_shop")],
)
async def test_a_look_that_cannot_be_is_refused_with_its_reason(
    admin: Admin, superuser_url: str, members: tuple[str, ...], code: str
) -> None:
    for role in members:
        me = admin.user_id if role == "me" else None
        a_member(superuser_url, admin.boutique, "owner" if me else role, user=me)

    answer = await admin.call("POST", "/looks", json=REASON)

    assert (answer.status_code, answer.json()["code"]) == (409, code)


async def test_one_look_at_a_time_and_an_hour_at_most(admin: Admin, owner: Signed) -> None:
    too_long = await admin.call("POST", "/looks", json=REASON | {"minutes": 61})
    no_reason = await admin.call("POST", "/looks", json={"reason": " "})
    await admin.post("/looks", REASON | {"minutes": 60})
    again = await admin.call("POST", "/looks", json=REASON)

    assert (too_long.status_code, no_reason.status_code) == (422, 422)
    assert again.json()["code"] == "looks_already"


def test_every_noun_names_its_page() -> None:
    """A look's lines in the audit log say at what was looked."""
    for noun in NOUNS:
        for route in noun.router.routes:
            assert isinstance(route, APIRoute) and route.tags, route
