"""SMS as an owner sets it up: asked at the provider before it is kept, one sender at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import sms_senders
from dukani.core.store.credentials import callback_digest_of
from dukani.sandbox.accounts import PWANI, ZURI
from dukani.sandbox.app import create_sandbox
from tests.integration.api.conftest import Signed
from tests.wiring import PUBLIC_URL, rows, some_services

OUTSIDE = "http://outside"
assert ZURI.sms is not None
assert PWANI.sms is not None
TWILIO = {
    "provider": "twilio_sms",
    "sender": ZURI.sms.sender,
    "account_sid": ZURI.sms.account_sid,
    "auth_token": ZURI.sms.auth_token,
}
AFRICAS_TALKING = {
    "provider": "africastalking",
    "sender": PWANI.sms.sender,
    "username": PWANI.sms.username,
    "api_key": PWANI.sms.api_key,
}


@pytest.fixture
async def services(database: Database, tmp_path: Path) -> AsyncIterator[Services]:
    """The sandbox is beyond the network."""
    sandbox = create_sandbox(base_url=OUTSIDE, target_url=PUBLIC_URL)
    line = httpx.AsyncClient(transport=httpx.ASGITransport(sandbox))
    providers: dict[str, Any] = {
        "twilio": {"base_url": OUTSIDE, "messaging_url": OUTSIDE},
        "africastalking": {"base_url": OUTSIDE},
    }
    async with some_services(database, tmp_path, http=line, **providers) as services:
        yield services


async def test_a_sender_is_kept_masked_and_another_takes_its_place(
    owner: Signed, services: Services
) -> None:
    # given none
    assert (await owner.get("/sms-sender"))["provider"] is None

    # when
    answer = await owner.call("PUT", "/sms-sender", json=TWILIO)

    # then
    assert answer.status_code == 204, answer.text
    shown = await owner.get("/sms-sender")
    assert (shown["provider"], shown["sender"]) == ("twilio_sms", ZURI.sms.sender)  # type: ignore[union-attr]
    assert shown["can_be_answered"] is True
    assert shown["hints"]["auth_token"].startswith("…")
    assert shown["webhook_url"] == f"{PUBLIC_URL}/webhook/sms/twilio"
    assert ZURI.auth_token not in str(shown)

    # when the other provider takes over, and its keys are given once more
    await owner.call("PUT", "/sms-sender", json=AFRICAS_TALKING)
    first = await owner.get("/sms-sender")
    await owner.call("PUT", "/sms-sender", json=AFRICAS_TALKING | {"sender": "PWANI"})
    again = await owner.get("/sms-sender")

    # then there is one, whose address stayed, and which its token finds
    assert (first["provider"], first["can_be_answered"]) == ("africastalking", False)
    assert "callback_token" not in first["hints"]
    address, _, token = again["webhook_url"].rpartition("/")
    assert (address, first["webhook_url"]) == (
        f"{PUBLIC_URL}/webhook/sms/africastalking",
        again["webhook_url"],
    )
    digest = callback_digest_of({"callback_token": token})
    assert digest is not None
    async with services.database.system_connection() as conn:
        found = await sms_senders.by_callback(conn, digest=digest)
        assert found is not None
        assert found.boutique_id == owner.boutique
        kept = await conn.execute(
            "select provider, active from provider_credentials where boutique_id = %s"
            " and provider in ('twilio_sms', 'africastalking') order by provider",
            (owner.boutique,),
        )
        assert [tuple(row.values()) for row in await kept.fetchall()] == [
            ("africastalking", True),
            ("twilio_sms", False),
        ]


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        (TWILIO | {"auth_token": "a wrong token"}, "auth_token"),
        (TWILIO | {"sender": "+254700000999"}, "sender"),
        (TWILIO | {"sender": "a name of fifteen"}, "sender"),
        (AFRICAS_TALKING | {"api_key": "a wrong key"}, "api_key"),
        (AFRICAS_TALKING | {"sender": "+254700000999"}, "sender"),
    ],
)
async def test_what_the_provider_refuses_is_not_kept(
    owner: Signed, keys: dict[str, str], field: str
) -> None:
    answer = await owner.call("PUT", "/sms-sender", json=keys)

    assert answer.status_code == 422
    assert field in answer.text
    assert (await owner.get("/sms-sender"))["provider"] is None


async def test_it_is_tried_and_switched_off(owner: Signed, services: Services) -> None:
    assert (await owner.call("POST", "/sms-sender/checks")).status_code == 404
    await owner.call("PUT", "/sms-sender", json=TWILIO)

    assert (await owner.call("POST", "/sms-sender/checks")).status_code == 204
    assert (await owner.get("/sms-sender"))["problem"] is None
    assert (await owner.call("DELETE", "/sms-sender")).status_code == 204

    assert (await owner.get("/sms-sender"))["provider"] is None
    written = [row["action"] for row in await rows(services, "audit_log")]
    assert "provider_account_insert" in written
