"""Refusals at once and refusals told later, as Meta and Twilio word them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from dukani.tools import sending_rules
from tests.cases.conftest import OpenShop
from tests.cases.shop import ASHA, CaseShop, from_meta
from tests.wiring import a_change, a_line, jobs, rows

OTHER = "254713000002"


def meta_refusal(status: int, code: int, message: str, **error: Any) -> httpx.Response:
    told = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code}
    details = {"error_data": {"messaging_product": "whatsapp", "details": message}}
    return httpx.Response(status, json={"error": told | details | error | {"fbtrace_id": "A1"}})


SERVICE = meta_refusal(500, 131016, "Service unavailable")
TRANSIENT = meta_refusal(503, 2, "Service temporarily unavailable", is_transient=True)
PAIR = meta_refusal(400, 131056, "(Business Account, Consumer Account) pair rate limit hit")
NUMBER = meta_refusal(429, 130429, "Rate limit hit")
TWILIO_BUSY = httpx.Response(
    429,
    json={
        "code": 20429,
        "message": "Too Many Requests",
        "more_info": "https://www.twilio.com/docs/errors/20429",
        "status": 429,
    },
)
UNPAID = meta_refusal(400, 131042, "Business eligibility payment issue")
BLOCKED = meta_refusal(403, 368, "Temporarily blocked for policies violations")
EXPIRED = meta_refusal(401, 190, "Session has expired", error_subcode=463)


async def ask(shop: CaseShop, caller: str, sender: str, text: str = "hello") -> list[str]:
    """The answers that left for anybody, once somebody wrote to a shop at `caller`."""
    if caller == "meta":
        await shop.meta(from_meta(text, sender=sender), contacts=[{"wa_id": sender}])
    else:
        given = {"From": f"whatsapp:+{sender}", "WaId": sender, "Body": text}
        await shop.caller.twilio(MessageSid=f"SM-{sender}-{text}", **given)
    return await shop.answers()


async def answers_kept(shop: CaseShop) -> list[tuple[str, str | None]]:
    return [
        (row["status"], row["error_code"])
        for row in await rows(shop.services, "messages")
        if row["direction"] == "out" and row["recipient"] is None
    ]


@pytest.mark.parametrize(
    ("provider", "refusal", "code"),
    [
        ("meta", SERVICE, "131016"),
        ("meta", TRANSIENT, "2"),
        ("meta", PAIR, "131056"),
        ("meta", NUMBER, "130429"),
        ("twilio", TWILIO_BUSY, "20429"),
    ],
    ids=["131016", "2", "131056", "130429", "20429"],
)
async def test_refused_for_now_is_kept_and_sent_later(
    open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch, provider: str,
    refusal: httpx.Response, code: str,
) -> None:  # fmt: skip
    # given a send that is refused for now
    shop = await open_shop(provider)
    shop.providers.next = [refusal]
    assert await ask(shop, provider, ASHA) == []
    assert await answers_kept(shop) == [("sending", code)]

    # when the time has come
    monkeypatch.setattr(sending_rules, "retry_wait", lambda *_: timedelta(0))
    said = await shop.answers()

    # then it is sent once, nobody was told, and she is answered as before
    assert len(said) == 1
    assert await answers_kept(shop) == [("sent", None)]
    assert await shop.notes() == []
    assert len(await ask(shop, provider, ASHA, "show me hats")) >= 1


async def test_the_pair_limit_delays_that_customer_only(shop: CaseShop) -> None:
    shop.providers.next = [PAIR]
    assert await ask(shop, "meta", ASHA) == []

    assert len(await ask(shop, "meta", OTHER)) == 1


@pytest.mark.parametrize(
    ("provider", "refusal"), [("meta", NUMBER), ("twilio", TWILIO_BUSY)], ids=["130429", "20429"]
)
async def test_a_numbers_limit_slows_that_number_only(
    open_shop: OpenShop, provider: str, refusal: httpx.Response
) -> None:
    # given two shops, and a limit of the first one's number
    shop = await open_shop(provider)
    beside = "twilio" if provider == "meta" else "meta"
    other_shop = await open_shop(beside)
    shop.providers.next = [refusal]
    assert await ask(shop, provider, ASHA) == []

    # then the number rests for everybody, and the other shop's does not
    assert await ask(shop, provider, OTHER) == []
    assert len(await ask(other_shop, beside, ASHA)) == 1


async def test_a_limit_of_one_shops_number_is_not_the_others(shop: CaseShop) -> None:
    # given another shop at the same provider, and a limit of the first one's number
    other_number = "100000000000902"
    await a_line(shop.services, "meta", other_number)
    shop.providers.next = [NUMBER]
    assert await ask(shop, "meta", ASHA) == []

    # when somebody writes to the other
    message = from_meta("hello", sender=OTHER)
    change = a_change(account=other_number, messages=[message], contacts=[{"wa_id": OTHER}])
    await shop.caller.meta(change)

    # then she is answered
    assert len(await shop.answers()) == 1


async def test_a_customer_a_trial_may_not_write_to_keeps_no_other_waiting(shop: CaseShop) -> None:
    shop.providers.next = [meta_refusal(400, 131030, "Recipient phone number not in allowed list")]
    assert await ask(shop, "meta", ASHA) == []

    assert len(await ask(shop, "meta", OTHER)) == 1


@pytest.mark.parametrize("refusal", [UNPAID, BLOCKED, EXPIRED], ids=["131042", "368", "190"])
async def test_refused_until_a_person_acts_is_held_and_told_once(
    open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch, refusal: httpx.Response
) -> None:
    # given a shop whose sends are refused, and one beside it
    shop, other_shop = await open_shop("meta"), await open_shop("twilio")
    shop.providers.next = [refusal] * 50
    for sender in (ASHA, OTHER, "254713000003"):
        assert await ask(shop, "meta", sender) == []
    tried = 50 - len(shop.providers.next)

    # then nothing is lost, the owner hears of it once, and there is no hammering
    assert [status for status, _ in await answers_kept(shop)].count("failed") == 0
    assert len(await answers_kept(shop)) == 3
    assert len(await shop.notes()) == 1
    assert tried <= 2

    # and the other shop goes on
    shop.providers.next = []
    assert len(await ask(other_shop, "twilio", ASHA)) == 1

    # and once it is mended everything is sent
    monkeypatch.setattr(sending_rules, "retry_wait", lambda *_: timedelta(0))
    await shop.answers()
    for sender in (ASHA, OTHER, "254713000003"):
        await ask(shop, "meta", sender, "show me hats")
    assert {status for status, _ in await answers_kept(shop)} == {"sent"}


# ── told later, by a status ─────────────────────────────────────────────────


async def told_later(
    shop: CaseShop, provider: str, code: str, status: str = "failed"
) -> httpx.Response:
    """A status of the last message that left for her."""
    ours = [m for m in await rows(shop.services, "messages") if m["provider_id"]]
    last = [m for m in ours if m["direction"] == "out"][-1]
    if provider == "twilio":
        return await shop.caller.twilio_status(
            status, sid=last["provider_id"], SmsStatus=status, ErrorCode=code, NumMedia="0"
        )
    error = {"code": int(code), "title": "no", "message": "no", "error_data": {"details": "no"}}
    return await shop.meta(
        statuses=[
            {
                "id": last["provider_id"],
                "status": status,
                "timestamp": "1790000010",
                "recipient_id": ASHA,
                "biz_opaque_callback_data": str(last["id"]),
                "errors": [error],
            }
        ]
    )


async def gap_s(shop: CaseShop) -> float | None:
    """Seconds until the next delivery that waits; none when none does."""
    due = [job["scheduled_at"] for job in await jobs(shop.services, "deliver")]
    if not due:
        return None
    async with shop.services.database.system_connection() as conn:
        cursor = await conn.execute("select now() as now")
        row = await cursor.fetchone()
    assert row is not None and due[-1] is not None
    return float((due[-1] - row["now"]).total_seconds())


@pytest.mark.parametrize(
    ("provider", "code", "status"),
    [("meta", "131026", "failed"), ("twilio", "63024", "undelivered")],
)
async def test_the_undeliverable_is_tried_three_times_with_growing_gaps(
    open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch, provider: str, code: str, status: str
) -> None:
    monkeypatch.setattr(sending_rules, "retry_wait", lambda *_: timedelta(0))
    shop = await open_shop(provider)
    await ask(shop, provider, ASHA)
    gaps: list[float] = []
    for _ in range(5):
        assert (await told_later(shop, provider, code, status)).status_code == 200
        gap = await gap_s(shop)
        if gap is None:
            break
        gaps.append(gap)
        await shop.answers()

    assert 1 <= len(gaps) <= 3
    assert gaps[0] > 5
    assert gaps == sorted(gaps)
    assert len(shop.providers.sent) <= 3


@pytest.mark.parametrize(
    ("provider", "code", "status"),
    [
        ("meta", "130472", "failed"),
        ("twilio", "63016", "undelivered"),
    ],
)
async def test_what_can_never_arrive_is_not_said_again_and_she_is_answered_later(
    open_shop: OpenShop, provider: str, code: str, status: str
) -> None:
    shop = await open_shop(provider)
    (said,) = await ask(shop, provider, ASHA)

    await told_later(shop, provider, code, status)

    assert await shop.answers() == []
    assert await jobs(shop.services, "deliver") == []
    assert len(await ask(shop, provider, ASHA, "show me hats")) >= 1
    assert shop.providers.texts.count(said) == 1


async def test_a_picture_meta_could_not_fetch_is_our_fault(shop: CaseShop) -> None:
    await ask(shop, "meta", ASHA)
    for _ in range(4):
        await told_later(shop, "meta", "131053")
        await shop.answers()

    assert len(shop.providers.sent) <= 3
    assert len(await ask(shop, "meta", ASHA, "show me hats")) >= 1


async def test_a_numbers_limit_told_later_is_waited_out(
    twilio_shop: CaseShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = twilio_shop
    (said,) = await ask(shop, "twilio", ASHA)

    await told_later(shop, "twilio", "63018")
    assert shop.providers.texts == [said]
    monkeypatch.setattr(sending_rules, "retry_wait", lambda *_: timedelta(0))

    assert await shop.answers() == [said]


@pytest.mark.parametrize(
    ("provider", "code"),
    [("meta", "131026"), ("meta", "130472"), ("meta", "131053"), ("twilio", "63024"),
     ("twilio", "63016"), ("twilio", "63018")],
)  # fmt: skip
async def test_what_was_delivered_stays_so(open_shop: OpenShop, provider: str, code: str) -> None:
    shop = await open_shop(provider)
    await ask(shop, provider, ASHA)
    await told_later(shop, provider, "0", "delivered")

    await told_later(shop, provider, code)

    assert await shop.answers() == []
    assert [status for status, _ in await answers_kept(shop)] == ["delivered"]
