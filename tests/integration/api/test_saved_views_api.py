"""Saved views: a member's own and the shop's, named once, of which one opens first."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import psycopg
import pytest

from tests.integration.api.conftest import Signed
from tests.signing_in import a_member


async def kept(by: Signed, name: str, **fields: Any) -> Any:
    body = {"screen": "orders", "name": name, "params": {"filter": "unpaid"}} | fields
    return await by.post("/saved-views", body)


async def tried(by: Signed, name: str, **fields: Any) -> httpx.Response:
    body = {"screen": "orders", "name": name, "params": {"filter": "unpaid"}} | fields
    return await by.call("POST", "/saved-views", json=body)


async def seen(by: Signed, screen: str = "orders") -> list[str]:
    found = await by.get("/saved-views", params={"screen": screen})
    return [one["name"] for one in found["items"]]


async def test_own_views_are_ones_own_and_shared_ones_the_shops(
    owner: Signed, staff: Signed, stranger: Signed
) -> None:
    # when the owner shares a view, and each keeps one alone
    shared = await kept(owner, "Not paid", shared=True)
    await kept(owner, "Mine")
    own = await kept(staff, "Late ones")

    # then each sees the shop's first, and nobody else's
    assert await seen(owner) == ["Not paid", "Mine"]
    assert await seen(staff) == ["Not paid", "Late ones"]
    assert await seen(staff, "pieces") == []
    assert await seen(stranger) == []
    missing = await owner.call("DELETE", f"/saved-views/{own['id']}")
    assert missing.status_code == 404  # as one that never was

    # and staff neither change nor delete the shop's, nor share
    path, body = f"/saved-views/{shared['id']}", {"name": "Chased", "params": {}}
    for refused in (
        await staff.call("PUT", path, json=body),
        await staff.call("PUT", path, json=body | {"shared": True}),
        await staff.call("DELETE", path),
        await staff.call(
            "PUT", f"/saved-views/{own['id']}", json=body | {"name": "x", "shared": True}
        ),
        await tried(staff, "For all", shared=True),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "owners_only")
    assert await seen(owner) == ["Not paid", "Mine"]

    # the owner does
    Signed.of(await owner.call("PUT", path, json=body | {"name": "To chase", "shared": True}))
    assert await seen(staff) == ["To chase", "Late ones"]
    assert (await owner.call("DELETE", path)).status_code == 204
    assert await seen(staff) == ["Late ones"]


async def test_a_name_is_there_once_on_a_screen(owner: Signed, staff: Signed) -> None:
    await kept(owner, "Not paid", shared=True)
    view = await kept(staff, "Late")

    taken = await tried(staff, " not PAID ")
    assert taken.status_code == 422
    assert "take another name" in taken.json()["detail"]
    renamed = await staff.call(
        "PUT", f"/saved-views/{view['id']}", json={"name": "Not paid", "params": {}}
    )
    assert renamed.status_code == 422

    # what is of another screen, or of another member alone, is in nobody's way
    await kept(staff, "Not paid", screen="chats", params={})
    await kept(owner, "Late")
    # and its own name is not taken
    Signed.of(
        await staff.call("PUT", f"/saved-views/{view['id']}", json={"name": "LATE", "params": {}})
    )


async def test_one_name_at_once_is_kept_once(owner: Signed) -> None:
    answers = await asyncio.gather(*(tried(owner, "Not paid", shared=True) for _ in range(4)))

    assert sorted(one.status_code for one in answers) == [201, 422, 422, 422]
    assert await seen(owner) == ["Not paid"]


async def test_one_view_opens_first_of_the_shops_and_one_of_ones_own(
    owner: Signed, staff: Signed
) -> None:
    async def first(by: Signed) -> list[str]:
        items = (await by.get("/saved-views"))["items"]
        return [one["name"] for one in items if one["opens_first"]]

    await kept(owner, "A", shared=True, opens_first=True)
    b = await kept(owner, "B", shared=True)
    await kept(staff, "C", opens_first=True)
    await kept(owner, "D", screen="chats", params={}, opens_first=True)
    assert await first(staff) == ["A", "C"]
    assert await first(owner) == ["A", "D"]

    # when another is to, then the one before is not any more
    body = {"name": "B", "params": {}, "shared": True, "opens_first": True}
    Signed.of(await owner.call("PUT", f"/saved-views/{b['id']}", json=body))
    await kept(staff, "E", opens_first=True)
    assert await first(staff) == ["B", "E"]


@pytest.mark.parametrize(
    ("screen", "given", "left"),
    [
        ("orders", {"filter": "unpaid", "id": "1", "sort": "name"}, {"filter": "unpaid"}),
        ("orders", {"filter": "of_yore"}, {}),
        ("customers", {"sort": "spent", "tag": "vip", "search": "ami"}, None),
        ("customers", {"group": "no id"}, {}),
        ("pieces", {"filter": "low_stock", "search": " "}, {"filter": "low_stock"}),
        ("chats", {"filter": "mine", "tag": "vip"}, None),
        ("payments", {"filter": "unclaimed", "days": "week", "search": "TX"}, None),
        ("payments", {"days": "century"}, {}),
    ],
)
async def test_what_a_screen_does_not_know_is_left_out(
    staff: Signed, screen: str, given: dict[str, str], left: dict[str, str] | None
) -> None:
    view = await kept(staff, "One", screen=screen, params=given)

    assert view["params"] == (given if left is None else left)


async def test_a_filter_that_is_no_more_is_told_and_left_out(
    owner: Signed, superuser_url: str
) -> None:
    # given a view of a group of customers, and one that an earlier version kept
    group = await owner.post("/segments", {"name": "All", "rule": {"of": []}})
    params = {"group": group["id"], "sort": "spent"}
    view = await kept(owner, "Best", screen="customers", params=params)
    assert view["params"] == params
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            """insert into saved_views (boutique_id, screen, name, params)
               values (%s, 'pieces', 'Old', '{"colour": "red", "filter": 3}')""",
            (owner.boutique,),
        )

    # when the group is deleted
    assert (await owner.call("DELETE", f"/segments/{group['id']}")).status_code == 204

    # then the rest of the view stays
    old, best = sorted(
        (await owner.get("/saved-views"))["items"], key=lambda one: -ord(one["name"][0])
    )
    assert (best["params"], best["stale"]) == ({"sort": "spent"}, ["group"])
    assert (old["params"], old["stale"]) == ({}, ["colour", "filter"])


async def test_what_is_kept_alone_is_no_line_of_the_log_and_goes_with_its_member(
    owner: Signed, superuser_url: str
) -> None:
    leaving = a_member(superuser_url, owner.boutique, "staff")
    staff = Signed(owner.client, owner.boutique, leaving)
    await kept(staff, "Alone")
    await kept(owner, "Shared", shared=True)

    with psycopg.connect(superuser_url) as conn:
        logged = conn.execute("select action from audit_log where subject like 'saved_views:%'")
        assert logged.fetchall() == [("saved_views_insert",)]
        conn.execute("delete from boutique_members where user_id = %s", (leaving,))
        left = conn.execute("select name from saved_views").fetchall()
    assert left == [("Shared",)]


async def test_there_is_an_end_to_how_many_are_kept(staff: Signed) -> None:
    for n in range(30):
        await kept(staff, f"View {n}")

    refused = await tried(staff, "One more")

    assert refused.status_code == 422
    assert "delete one first" in refused.json()["detail"]
