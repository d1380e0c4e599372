"""A send refused for a reason that passes, or that the shop can mend, is kept and sent later."""

from __future__ import annotations

import time
from datetime import timedelta

import httpx
import pytest

from dukani.tools import sending_rules
from dukani.tools.delivery import deliver
from tests.cases.shop import CaseShop
from tests.wiring import a_meta_message, rows

META_133004 = httpx.Response(
    503,
    json={
        "error": {
            "message": "(#133004) Server Temporarily Unavailable",
            "type": "OAuthException",
            "code": 133004,
        }
    },
)
TWILIO_63038 = httpx.Response(
    429,
    json={
        "code": 63038,
        "message": "Account exceeded the 50 daily messages limit",
        "status": 429,
    },
)


async def status_of_answer(shop: CaseShop) -> tuple[str, str | None]:
    (answer,) = [
        row
        for row in await rows(shop.services, "messages")
        if row["direction"] == "out" and row["recipient"] is None
    ]
    return answer["status"], answer["error_code"]


async def test_a_server_that_was_away_for_a_moment_is_sent_to_again(
    shop: CaseShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given Meta that is away for a moment
    shop.providers.next = [META_133004]
    await shop.meta(a_meta_message("wamid.in", timestamp=str(int(time.time()))))
    assert await shop.answers() == []
    assert await status_of_answer(shop) == ("sending", "133004")

    # when it is back
    monkeypatch.setattr(sending_rules, "retry_wait", lambda *_: timedelta(0))
    await deliver_now(shop)

    # then she reads her answer, once
    assert len(shop.providers.texts) == 1
    assert await status_of_answer(shop) == ("sent", None)
    assert await shop.notes() == []


async def test_a_daily_limit_holds_the_answers_and_alarms_the_owner(
    twilio_shop: CaseShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given an account that may send no more today
    shop = twilio_shop
    shop.providers.next = [TWILIO_63038] * 2
    await shop.caller.twilio(MessageSid="SMin", Body="hello")
    assert await shop.answers() == []

    # then the answer is held and the owner told
    assert await status_of_answer(shop) == ("sending", "63038")
    (note,) = await shop.notes()
    assert "63038" in note

    # when the next day comes
    monkeypatch.setattr(sending_rules, "retry_wait", lambda *_: timedelta(0))
    shop.providers.next = []
    await deliver_now(shop)

    # then it is sent
    assert await status_of_answer(shop) == ("sent", None)


async def test_a_passing_fault_told_by_a_status_is_said_once_more(
    twilio_shop: CaseShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given an answer Twilio took
    shop = twilio_shop
    await shop.caller.twilio(MessageSid="SMin", Body="hello")
    (said,) = await shop.answers()

    # when the provider had an internal error
    await shop.caller.twilio_status(
        "failed", sid="SM1", SmsStatus="failed", NumMedia="0", ErrorCode="63012"
    )
    monkeypatch.setattr(sending_rules, "retry_wait", lambda *_: timedelta(0))
    await deliver_now(shop)

    # then the same is said once more
    assert shop.providers.texts == [said, said]


async def deliver_now(shop: CaseShop) -> None:
    """The conversation's delivery, without waiting for its job to be due."""
    async with shop.services.database.system_connection() as conn:
        cursor = await conn.execute("select id::text as id from conversations")
        conversation = await cursor.fetchone()
    assert conversation is not None
    await deliver(shop.services, boutique_id=shop.boutique_id, conversation_id=conversation["id"])
