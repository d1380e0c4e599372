"""WhatsApp and M-Pesa as an owner sets them up: asked before they are kept, tried afterwards."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from pydantic import SecretStr

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import credentials
from dukani.sandbox.accounts import PWANI, ZURI
from dukani.sandbox.app import create_sandbox
from dukani.tools import shared_number
from dukani.tools.payments import trial
from dukani.webhooks.dependencies import Webhooks, limits_of
from dukani.webhooks.directory import Directory
from dukani.webhooks.payment_callbacks import keep_callback
from tests.fakes.daraja import stk_callback
from tests.integration.api.conftest import Signed
from tests.wiring import PUBLIC_URL, some_services, with_settings

OUTSIDE = "http://outside"
assert ZURI.mpesa is not None
MPESA = {
    "kind": "prompts",
    "shortcode": ZURI.mpesa.shortcode,
    "consumer_key": ZURI.mpesa.consumer_key,
    "consumer_secret": ZURI.mpesa.consumer_secret,
    "passkey": ZURI.mpesa.passkey,
}
TWILIO = {
    "provider": "twilio",
    "number": ZURI.number,
    "account_sid": ZURI.account_sid,
    "auth_token": ZURI.auth_token,
}
META = {
    "provider": "meta",
    "phone_number_id": PWANI.phone_number_id,
    "access_token": PWANI.access_token,
    "waba_id": PWANI.waba_id,
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


def phone_of_the_owner(superuser_url: str, boutique: str, phone: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update boutiques set owner_phone = %s where id = %s", (phone, boutique))


async def test_the_platforms_number_is_none_of_hers_until_she_gives_one(
    owner: Signed, services: Services
) -> None:
    # given a boutique that sends from the platform's number
    its = with_settings(
        services,
        shared_number={"account": "100000000000999", "access_token": SecretStr("the-platforms")},
    )
    await shared_number.keep(its)
    before = await owner.get("/channel")
    steps = {one["step"]: one["done"] for one in (await owner.get("/go-live"))["steps"]}

    # when its owner gives one of her own
    await owner.call("PUT", "/channel", json=META)
    after = await owner.get("/channel")
    await shared_number.keep(its)

    # then neither the platform's number nor its secrets were shown as hers, and it is gone
    assert (before["account"], before["hints"], before["shared"]) == (None, {}, True)
    assert not steps["channel"]
    assert (after["account"], after["shared"]) == (PWANI.phone_number_id, False)
    assert (await owner.get("/channel")) == after


@pytest.mark.parametrize("line", [TWILIO, META], ids=["twilio", "meta"])
async def test_a_number_that_works_is_kept_and_its_secret_never_shown(
    owner: Signed, services: Services, line: dict[str, Any]
) -> None:
    # when an owner gives her number
    answer = await owner.call("PUT", "/channel", json=line)

    # then it is asked for at its provider, sealed and used
    assert answer.status_code == 204, answer.text
    shown = await owner.get("/channel")
    account = ZURI.number if line is TWILIO else PWANI.phone_number_id
    assert (shown["provider"], shown["account"]) == (line["provider"], account)
    assert (shown["problem"], shown["last_message_at"]) == (None, None)
    secret = ZURI.auth_token if line is TWILIO else PWANI.access_token
    assert secret not in str(shown)
    assert f"…{secret[-4:]}" in shown["hints"].values()
    async with services.database.tenant_connection(owner.boutique) as conn:
        kept = await credentials.get(
            conn, boutique_id=owner.boutique, provider=line["provider"], box=services.secrets
        )
    assert kept is not None
    assert secret in kept.secrets.values()


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (TWILIO | {"auth_token": "wrong"}, "auth_token"),
        (TWILIO | {"number": "+254700000999"}, "number"),  # of another account
        (META | {"access_token": "wrong"}, "access_token"),
        (META | {"access_token": "né-pas"}, "access_token"),  # of no header
        (META | {"phone_number_id": "999999999999999"}, "phone_number_id"),
        (META | {"waba_id": "999999999999999"}, "waba_id"),
    ],
)
async def test_what_its_provider_refuses_leaves_the_number_there_was(
    owner: Signed, line: dict[str, Any], field: str
) -> None:
    # given a number that works
    await owner.call("PUT", "/channel", json=TWILIO)

    # when credentials are given that the provider refuses
    refused = await owner.call("PUT", "/channel", json=line)

    # then the wrong one is named, and the number there was is still used
    assert refused.status_code == 422, refused.text
    [error] = refused.json()["errors"]
    assert error["field"].split(".")[-1] == field
    assert "wrong" not in refused.text
    shown = await owner.get("/channel")
    assert (shown["provider"], shown["account"]) == ("twilio", ZURI.number)


async def test_a_number_of_another_boutique_is_not_taken(owner: Signed, stranger: Signed) -> None:
    await stranger.call("PUT", "/channel", json=TWILIO)

    refused = await owner.call("PUT", "/channel", json=TWILIO)

    assert (refused.status_code, refused.json()["code"]) == (409, "number_taken")


async def test_a_token_that_was_ended_is_found_by_asking(
    owner: Signed, services: Services, superuser_url: str
) -> None:
    # given a number whose token counts no more
    await owner.call("PUT", "/channel", json=TWILIO)
    ended = services.secrets.seal({"account_sid": ZURI.account_sid, "auth_token": "ended"})
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update provider_credentials set secrets = %s", (ended,))

    # when its owner asks
    await owner.call("POST", "/channel/checks")

    # then that is told
    assert (await owner.get("/channel"))["problem"] == "refused_auth_token"


async def test_a_test_message_leaves_for_the_owners_phone(
    owner: Signed, stranger: Signed, superuser_url: str
) -> None:
    phone_of_the_owner(superuser_url, owner.boutique, "+254700000201")

    sent = await owner.post("/channel/test-messages")

    assert (await owner.get(f"/channel/test-messages/{sent['id']}"))["status"] == "queued"
    theirs = await stranger.call("GET", f"/channel/test-messages/{sent['id']}")
    assert theirs.status_code == 404


async def test_mpesa_that_works_is_kept_and_audited(owner: Signed, superuser_url: str) -> None:
    answer = await owner.call("PUT", "/mpesa", json=MPESA)

    assert answer.status_code == 204, answer.text
    shown = await owner.get("/mpesa")
    assert (shown["provider"], shown["shortcode"], shown["paybill"]) == (
        "daraja",
        MPESA["shortcode"],
        MPESA["shortcode"],
    )
    assert str(MPESA["passkey"]) not in str(shown)
    with psycopg.connect(superuser_url) as conn:
        told = conn.execute(
            "select actor, details::text from audit_log where subject = 'provider_account:daraja'"
        ).fetchall()
    assert [actor for actor, _ in told] == [f"owner:{owner.user_id}"]
    assert str(MPESA["passkey"]) not in str(told)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"consumer_secret": "wrong"}, "consumer_secret"),
        ({"consumer_key": "wrong"}, "consumer_secret"),  # Daraja does not say which of the two
        ({"passkey": "wrong"}, "passkey"),
        ({"shortcode": "600999"}, "shortcode"),
    ],
)
async def test_mpesa_that_daraja_refuses_is_not_kept(
    owner: Signed, wrong: dict[str, str], field: str
) -> None:
    await owner.call("PUT", "/mpesa", json={"kind": "by_hand", "till": "500101"})

    refused = await owner.call("PUT", "/mpesa", json=MPESA | wrong)

    assert refused.status_code == 422, refused.text
    assert [error["field"] for error in refused.json()["errors"]] == [field]
    shown = await owner.get("/mpesa")
    assert (shown["provider"], shown["till"]) == ("manual", "500101")


class Trial:
    """A test prompt on the owner's phone."""

    def __init__(self, owner: Signed, services: Services, test_id: str) -> None:
        self.owner, self.services, self.id = owner, services, test_id

    async def push(self) -> None:
        await trial.push_trial(self.services, boutique_id=self.owner.boutique, test_id=self.id)

    async def look(self) -> Any:
        return await self.owner.get(f"/mpesa/tests/{self.id}")


@pytest.fixture
async def a_trial(owner: Signed, services: Services, superuser_url: str) -> Trial:
    phone_of_the_owner(superuser_url, owner.boutique, "+254700000201")
    await owner.call("PUT", "/mpesa", json=MPESA)
    begun = await owner.post("/mpesa/tests")
    assert begun["amount_minor"] == 100
    return Trial(owner, services, begun["id"])


def token_of(superuser_url: str, test_id: str) -> str:
    with psycopg.connect(superuser_url) as conn:
        query = "select callback_token from mpesa_tests where id = %s"
        row = conn.execute(query, (test_id,)).fetchone()
    assert row is not None
    return str(row[0])


@pytest.mark.parametrize(
    ("code", "reason"), [("0", "paid"), ("1032", "cancelled"), ("2001", "wrong_pin")]
)
async def test_a_shilling_is_asked_for_once_and_its_end_is_told(
    a_trial: Trial, services: Services, superuser_url: str, code: str, reason: str
) -> None:
    # given a prompt that was sent, by two workers at once
    await a_trial.push()
    await a_trial.push()
    assert (await a_trial.look())["reason"] is None

    # when M-Pesa reports what became of it, twice, the second time another end
    await report(services, token_of(superuser_url, a_trial.id), code)
    await report(services, token_of(superuser_url, a_trial.id), "1037")

    # then the first counts, and no order and no payment hears of it
    assert (await a_trial.look())["reason"] == reason
    with psycopg.connect(superuser_url) as conn:
        assert conn.execute("select count(*) from payments").fetchone() == (0,)
        steps = conn.execute("select step from mpesa_test_steps order by at").fetchall()
    assert [step for (step,) in steps] == ["sending", "accepted", "ended"]


async def report(services: Services, token: str, code: str) -> None:
    webhooks = Webhooks(services, Directory(services), limits_of(services))
    body = stk_callback("ws_CO_1", code, amount=1, receipt="TJK4A1B2C3")
    await keep_callback(webhooks, "daraja", json.dumps(body).encode(), token)


async def test_a_prompt_that_nobody_reports_is_asked_about(a_trial: Trial) -> None:
    await a_trial.push()

    for step in range(len(trial.ASK_AFTER_S)):
        await trial.ask_about_trial(
            a_trial.services, boutique_id=a_trial.owner.boutique, test_id=a_trial.id, step=step
        )

    assert (await a_trial.look())["reason"] == "unknown"


async def test_a_second_prompt_waits_for_the_first(a_trial: Trial) -> None:
    refused = await a_trial.owner.call("POST", "/mpesa/tests")

    assert (refused.status_code, refused.json()["code"]) == (409, "test_under_way")


async def test_another_boutiques_test_is_not_there(a_trial: Trial, stranger: Signed) -> None:
    assert (await stranger.call("GET", f"/mpesa/tests/{a_trial.id}")).status_code == 404


async def test_a_test_needs_a_phone_that_takes_prompts(owner: Signed, superuser_url: str) -> None:
    phone_of_the_owner(superuser_url, owner.boutique, "+447700900123")
    await owner.call("PUT", "/mpesa", json=MPESA)

    refused = await owner.call("POST", "/mpesa/tests")

    assert refused.json()["errors"][0]["field"] == "owner_phone"


async def test_the_go_live_list_follows_what_is_set_up(
    owner: Signed, services: Services, superuser_url: str
) -> None:
    def step(name: str, shown: Any) -> tuple[bool, str | None]:
        [found] = [one for one in shown["steps"] if one["step"] == name]
        return found["done"], found["why"]

    before = await owner.get("/go-live")
    assert step("channel", before)[0] is False

    await owner.call("PUT", "/channel", json=TWILIO)
    await owner.call("PUT", "/mpesa", json=MPESA)

    after = await owner.get("/go-live")
    assert step("channel", after) == (True, None)
    assert step("webhook", after) == (False, "no_message_yet")
    assert step("payments", after) == (False, "not_tried")
    assert after["is_complete"] is False
