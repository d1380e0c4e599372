"""The wallet as its owner sees it: tokens, a statement, and buying more with M-Pesa, once."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from dukani.campaigns import wallet as campaign_wallet
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.tools import sweeper
from dukani.tools.payments import top_up_jobs
from dukani.webhooks.dependencies import Webhooks, limits_of
from dukani.webhooks.directory import Directory
from dukani.webhooks.payment_callbacks import keep_callback
from tests.fakes.daraja import FakeDaraja, stk_callback
from tests.integration.api.conftest import Signed
from tests.ledger import assert_adds_up, give
from tests.wiring import some_services, with_settings

RECEIPT = "TJK4A1B2C3"
TILL = {
    "shortcode": "600100",
    "consumer_key": "key",
    "consumer_secret": "secret",
    "passkey": "pass",
}


@pytest.fixture
def daraja() -> FakeDaraja:
    return FakeDaraja()


@pytest.fixture
async def services(
    database: Database, tmp_path: Path, daraja: FakeDaraja
) -> AsyncIterator[Services]:
    async with some_services(
        database, tmp_path, http=daraja.client(), platform_mpesa=TILL
    ) as services:
        yield services


class Bought:
    """A top-up of a hundred tokens that the owner asked for."""

    def __init__(self, owner: Signed, services: Services, url: str, top_up: Any) -> None:
        self.owner, self.services, self.url = owner, services, url
        self.id: str = top_up["id"]

    async def push(self) -> None:
        await top_up_jobs.push_top_up(
            self.services, boutique_id=self.owner.boutique, top_up_id=self.id
        )

    async def ask(self, step: int = 0) -> None:
        await top_up_jobs.ask_about_top_up(
            self.services, boutique_id=self.owner.boutique, top_up_id=self.id, step=step
        )

    async def report(
        self, code: str, *, amount: int = 350, receipt: str = RECEIPT, checkout: str = "ws_CO_1"
    ) -> None:
        """M-Pesa reports; then the worker does what was deferred."""
        webhooks = Webhooks(self.services, Directory(self.services), limits_of(self.services))
        body = stk_callback(checkout, code, amount=amount, receipt=receipt)
        token = self._one("select callback_token from wallet_top_ups where id = %s", self.id)
        await keep_callback(webhooks, "daraja", json.dumps(body).encode(), token)
        with psycopg.connect(self.url) as conn:
            conn.execute("set search_path = jobs, public")  # as its triggers need it
            waiting = conn.execute(
                "delete from jobs.procrastinate_jobs where task_name = 'handle_top_up_callback'"
                " returning args"
            ).fetchall()
        for (arguments,) in waiting:
            await top_up_jobs.handle_top_up_callback(self.services, **arguments)

    async def look(self) -> Any:
        return await self.owner.get(f"/wallet/top-ups/{self.id}")

    async def available(self) -> int:
        return int((await self.owner.get("/wallet"))["available"])

    def _one(self, query: str, *values: str) -> str:
        with psycopg.connect(self.url) as conn:
            row = conn.execute(query.encode(), values).fetchone()
        assert row is not None
        return str(row[0])


@pytest.fixture
async def bought(owner: Signed, services: Services, superuser_url: str) -> Bought:
    top_up = await owner.post("/wallet/top-ups", {"tokens": 100, "phone": "0722 000 001"})
    assert (top_up["amount_minor"], top_up["state"]) == (35_000, "waiting")
    return Bought(owner, services, superuser_url, top_up)


async def test_tokens_that_are_paid_are_there_once(
    bought: Bought, daraja: FakeDaraja, superuser_url: str
) -> None:
    # given a prompt that was sent, though two workers had its job
    await bought.push()
    await bought.push()
    assert [push["Amount"] for push in daraja.pushes] == [350]
    assert (daraja.pushes[0]["PartyB"], daraja.pushes[0]["PhoneNumber"]) == (
        "600100", "254722000001",
    )  # fmt: skip
    assert await bought.available() == 0

    # when M-Pesa reports the money twice, and is asked as well
    await bought.report("0")
    await bought.report("0")
    await bought.ask()

    # then the tokens are there once, with the receipt
    shown = await bought.look()
    assert (shown["state"], shown["receipt"]) == ("paid", RECEIPT)
    assert shown["phone"] == "+254 7•• ••• 001"
    now = await bought.owner.get("/wallet")
    assert (now["available"], now["worth_minor"], now["is_low"]) == (100, 35_000, False)
    [move] = (await bought.owner.get("/wallet/transfers"))["items"]
    assert (move["kind"], move["change"], move["receipt"]) == ("top_up", 100, RECEIPT)
    assert_adds_up(superuser_url, bought.owner.boutique)


@pytest.mark.parametrize(("code", "reason"), [("1032", "cancelled"), ("2001", "wrong_pin")])
async def test_a_prompt_that_failed_buys_nothing_unless_money_comes_later(
    bought: Bought, code: str, reason: str
) -> None:
    await bought.push()
    await bought.report(code)
    shown = await bought.look()
    assert (shown["state"], shown["reason"], await bought.available()) == ("failed", reason, 0)

    await bought.report("0")

    assert ((await bought.look())["state"], await bought.available()) == ("paid", 100)


@pytest.mark.slow
async def test_silence_is_asked_about_and_no_second_prompt_leaves_by_itself(
    bought: Bought, daraja: FakeDaraja
) -> None:
    # given a prompt of whose sending the answer was lost
    daraja.next_push.append(httpx.Response(502))
    await bought.push()

    # when its job runs again, every question is asked, and the sweep passes
    await bought.push()
    for step in range(len(top_up_jobs.ASK_AFTER_S)):
        await bought.ask(step)

    # then one prompt left, and a person must look; a callback still counts
    assert len(daraja.pushes) == 1
    assert (await bought.look())["state"] == "unanswered"
    await bought.report("0")
    assert ((await bought.look())["state"], await bought.available()) == ("paid", 100)


@pytest.mark.slow
async def test_money_that_no_callback_told_is_found_by_asking_and_its_receipt_comes_later(
    bought: Bought, daraja: FakeDaraja
) -> None:
    await bought.push()
    daraja.next_query.append(
        httpx.Response(
            200,
            json={"ResponseCode": "0", "ResultCode": "0", "ResultDesc": "processed",
                  "CheckoutRequestID": "ws_CO_1", "MerchantRequestID": "m-1",
                  "ResponseDescription": "accepted"},
        )
    )  # fmt: skip
    await bought.ask()
    shown = await bought.look()
    assert (shown["state"], shown["receipt"], await bought.available()) == ("paid", None, 100)

    await bought.report("0")

    assert ((await bought.look())["receipt"], await bought.available()) == (RECEIPT, 100)


async def test_another_amount_and_a_receipt_of_another_purchase_are_for_a_person(
    bought: Bought, stranger: Signed, services: Services, superuser_url: str
) -> None:
    # given money that is less than was asked for
    await bought.push()
    await bought.report("0", amount=340)
    assert ((await bought.look())["state"], await bought.available()) == ("review", 0)
    # and a receipt that bought another boutique's tokens
    other = Bought(
        stranger, services, superuser_url,
        await stranger.post("/wallet/top-ups", {"tokens": 100, "phone": "0722000002"}),
    )  # fmt: skip
    await other.push()
    await other.report("0", receipt="TJK0000002", checkout="ws_CO_2")
    assert await other.available() == 100

    # when it is reported here
    await bought.report("0", receipt="TJK0000002")

    # then nothing is credited
    assert ((await bought.look())["state"], await bought.available()) == ("review", 0)


@pytest.mark.slow
async def test_a_callback_about_another_prompt_changes_nothing(bought: Bought) -> None:
    await bought.push()
    await bought.report("0", checkout="ws_CO_other")
    assert ((await bought.look())["state"], await bought.available()) == ("waiting", 0)


@pytest.mark.slow
async def test_a_lost_job_is_found_by_the_sweep(
    bought: Bought, services: Services, superuser_url: str
) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute("set session_replication_role = replica")
        conn.execute("delete from jobs.procrastinate_jobs")
        conn.execute("update wallet_top_ups set created_at = now() - interval '1 hour'")
    assert (await sweeper.sweep(services))["top_ups"] == 1
    assert (await sweeper.sweep(services))["top_ups"] == 0  # its question waits


async def test_one_purchase_at_a_time_and_the_same_key_once(
    owner: Signed, superuser_url: str
) -> None:
    body = {"tokens": 100, "phone": "0722000001"}
    key = {"idempotency-key": str(uuid4())}
    first = await owner.post("/wallet/top-ups", body, headers=key)
    again = await owner.post("/wallet/top-ups", body, headers=key)
    another = await owner.call("POST", "/wallet/top-ups", json=body)

    assert first["id"] == again["id"]
    assert (another.status_code, another.json()["code"]) == (409, "top_up_under_way")
    assert len((await owner.get("/wallet/top-ups"))["items"]) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"tokens": 5, "phone": "0722000001"}, "tokens"),  # too few
        ({"tokens": 500_000, "phone": "0722000001"}, "tokens"),  # more than M-Pesa takes
        ({"tokens": 100, "phone": "+447700900123"}, "phone"),  # no Safaricom number
    ],
)
async def test_what_cannot_be_bought_names_the_field(
    owner: Signed, body: dict[str, Any], field: str
) -> None:
    refused = await owner.call("POST", "/wallet/top-ups", json=body)

    assert refused.status_code == 422, refused.text
    [error] = refused.json()["errors"]
    assert error["field"] == field
    assert error["remedy"]


@pytest.mark.slow
async def test_the_prompt_goes_to_the_owners_phone_unless_another_is_given(
    owner: Signed, superuser_url: str
) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update boutiques set owner_phone = '+254712000777'")

    top_up = await owner.post("/wallet/top-ups", {"tokens": 100})

    assert top_up["phone"] == "+254 7•• ••• 777"


@pytest.mark.slow
async def test_tokens_are_not_sold_where_the_platform_has_no_till(
    owner: Signed, services: Services, api: Any
) -> None:
    api.state.services = with_settings(services, platform_mpesa={"shortcode": None})

    refused = await owner.call(
        "POST", "/wallet/top-ups", json={"tokens": 100, "phone": "0722000001"}
    )

    assert (refused.status_code, refused.json()["code"]) == (409, "tokens_not_sold")


async def test_the_statement_is_read_by_campaign_by_kind_and_in_pages(
    owner: Signed, stranger: Signed, staff: Signed, database: Database
) -> None:
    # given a campaign of which one message arrived and one failed
    campaign = str(uuid4())
    await give(database, owner.boutique, 10)
    async with database.tenant_connection(owner.boutique) as conn:
        await campaign_wallet.hold(conn, key="c", tokens=3, campaign_id=campaign)
        for who in ("a", "b"):
            await campaign_wallet.accept(conn, hold="c", recipient=who, tokens=1)
        await campaign_wallet.settle(conn, recipient="a")
        await campaign_wallet.give_back(conn, recipient="b")
        await campaign_wallet.release(conn, hold="c")

    # when the owner reads
    async def kinds(**asked: Any) -> list[str]:
        page = await owner.get("/wallet/transfers", params=asked)
        return [move["kind"] for move in page["items"]]

    # then each list holds what it says, the newest first
    assert await kinds() == ["release", "give_back", "hold", "grant"]
    assert await kinds(filter="bought") == ["grant"]
    assert await kinds(filter="messages", campaign_id=campaign) == [
        "give_back", "settle", "accept", "accept",
    ]  # fmt: skip
    assert await kinds(campaign_id=str(uuid4())) == []
    first = await owner.get("/wallet/transfers", params={"limit": 3})
    rest = await owner.get("/wallet/transfers", params={"cursor": first["next_cursor"]})
    assert [move["kind"] for move in rest["items"]] == ["grant"]
    assert [move["available_after"] for move in first["items"]] == [9, 8, 7]

    # and the file has the same
    answer = await owner.call("GET", "/wallet/statement")
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert [line["kind"] for line in lines] == ["release", "give_back", "hold", "grant"]
    assert answer.headers["content-type"].startswith("text/csv")

    # and staff see how many there are, another boutique nothing
    assert (await staff.get("/wallet"))["available"] == 9
    assert (await stranger.get("/wallet"))["available"] == 0
    assert (await stranger.get("/wallet/transfers"))["items"] == []
    theirs = await stranger.call("GET", "/wallet/statement")
    assert len(theirs.text.splitlines()) == 1


async def test_what_a_message_costs_is_told(staff: Signed) -> None:
    rates = await staff.get("/wallet/rates")

    assert rates["token_price_minor"] == 350
    of_kenya = {r["category"]: r["tokens"] for r in rates["rates"] if r["region"] == "KE"}
    assert of_kenya == {"marketing": 1, "utility": 1}
    assert rates["rates"][-1]["region"] == "*"


async def test_another_boutiques_top_up_is_not_there(bought: Bought, stranger: Signed) -> None:
    answer = await stranger.call("GET", f"/wallet/top-ups/{bought.id}")
    assert answer.status_code == 404
    assert (await stranger.get("/wallet/top-ups"))["items"] == []
