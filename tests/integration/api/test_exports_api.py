"""An owner asks for her shop's file and fetches it by a link of her own; nobody else does."""

from __future__ import annotations

import io
import zipfile

import httpx
import psycopg

from dukani.core.services import Services
from dukani.tools.boutique_export import job
from tests.integration.api.conftest import Signed
from tests.signing_in import a_member
from tests.wiring import PUBLIC_URL, doors_of


async def done(owner: Signed, services: Services) -> str:
    asked = await owner.post("/exports")
    await job.export_boutique(services, boutique_id=owner.boutique, export_id=asked["id"])
    return str(asked["id"])


async def test_an_owner_fetches_her_file_and_the_log_says_so(
    owner: Signed, services: Services
) -> None:
    export = await done(owner, services)
    [listed] = (await owner.get("/exports"))["items"]
    assert (listed["status"], listed["tables_done"]) == ("done", listed["tables"])

    link = await owner.post(f"/exports/{export}/link")

    async with doors_of(services) as outside:
        answer = await outside.get(link["url"].removeprefix(PUBLIC_URL))
    assert answer.status_code == 200, answer.text
    assert "attachment" in answer.headers["content-disposition"]
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    actions = [line["action"] for line in (await owner.get("/changes"))["items"]]
    assert actions[:2] == ["boutique_export_fetched", "boutique_exports_insert"]


async def test_a_link_is_hers_alone_and_ends(
    owner: Signed, stranger: Signed, services: Services, superuser_url: str
) -> None:
    export = await done(owner, services)
    link = (await owner.post(f"/exports/{export}/link"))["url"].removeprefix(PUBLIC_URL)

    async def status(path: str) -> int:
        async with doors_of(services) as outside:
            return (await outside.get(path)).status_code

    # changed by a hand
    for wrong in (
        link.replace(owner.user_id, stranger.user_id),
        link.replace(owner.boutique, stranger.boutique),
        link.replace("until=", "until=9"),
        link[:-1] + ("0" if link[-1] != "0" else "1"),
    ):
        assert await status(wrong) == 403, wrong
    # and in the hands of one who owns the shop no more
    a_member(superuser_url, owner.boutique, "owner")
    with psycopg.connect(superuser_url) as conn:
        conn.execute("delete from boutique_members where user_id = %s", (owner.user_id,))
    assert await status(link) == 403


async def test_one_at_a_time_and_not_before_it_is_written(owner: Signed) -> None:
    asked = await owner.post("/exports")

    again = await owner.call("POST", "/exports")
    early = await owner.call("POST", f"/exports/{asked['id']}/link")

    assert (again.status_code, again.json()["code"]) == (409, "export_under_way")
    assert (early.status_code, early.json()["code"]) == (409, "export_not_ready")


async def test_no_key_asks_for_it(owner: Signed, client: httpx.AsyncClient) -> None:
    made = await owner.post("/api-keys", {"name": "Till", "may_write": True})
    headers = {"authorization": f"Bearer {made['key']}"}

    answer = await client.post(f"/boutiques/{owner.boutique}/exports", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (403, "not_by_key")
