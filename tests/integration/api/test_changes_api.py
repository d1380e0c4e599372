"""An owner reads who changed what, by which way, from what to what; and nobody else does."""

from __future__ import annotations

from typing import Any

import httpx
import psycopg
import pytest

from dukani.core.database import Database
from tests.every_table import fill_every_table
from tests.factories import a_customer
from tests.integration.api.conftest import Signed
from tests.signing_in import a_member

PIECE = {
    "name": "Kitenge dress",
    "category": "dress",
    "price_minor": 350000,
    "stock": {"blue": {"M": 5}},
}


async def a_piece(owner: Signed) -> str:
    return str((await owner.post("/products", PIECE))["id"])


async def reprice(owner: Signed, piece: str, minor: int) -> None:
    answer = await owner.call(
        "PATCH", f"/products/{piece}", json={"price_minor": minor}, headers={"if-match": "*"}
    )
    assert answer.is_success, answer.text


def field(line: Any, name: str) -> tuple[Any, Any]:
    [found] = [one for one in line["fields"] if one["name"] == name]
    return found["was"], found["now"]


async def test_a_price_is_told_with_who_changed_it_and_from_what(owner: Signed) -> None:
    piece = await a_piece(owner)

    await reprice(owner, piece, 320000)

    [line, *_] = (await owner.get("/changes"))["items"]
    assert (line["actor"], line["actor_id"], line["via"]) == ("owner", owner.user_id, "dashboard")
    assert (line["action"], line["thing"], line["label"]) == (
        "products_update", f"products:{piece}", "Kitenge dress",
    )  # fmt: skip
    assert field(line, "price_minor") == (350000, 320000)


async def test_a_piece_has_its_own_history_with_its_sizes_and_costs(owner: Signed) -> None:
    # given two pieces, each with a change
    piece, other = await a_piece(owner), await a_piece(owner)
    await reprice(owner, piece, 320000)
    await reprice(owner, other, 310000)
    await owner.call("PUT", f"/products/{piece}/cost", json={"cost_minor": 180000})

    lines = (await owner.get("/changes", params={"thing": f"products:{piece}"}))["items"]

    assert {line["thing"] for line in lines} == {f"products:{piece}"}
    actions = [line["action"] for line in lines]
    assert actions[:2] == ["product_costs_insert", "products_update"]
    assert "product_variants_insert" in actions and "products_insert" in actions


async def test_what_a_key_changed_says_so(owner: Signed, client: httpx.AsyncClient) -> None:
    made = await owner.post("/api-keys", {"name": "Till", "may_write": True})
    headers = {"authorization": f"Bearer {made['key']}"}

    url = f"/boutiques/{owner.boutique}/delivery-zones"
    answer = await client.post(url, json={"name": "Karen", "fee_minor": 30000}, headers=headers)

    assert answer.status_code == 201
    [line, *_] = (await owner.get("/changes"))["items"]
    assert (line["via"], line["key_name"], line["label"]) == ("key", "Till", "Karen")
    assert line["actor_id"] == owner.user_id  # in whose name the key works


async def test_lines_are_found_by_who_kind_and_day(owner: Signed, staff: Signed) -> None:
    piece = await a_piece(owner)
    await reprice(owner, piece, 320000)
    await staff.post("/quick-replies", {"shortcut": "hours", "english": "Till six."})

    async def actions(**which: str) -> set[str]:
        page = await owner.get("/changes", params=which)
        return {line["action"] for line in page["items"]}

    assert await actions(who=staff.user_id) == {"quick_replies_insert"}
    assert await actions(kind="chats") == {"quick_replies_insert"}
    assert "quick_replies_insert" not in await actions(kind="pieces")
    assert await actions(until="2020-01-01") == set()
    assert "products_update" in await actions(since="2020-01-01")
    people = (await owner.get("/changes/people"))["items"]
    assert {one["actor_id"] for one in people} >= {owner.user_id, staff.user_id}


async def test_pages_follow_each_other_without_a_gap(owner: Signed) -> None:
    piece = await a_piece(owner)
    for minor in range(1, 8):
        await reprice(owner, piece, minor * 1000)
    whole = [line["id"] for line in (await owner.get("/changes", params={"limit": 100}))["items"]]

    read: list[int] = []
    cursor: str | None = None
    while not read or cursor:
        params = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = await owner.get("/changes", params=params)
        read += [line["id"] for line in page["items"]]
        cursor = page["next_cursor"]

    assert read == whole
    assert read == sorted(read, reverse=True)


async def test_neither_staff_nor_another_owner_read_them(
    owner: Signed, staff: Signed, stranger: Signed, database: Database
) -> None:
    await a_piece(owner)

    assert (await staff.call("GET", "/changes")).status_code == 403
    assert (await stranger.get("/changes"))["items"] == []
    # nor by the database: staff see who did what, never what was in it
    async with database.member_connection({"sub": staff.user_id}, owner.boutique) as conn:
        rows = await (await conn.execute("select actor from audit_log")).fetchall()
        assert rows
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await conn.execute("select now from audit_log")


async def test_secrets_and_phone_numbers_are_in_no_line(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    # given a boutique whose rows hold ways in, and people's numbers
    await fill_every_table(superuser_url, owner.boutique)
    # when an owner changes them, by whichever route
    async with database.acting_connection({"sub": owner.user_id}, owner.boutique) as conn:
        await conn.execute(
            "update customers set phone = '+254733111222', notes = 'or 0733 111 222'"
        )
    async with database.member_connection({"sub": owner.user_id}, owner.boutique) as conn:
        await conn.execute(
            "update provider_credentials set secrets = 'sealed-secret', account = '+254733111222'"
        )
        await conn.execute("update boutiques set owner_phone = '+254733111222'")
        await conn.execute("delete from push_subscriptions")
    await owner.post("/api-keys", {"name": "Till", "may_write": True})

    # then it is told that they changed, and not what is in them
    with psycopg.connect(superuser_url) as conn:
        told = str(
            conn.execute(
                "select to_jsonb(a)::text from audit_log a where boutique_id = %s",
                (owner.boutique,),
            ).fetchall()
        )
    for secret in ("733111222", "733 111", "sealed-secret", "fcm.googleapis", "dk_"):
        assert secret not in told, secret
    lines = (await owner.get("/changes", params={"limit": 100}))["items"]
    [line] = [one for one in lines if one["action"] == "boutiques_update"]
    assert [(one["name"], one["hidden"]) for one in line["fields"]] == [("owner_phone", True)]


async def test_an_erased_customer_is_in_no_line(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    # given a customer whose name and notes somebody changed
    customer = await a_customer(database, owner.boutique)
    async with database.member_connection({"sub": owner.user_id}, owner.boutique) as conn:
        await conn.execute("update customers set name = 'Zainabu', notes = 'marjani'")

    # when she is erased
    await owner.post(f"/customers/{customer}/erase")

    # then the log says who changed something of hers, and not what
    with psycopg.connect(superuser_url) as conn:
        told = str(conn.execute("select to_jsonb(a)::text from audit_log a").fetchall())
    assert "customers_update" in told
    assert "Zainabu" not in told and "marjani" not in told


async def test_the_table_of_changes_runs_no_formula(owner: Signed) -> None:
    piece = await a_piece(owner)
    await owner.call(
        "PATCH", f"/products/{piece}", json={"name": "=cmd()"}, headers={"if-match": "*"}
    )

    answer = await owner.call("GET", "/changes/export", params={"kind": "pieces"})

    assert answer.headers["content-type"].startswith("text/csv")
    text = answer.content.decode("utf-8-sig")
    assert "Kitenge dress,'=cmd()" in text
    assert ",=cmd()" not in text


async def test_a_person_who_left_is_still_told_by_name(
    owner: Signed, client: httpx.AsyncClient, superuser_url: str
) -> None:
    left = Signed(client, owner.boutique, a_member(superuser_url, owner.boutique, "staff"))
    await left.post("/quick-replies", {"shortcut": "hours", "english": "Till six."})
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update auth.users set email = 'left@example.com' where id = %s", (left.user_id,)
        )
        conn.execute("delete from boutique_members where user_id = %s", (left.user_id,))

    [line] = (await owner.get("/changes", params={"who": left.user_id}))["items"]

    assert line["actor_email"] == "left@example.com"
