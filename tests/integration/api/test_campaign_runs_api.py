"""An owner sends a campaign, stops it and lets it go on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from dukani.campaigns.beginning import begin_campaign
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import campaigns, wallet
from dukani.core.store.campaigns import CampaignDocuments
from tests.fakes.providers import FakeProviders
from tests.integration.api.conftest import Signed
from tests.integration.campaigns.a_campaign import (
    TEMPLATE,
    a_sending,
    a_shop,
    balance,
    reasons,
    run,
)
from tests.wiring import jobs, rows, some_services


@pytest.fixture
def providers() -> FakeProviders:
    return FakeProviders()


@pytest.fixture
async def services(
    database: Database, tmp_path: Path, providers: FakeProviders
) -> AsyncIterator[Services]:
    http = httpx.AsyncClient(transport=httpx.MockTransport(providers.answer))
    async with some_services(database, tmp_path, http=http) as services:
        yield services


@pytest.fixture
async def boutique(services: Services) -> str:
    return await a_shop(services)


async def a_draft(services: Services, boutique: str, **message: object) -> str:
    documents = CampaignDocuments(
        name="December",
        audience={"kind": "all"},
        pieces=(),
        message={"template": TEMPLATE} | message,
        schedule={"kind": "now"},
        pace={},
        experiment=None,
    )
    async with services.database.tenant_connection(boutique) as conn:
        return (await campaigns.create(conn, documents)).id


async def test_a_draft_is_sent_at_once_and_who_nobody_is_in_is_completed(
    services: Services, owner: Signed, boutique: str
) -> None:
    draft = await a_draft(services, boutique)

    sent = await owner.post(f"/campaigns/{draft}/send")
    again = await owner.call("POST", f"/campaigns/{draft}/send")

    assert (sent["status"], again.status_code) == ("scheduled", 409)
    (job,) = await jobs(services, "begin_campaign")
    await begin_campaign(services, **job["args"])
    (campaign,) = await rows(services, "campaigns")
    assert campaign["status"] == "completed"


async def test_it_is_not_sent_without_an_approved_template_or_tokens(
    services: Services, owner: Signed, boutique: str
) -> None:
    unknown = await a_draft(services, boutique, template="never_seen")
    refused = await owner.call("POST", f"/campaigns/{unknown}/send")
    assert (refused.status_code, refused.json()["code"]) == (409, "template_not_approved")

    draft = await a_draft(services, boutique)
    async with services.database.tenant_connection(boutique) as conn:
        available = (await wallet.balance(conn)).available
        await wallet.hold(conn, hold="other", key="other", tokens=available, campaign_id=None)
    refused = await owner.call("POST", f"/campaigns/{draft}/send")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_enough_tokens")


async def test_it_is_paused_resumed_and_cancelled(
    services: Services, owner: Signed, boutique: str, providers: FakeProviders
) -> None:
    # given one that is being sent, at a slow pace
    sending = await a_sending(services, boutique, customers=3, per_minute=10)
    await run(services, sending)
    at = f"/campaigns/{sending.campaign_id}"

    # when it is paused, then nothing more leaves; resumed, a new chain of jobs begins
    assert (await owner.post(f"{at}/pause"))["status"] == "paused"
    await run(services, sending)
    assert len(providers.sent) == 1
    resumed = await owner.post(f"{at}/resume")
    assert (resumed["status"], resumed["tokens_short"]) == ("sending", 0)
    assert {job["args"]["chain"] for job in await jobs(services, "send_campaign")} >= {1, 2}

    # when it is cancelled, then the rest is not sent, and the tokens are back
    assert (await owner.post(f"{at}/cancel"))["status"] == "cancelled"
    await run(services, sending)
    told = sorted(map(str, await reasons(services, sending)))
    assert told == ["('accepted', None)"] + ["('skipped', 'cancelled')"] * 2
    _, held, _ = await balance(services, boutique)
    found = await rows(services, "campaign_recipients")
    assert held == sum(row["tokens"] for row in found if row["state"] == "accepted")
    assert (await owner.call("POST", f"{at}/resume")).status_code == 409


async def test_recipients_are_shown_by_state_with_their_numbers_masked(
    services: Services, owner: Signed, stranger: Signed, boutique: str
) -> None:
    sending = await a_sending(services, boutique, customers=3)
    await run(services, sending)
    at = f"/campaigns/{sending.campaign_id}/recipients"

    first = await owner.get(f"{at}?limit=2&state=accepted")
    rest = await owner.get(f"{at}?limit=2&state=accepted&cursor={first['next_cursor']}")

    shown = [*first["items"], *rest["items"]]
    assert len({one["id"] for one in shown}) == 3
    assert (first["counts"], rest["next_cursor"]) == ({"accepted": 3}, None)
    assert "•" in shown[0]["masked"]
    assert (await stranger.call("GET", at)).status_code == 404

    # with who they are, and the chat that the message is in
    names = {str(row["id"]): row["name"] for row in await rows(services, "customers")}
    chats = {
        str(row["customer_id"]): str(row["id"]) for row in await rows(services, "conversations")
    }
    for one in shown:
        assert one["customer_name"] == names[one["customer_id"]]
        assert one["conversation_id"] == chats[one["customer_id"]]

    # and those who did something are asked for by it
    async with services.database.tenant_connection(boutique) as conn:
        await conn.execute(
            "update campaign_recipients set replied_at = now() where id = %s", (shown[1]["id"],)
        )
    replied = (await owner.get(f"{at}?did=replied"))["items"]
    assert [one["id"] for one in replied] == [shown[1]["id"]]
    assert (await owner.get(f"{at}?did=opted_out"))["items"] == []


async def test_the_statement_of_tokens_names_the_campaign(
    services: Services, owner: Signed, boutique: str
) -> None:
    sending = await a_sending(services, boutique, customers=1)

    moves = (await owner.get("/wallet/transfers?filter=campaigns"))["items"]
    file = await owner.call("GET", "/wallet/statement?filter=campaigns")

    campaign = await owner.get(f"/campaigns/{sending.campaign_id}")
    assert {(one["campaign_id"], one["campaign_name"]) for one in moves} == {
        (sending.campaign_id, campaign["name"])
    }
    assert campaign["name"] in file.text


async def test_the_owner_tries_it_on_her_own_phone(
    services: Services, owner: Signed, boutique: str
) -> None:
    draft = await a_draft(services, boutique)
    before = await balance(services, boutique)

    sent = await owner.post(f"/campaigns/{draft}/test")

    (message,) = await rows(services, "messages")
    assert (str(message["id"]), message["kind"]) == (sent["message_id"], "template")
    assert message["conversation_id"] is None
    assert await balance(services, boutique) == before
    assert len(await jobs(services, "deliver")) == 1


async def test_one_whose_hour_was_missed_waits_for_its_owner(
    services: Services, owner: Signed, boutique: str
) -> None:
    # given one that was scheduled two hours ago, when nobody was there
    draft = await a_draft(services, boutique)
    await owner.post(f"/campaigns/{draft}/send")
    async with services.database.system_connection() as conn:
        await conn.execute("update campaigns set next_at = now() - interval '2 hours'")
    (job,) = await jobs(services, "begin_campaign")

    await begin_campaign(services, **job["args"])

    (campaign,) = await rows(services, "campaigns")
    assert (campaign["status"], campaign["status_reason"]) == ("missed", "missed")
    assert any("December" in row["body"] for row in await rows(services, "messages"))
    assert (await owner.post(f"/campaigns/{draft}/send-late"))["status"] == "scheduled"
