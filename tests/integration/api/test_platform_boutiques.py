"""The platform finds what is wrong with a boutique, mends its keys and pauses it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import boutiques
from dukani.sandbox.accounts import PWANI, ZURI
from dukani.sandbox.app import create_sandbox
from tests.factories import a_boutique, a_conversation
from tests.integration.api.conftest import Signed
from tests.integration.api.platform_admin import Admin, an_admin, audit_of
from tests.signing_in import as_person
from tests.wiring import PUBLIC_URL, some_services

OUTSIDE = "http://outside"
META = {
    "provider": "meta",
    "phone_number_id": PWANI.phone_number_id,
    "access_token": PWANI.access_token,
    "waba_id": PWANI.waba_id,
}
assert ZURI.mpesa is not None
MPESA = {
    "kind": "prompts",
    "shortcode": ZURI.mpesa.shortcode,
    "consumer_key": ZURI.mpesa.consumer_key,
    "consumer_secret": ZURI.mpesa.consumer_secret,
    "passkey": ZURI.mpesa.passkey,
}


@pytest.fixture
async def services(database: Database, tmp_path: Path) -> AsyncIterator[Services]:
    """The sandbox is beyond the network."""
    sandbox = create_sandbox(base_url=OUTSIDE, target_url=PUBLIC_URL)
    line = httpx.AsyncClient(transport=httpx.ASGITransport(sandbox))
    providers: dict[str, Any] = {
        "twilio": {"base_url": OUTSIDE, "messaging_url": OUTSIDE},
        "meta": {"base_url": OUTSIDE},
        "daraja": {"base_url": OUTSIDE},
    }
    async with some_services(database, tmp_path, http=line, **providers) as services:
        yield services


@pytest.fixture
def admin(client: httpx.AsyncClient, superuser_url: str, boutique: str) -> Admin:
    return an_admin(client, superuser_url, boutique)


async def kinds(admin: Admin) -> dict[str, Any]:
    """The boutique's findings by their kinds."""
    return {one["kind"]: one for one in (await admin.get())["findings"]}


async def test_a_dead_token_is_found_tested_replaced_and_tested_again(
    admin: Admin, services: Services, superuser_url: str
) -> None:
    # given a boutique that works by a token of Meta's, which dies there
    assert (await admin.call("PUT", "/keys/channel", json=META)).status_code == 204
    assert "token_refused" not in await kinds(admin)
    answer = await services.http.post(f"{OUTSIDE}/accounts/{PWANI.key}/new-token")
    alive = answer.json()["token"]

    # when it is tested by the button
    tested = await admin.post("/keys/meta/tests")

    # then it is told what is wrong, and it stays beside the keys
    assert tested["problem"] == "refused_access_token"
    (keys,) = (await admin.get("/keys"))["items"]
    assert (keys["problem"], keys["used"]) == ("refused_access_token", True)
    assert keys["checked_at"] is not None
    finding = (await kinds(admin))["token_refused"]
    assert (finding["level"], finding["detail"]) == ("broken", "access_token")

    # and when another takes its place
    assert (
        await admin.call("PUT", "/keys/channel", json=META | {"access_token": alive})
    ).status_code == 204
    assert (await admin.post("/keys/meta/tests"))["problem"] is None
    (keys,) = (await admin.get("/keys"))["items"]
    assert keys["hints"]["access_token"] == f"…{alive[-4:]}" and alive not in str(keys)
    assert "token_refused" not in await kinds(admin)
    actors = {line[0] for line in audit_of(superuser_url, admin.boutique)}
    assert actors == {f"platform:{admin.user_id}"}


async def test_keys_that_are_wrong_are_not_kept(admin: Admin) -> None:
    answer = await admin.call("PUT", "/keys/channel", json=META | {"access_token": "a dead token"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "access_token"
    assert (await admin.get("/keys"))["items"] == []


async def test_mpesa_keys_are_tested_by_a_question_that_asks_nobody_for_money(
    admin: Admin, superuser_url: str
) -> None:
    assert (await admin.call("PUT", "/keys/mpesa", json=MPESA)).status_code == 204

    assert (await admin.post("/keys/daraja/tests"))["problem"] is None
    with psycopg.connect(superuser_url) as conn:
        assert conn.execute("select count(*) from mpesa_tests").fetchone() == (0,)


async def test_keys_that_are_switched_off_are_used_no_more(admin: Admin) -> None:
    await admin.call("PUT", "/keys/channel", json=META)

    assert (await admin.call("DELETE", "/keys/meta")).status_code == 204

    (keys,) = (await admin.get("/keys"))["items"]
    assert (keys["active"], keys["used"]) == (False, False)
    assert (await admin.call("POST", "/keys/meta/tests")).status_code == 404
    assert "no_number" in await kinds(admin)


async def test_a_pause_is_told_to_the_owner_and_lifts_none_of_hers(
    admin: Admin, owner: Signed, database: Database, superuser_url: str
) -> None:
    # given a boutique that its owner has paused
    async with database.tenant_connection(admin.boutique) as conn:
        await boutiques.pause(conn, paused=True)

    # when the platform pauses it too, and one channel besides
    assert (await admin.call("POST", "/pauses", json={"reason": "Not paid"})).status_code == 204
    channel = {"provider": "meta", "reason": "Spam reports"}
    assert (await admin.call("POST", "/pauses", json=channel)).status_code == 204
    again = await admin.call("POST", "/pauses", json={"reason": "Twice"})

    # then the owner reads the reasons, and no other
    told = (await owner.get("/platform-notices/pauses"))["items"]
    assert [(one["provider"], one["reason"]) for one in told] == [
        (None, "Not paid"),
        ("meta", "Spam reports"),
    ]
    assert again.json()["code"] == "paused_already"
    shown = await admin.get()
    assert shown["state"] == "paused" and shown["channels_paused"] == ["meta"]

    (newest, *_) = shown["done"]
    assert (newest["action"], newest["reason"]) == ("platform_paused", "Spam reports")
    assert newest["by"] == f"{admin.user_id}@dukani.test"

    # and when it lets the boutique go on, the owner's pause and the channel's stay
    assert (await admin.call("POST", "/pauses/end", json={})).status_code == 204
    assert (await admin.call("POST", "/pauses/end", json={})).json()["code"] == "not_paused"
    async with database.tenant_connection(admin.boutique) as conn:
        one = await boutiques.get(conn, boutique_id=admin.boutique)
        assert one is not None and one.paused_at is not None
        assert one.stopped_since("meta") and one.stopped_since("twilio") is None
    actor = f"platform:{admin.user_id}"
    lines = [line for line in audit_of(superuser_url, admin.boutique) if line[0] == actor]
    assert [(action, details) for _, action, details in lines] == [
        ("platform_paused", {"reason": "Not paid"}),
        ("platform_paused", {"reason": "Spam reports"}),
        ("platform_resumed", {}),
    ]


async def test_the_owners_word_does_not_lift_the_platforms_pause(
    admin: Admin, database: Database
) -> None:
    await admin.call("POST", "/pauses", json={"reason": "Not paid"})

    async with database.tenant_connection(admin.boutique) as conn:
        await boutiques.pause(conn, paused=True)
        await boutiques.pause(conn, paused=False)
        one = await boutiques.get(conn, boutique_id=admin.boutique)

    assert one is not None and one.paused_at is None and one.paused_since("twilio") is not None


async def test_the_list_is_searched_filtered_and_sorted(
    admin: Admin, database: Database, client: httpx.AsyncClient
) -> None:
    # given boutiques of every state
    await a_boutique(database, name="Amani Closed", active=False)
    broken = await a_boutique(database, name="Broken", whatsapp_provider="meta")
    healthy = await a_boutique(database, name="Zawadi", payment_provider="manual")
    async with database.system_connection() as conn:
        for shop, provider, problem in (
            (broken, "meta", "refused_access_token"),
            (healthy, "twilio", None),
        ):
            await conn.execute(
                "insert into provider_credentials (boutique_id, provider, account, secrets,"
                " problem) values (%s, %s, %s, 'sealed', %s)",
                (shop, provider, f"n-{shop}", problem),
            )
    await admin.call("POST", "/pauses", json={"reason": "Not paid"})

    async def listed(**asked: Any) -> Any:
        answer = await client.get(
            "/platform/boutiques", params=asked, headers=as_person(admin.user_id)
        )
        assert answer.is_success, answer.text
        return answer.json()

    # when they are listed
    everyone = await listed()

    # then the worst is first and the closed last; each state is counted
    assert everyone["items"][0]["name"] == "Broken"
    assert everyone["items"][-1]["name"] == "Amani Closed"
    assert everyone["counts"] == {"healthy": 1, "needs_attention": 1, "paused": 1, "closed": 1}
    assert [one["name"] for one in (await listed(state="healthy"))["items"]] == ["Zawadi"]
    assert [one["name"] for one in (await listed(search="zaw"))["items"]] == ["Zawadi"]
    second = await listed(sort="name", offset=1, limit=1)
    assert (second["total"], len(second["items"])) == (4, 1)


async def test_signs_of_one_boutique_are_counted_for_no_other(
    admin: Admin, database: Database, superuser_url: str
) -> None:
    # given failed sends, a dead letter, a late job and a waiting chat of one boutique
    other = await a_boutique(database)
    chat = await a_conversation(database, other)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into messages (boutique_id, conversation_id, direction, author, provider,"
            " status, error_code) select %s, %s, 'out', 'assistant', 'twilio', 'failed', '63016'"
            " from generate_series(1, 5)",
            (other, chat),
        )
        conn.execute(
            "insert into conversation_events (boutique_id, conversation_id, kind, dead_letter,"
            " handled_at) values (%s, %s, 'timer', true, now())",
            (other, chat),
        )
        conn.execute(
            "update conversations set handed_off_at = now() - interval '3 hours',"
            " last_inbound_at = now() - interval '2 hours' where id = %s",
            (chat,),
        )
        conn.execute("set search_path = jobs")
        conn.execute(
            "insert into jobs.procrastinate_jobs (queue_name, task_name, priority, args,"
            " scheduled_at) values ('turns', 'handle_turn', 30,"
            " jsonb_build_object('boutique_id', %s::text), now() - interval '20 minutes')",
            (other,),
        )

    # when both are looked at
    theirs = await kinds(Admin(admin.client, other, admin.user_id))
    ours = await kinds(admin)

    # then only that one has them
    assert theirs["sends_failed"]["count"] == 5 and theirs["sends_failed"]["codes"] == ["63016"]
    assert theirs["dead_letters"]["count"] == theirs["chats_waiting"]["count"] == 1
    assert theirs["jobs_late"]["level"] == "broken"
    assert set(ours) == {"no_number", "no_mpesa"}
    days = (await Admin(admin.client, other, admin.user_id).get())["days"]
    assert len(days) == 7 and days[-1]["failed_sends"] == 5


async def test_the_list_reads_no_table_that_grows_as_a_whole(
    admin: Admin, database: Database, superuser_url: str
) -> None:
    """What a boutique has behind it costs nothing: the plan has an index for each question."""
    chat = await a_conversation(database, admin.boutique)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into messages (boutique_id, conversation_id, direction, author, provider,"
            " status) select %s, %s, 'in', 'customer', 'twilio', 'received'"
            " from generate_series(1, 20000)",
            (admin.boutique, chat),
        )
        conn.execute("analyze messages")
    async with database.system_connection() as conn:
        from dukani.core.store.boutique_health import _SIGNS

        cursor = await conn.execute(b"explain (analyze, format text) " + _SIGNS.encode())
        plan = "\n".join(str(*row.values()) for row in await cursor.fetchall())

    for table in ("messages", "payments", "conversation_events"):
        assert f"Seq Scan on {table}" not in plan, plan
