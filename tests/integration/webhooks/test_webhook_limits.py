"""Limits lose nothing: whoever writes too fast is answered later, and everybody else as usual."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dukani.core.jobs import paced_lock, turn_lock
from dukani.core.queue import lock_of
from dukani.core.services import Services
from tests.wiring import (
    META_NUMBER,
    TWILIO_NUMBER,
    Caller,
    a_change,
    a_line,
    a_meta_message,
    doors_of,
    jobs,
    rows,
    with_settings,
)

BUSY = "+254712000001"
OTHER = "+254712000002"


def limited(services: Services, **limits: int) -> Services:
    return with_settings(services, limits=limits, conversation={"quiet_time_s": 0})


async def write(caller: Caller, count: int, *, sender: str = BUSY, body: str = "Habari") -> None:
    for n in range(count):
        response = await caller.twilio(
            MessageSid=f"SM{sender}{body}{n}", From=f"whatsapp:{sender}", Body=body
        )
        assert response.status_code == 200


async def held_back(services: Services) -> list[timedelta]:
    """How long the turns that are held back still wait."""
    turns = [job for job in await jobs(services, "handle_turn") if is_held_back(job)]
    return [job["scheduled_at"] - datetime.now(UTC) for job in turns]


def is_held_back(job: dict[str, Any]) -> bool:
    conversation = str(job["args"]["conversation_id"])
    return job["lock"] == lock_of(str(job["args"]["boutique_id"]), paced_lock(conversation))


async def notes(services: Services) -> list[str]:
    return [row["body"] for row in await rows(services, "messages") if row["recipient"]]


async def test_a_sender_over_her_rate_is_kept_and_answered_later(services: Services) -> None:
    shop = limited(services, sender_per_minute=10)
    await a_line(shop, "twilio", TWILIO_NUMBER)
    async with doors_of(shop) as client:
        await write(Caller(client), 20)

    kept = [row for row in await rows(shop, "messages") if row["recipient"] is None]
    assert len(kept) == 20
    assert {event["outcome"] for event in await rows(shop, "webhook_events")} == {"handled"}
    waits = await held_back(shop)
    assert len(waits) in (9, 10)  # a slow machine's clock pays for one of them
    assert waits == sorted(waits)
    assert timedelta(0) < waits[0] < timedelta(seconds=7)
    assert timedelta(seconds=50) < waits[-1] <= timedelta(minutes=1)


async def test_however_much_she_writes_she_waits_a_minute_at_most(services: Services) -> None:
    shop = limited(services, sender_per_minute=1)
    await a_line(shop, "twilio", TWILIO_NUMBER)
    async with doors_of(shop) as client:
        await write(Caller(client), 8)

    assert max(await held_back(shop)) <= timedelta(minutes=1)


async def test_a_turn_held_back_holds_back_none_of_her_other_turns(services: Services) -> None:
    shop = limited(services, sender_per_minute=1)
    await a_line(shop, "twilio", TWILIO_NUMBER)
    async with doors_of(shop) as client:
        await write(Caller(client), 3)

    message = (await rows(shop, "messages"))[0]
    first, *others = await jobs(shop, "handle_turn")
    partition = lock_of(str(message["boutique_id"]), turn_lock(str(message["conversation_id"])))
    assert first["lock"] == partition
    assert [is_held_back(job) for job in others] == [True] * 2


async def test_four_phones_cannot_silence_a_shop(services: Services) -> None:
    # given four phones that write as much as each of them may, and more than the shop may get
    shop = limited(services, sender_per_minute=30, boutique_per_minute=40)
    await a_line(shop, "twilio", TWILIO_NUMBER)
    async with doors_of(shop) as client:
        caller = Caller(client)
        for phone in range(4):
            await write(caller, 14, sender=f"+25471300000{phone}")
        loud = await held_back(shop)

        # when somebody else writes a few lines
        before = len(await jobs(shop, "handle_turn"))
        await write(caller, 6, sender=OTHER)

    # then the four wait and she does not
    assert loud
    new = (await jobs(shop, "handle_turn"))[before:]
    assert [job["scheduled_at"] for job in new] == [None] * 6


async def test_many_people_who_write_a_little_wait_for_nobody(services: Services) -> None:
    """As when Meta delivers everything of an outage at once."""
    shop = limited(services, boutique_per_minute=10)
    await a_line(shop, "meta", META_NUMBER)
    async with doors_of(shop) as client:
        batch = [
            a_meta_message(f"wamid.{n}", **{"from": f"2547140{n % 25:05d}"}) for n in range(50)
        ]
        response = await Caller(client).meta(a_change(messages=batch))

    assert response.status_code == 200
    assert len(await rows(shop, "messages")) == 50
    assert await held_back(shop) == []


async def test_what_is_told_again_counts_once(services: Services) -> None:
    shop = limited(services, sender_per_minute=3)
    await a_line(shop, "twilio", TWILIO_NUMBER)
    async with doors_of(shop) as client:
        caller = Caller(client)
        for _ in range(10):
            await caller.twilio(MessageSid="SM1")
        await write(caller, 2)

    assert len(await rows(shop, "messages")) == 3
    assert await held_back(shop) == []


@pytest.mark.parametrize("words", ["STOP", "Acha kunitumia meseji"])
async def test_a_stop_waits_for_nothing(services: Services, words: str) -> None:
    shop = limited(services, sender_per_minute=1)
    await a_line(shop, "twilio", TWILIO_NUMBER)
    async with doors_of(shop) as client:
        caller = Caller(client)
        await write(caller, 3)
        await write(caller, 1, body=words)

    last = (await jobs(shop, "handle_turn"))[-1]
    assert last["scheduled_at"] is None
    assert not is_held_back(last)


async def test_the_owner_is_told_of_a_flood_once(services: Services) -> None:
    shop = limited(services, sender_per_minute=1)
    await a_line(shop, "twilio", TWILIO_NUMBER)
    for _ in range(2):  # another process knows nothing of what the first told
        async with doors_of(shop) as client:
            await write(Caller(client), 3)
            await write(Caller(client), 3, sender=OTHER)

    (note,) = await notes(shop)
    assert "001" in note
    assert BUSY not in note


async def test_a_flood_at_one_boutique_leaves_the_others_alone(services: Services) -> None:
    shop = limited(services, sender_per_minute=30, boutique_per_minute=3)
    await a_line(shop, "twilio", TWILIO_NUMBER)
    quiet = await a_line(shop, "twilio", "+254700000902")
    async with doors_of(shop) as client:
        caller = Caller(client)
        await write(caller, 10)
        for n in range(5):
            await caller.twilio(MessageSid=f"SMq{n}", To="whatsapp:+254700000902")

    held = [job for job in await jobs(shop, "handle_turn") if is_held_back(job)]
    assert held
    assert all(job["args"]["boutique_id"] != quiet for job in held)
