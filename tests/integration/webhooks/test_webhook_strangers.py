"""Strangers at the webhooks: little of theirs is kept, not for long, and nobody waits for them."""

from __future__ import annotations

import asyncio
import json
import threading
from urllib.parse import urlencode

import pytest
from fastapi import Request

from dukani.core.services import Services
from dukani.tools.purging import purge_without_boutique
from dukani.webhooks import bodies, meta
from dukani.webhooks.bodies import MAX_BODY, BodyTooSlow, kept, kept_text, read_body
from dukani.webhooks.inbound import Inbound
from dukani.webhooks.meta_reading import read_webhook
from dukani.webhooks.twilio import MAX_FORM
from tests.wiring import META_NUMBER, TWILIO_NUMBER, Caller, a_change, a_line, rows

KEPT = 4096


async def sizes(services: Services) -> list[int]:
    """Bytes kept of each event."""
    found = await rows(services, "webhook_events", "payload")
    return [len(json.dumps(row["payload"], ensure_ascii=False).encode()) for row in found]


async def test_of_a_call_to_an_unknown_number_a_little_is_kept(
    services: Services, caller: Caller
) -> None:
    answer = await caller.twilio(To="whatsapp:+254799999999", Body='"é' * 3_000)
    assert answer.status_code == 200
    [size] = await sizes(services)
    assert 1000 < size <= KEPT


async def test_a_form_larger_than_any_of_twilios_is_refused_and_not_kept(
    services: Services, caller: Caller
) -> None:
    answer = await caller.twilio(To="whatsapp:+254799999999", Body="x" * MAX_FORM)
    assert answer.status_code == 413
    assert await sizes(services) == []


async def test_of_a_form_nobody_can_read_a_little_is_kept(
    services: Services, caller: Caller
) -> None:
    form = urlencode([(f"field{n}", "x" * 100) for n in range(300)])
    answer = await caller.client.post("/webhook/whatsapp", content=form)
    assert answer.status_code == 200
    [size] = await sizes(services)
    assert size <= KEPT


async def test_a_form_that_is_not_signed_is_not_kept(services: Services, caller: Caller) -> None:
    await a_line(services, "twilio", TWILIO_NUMBER)
    answer = await caller.twilio(token="not the token", Body="x" * 10_000)
    assert answer.status_code == 403
    assert await sizes(services) == []


@pytest.mark.parametrize("of", ["a number nobody has", "no envelope at all", "an unreadable part"])
async def test_of_a_large_signed_body_that_says_nothing_a_little_is_kept(
    services: Services, caller: Caller, of: str
) -> None:
    await a_line(services, "meta", META_NUMBER)
    large = {"body": "x" * 1_000_000}
    if of == "no envelope at all":
        raw = json.dumps(large).encode()
    else:
        account = "999" if of == "a number nobody has" else META_NUMBER
        message = {"id": "wamid.1", "from": "254712000001", "type": "text", "text": large}
        if of == "an unreadable part":
            message["id"] = ["no", "id"]
        change = a_change(account=account, messages=[message])
        raw = json.dumps({"entry": [{"id": "W", "changes": [change]}]}).encode()

    answer = await caller.meta_raw(raw)

    assert answer.status_code == 200
    [size] = await sizes(services)
    assert size <= KEPT


async def test_an_unsigned_body_is_neither_read_nor_kept(
    services: Services, caller: Caller
) -> None:
    for raw, status in ((b"x" * MAX_BODY, 403), (b"x" * (MAX_BODY + 1), 413)):
        assert (await caller.meta_raw(raw, secret="wrong")).status_code == status
    assert await sizes(services) == []


async def test_a_large_body_is_read_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    threaded: list[int] = []

    async def to_thread(work: object, raw: bytes) -> int:
        threaded.append(len(raw))
        return len(raw)

    monkeypatch.setattr(bodies.asyncio, "to_thread", to_thread)
    for size in (10, bodies.PARSED_ON_THE_LOOP, bodies.PARSED_ON_THE_LOOP + 1):
        assert await bodies.off_the_loop(b"x" * size, len) == size
    assert threaded == [bodies.PARSED_ON_THE_LOOP + 1]


@pytest.mark.parametrize(("size", "on_the_loop"), [(10, True), (100_000, False)])
async def test_the_webhook_reads_a_large_body_in_a_thread(
    services: Services,
    caller: Caller,
    monkeypatch: pytest.MonkeyPatch,
    size: int,
    on_the_loop: bool,
) -> None:
    await a_line(services, "meta", META_NUMBER)
    threads: list[threading.Thread] = []

    def watched(raw: bytes) -> list[Inbound]:
        threads.append(threading.current_thread())
        return read_webhook(raw)

    monkeypatch.setattr(meta, "read_webhook", watched)
    await caller.meta_raw(json.dumps({"body": "x" * size}).encode())

    assert [thread is threading.current_thread() for thread in threads] == [on_the_loop]


async def test_a_body_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "READ_WITHIN_S", 0.05)

    async def drip() -> dict[str, object]:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    request = Request({"type": "http", "headers": [], "method": "POST"}, drip)
    with pytest.raises(BodyTooSlow):
        await read_body(request)


async def test_what_came_for_nobody_is_purged_by_its_age(
    services: Services, caller: Caller
) -> None:
    # given an old call to an unknown number, a new one, and an old one to a boutique
    await a_line(services, "twilio", TWILIO_NUMBER)
    for n in (1, 2):
        await caller.twilio(MessageSid=f"SM{n}", To="whatsapp:+254799999999")
    await caller.twilio(MessageSid="SM3")
    async with services.database.system_connection() as conn:
        await conn.execute(
            "update webhook_events set created_at = now() - interval '15 days'"
            " where event_key <> 'SM2'"
        )

    # when the job comes by
    assert await purge_without_boutique(services) == 1

    # then only the first is gone
    left = await rows(services, "webhook_events", "event_key")
    assert [row["event_key"] for row in left] == ["SM2", "SM3"]


@pytest.mark.parametrize("text", ["x", "é", "👗", '"', "\\", "\n", "\x01", "\ud800"])
def test_what_is_kept_fits_whatever_it_is_made_of(text: str) -> None:
    small, large = {"text": text}, {"text": text * 5000}
    assert kept(small) == small
    cut = kept(large)
    assert len(json.dumps(cut, ensure_ascii=False).encode()) <= KEPT
    assert len(json.dumps(kept_text(b"\x01\xff" * 5000), ensure_ascii=False).encode()) <= KEPT
