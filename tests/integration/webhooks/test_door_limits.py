"""A flood is kept and not answered; a stop is heard all the same."""

from __future__ import annotations

import pytest

from dukani.core.services import Services
from tests.wiring import TWILIO_NUMBER, Caller, a_line, doors_of, rows, with_settings


@pytest.mark.parametrize("words", ["STOP", "Acha kunitumia meseji"])
async def test_a_stop_is_heard_over_the_limit(services: Services, words: str) -> None:
    limited = with_settings(services, limits={"sender_per_minute": 1})
    await a_line(limited, "twilio", TWILIO_NUMBER)
    async with doors_of(limited) as client:
        caller = Caller(client)
        for n, body in enumerate(("hi", "show me hats", words)):
            await caller.twilio(MessageSid=f"SM{n}", Body=body)

    outcomes = [event["outcome"] for event in await rows(limited, "webhook_events")]
    assert outcomes == ["handled", "rate_limited", "handled"]
    assert (await rows(limited, "messages"))[-1]["body"] == words


async def test_stops_are_no_way_around_the_limit(services: Services) -> None:
    limited = with_settings(services, limits={"sender_per_minute": 1})
    await a_line(limited, "twilio", TWILIO_NUMBER)
    async with doors_of(limited) as client:
        caller = Caller(client)
        for n in range(10):
            await caller.twilio(MessageSid=f"SM{n}", Body="stop")

    assert len(await rows(limited, "messages")) == 1 + 3
