"""What a block of work leaves in the metrics."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from dukani.core.clients.transport import get_json, post_once
from dukani.core.errors import ProviderError
from dukani.core.observability import metrics
from dukani.core.observability.measuring import measure_loop


def calls(provider: str, answer: str) -> float:
    labels = {"provider": provider, "answer": answer}
    name = "dukani_provider_call_seconds_count"
    return metrics.REGISTRY.get_sample_value(name, labels) or 0


def answering(status: int) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(status)))


@pytest.mark.parametrize(
    ("status", "told"), [(200, "2xx"), (404, "4xx"), (429, "429"), (503, "5xx")]
)
async def test_a_call_is_counted_by_the_class_of_its_answer(status: int, told: str) -> None:
    before = calls("meta", told)
    async with answering(status) as http:
        await post_once(http, "https://graph.facebook.com/x", provider="meta")
        await get_json(http, "https://graph.facebook.com/x", provider="meta")
    assert calls("meta", told) == before + 2


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (httpx.ConnectError("no route"), "unavailable"),  # it never left
        (httpx.ReadTimeout("late"), "unclear"),  # it left, and nobody answered
    ],
)
async def test_a_call_without_an_answer_is_counted_by_what_that_means(
    fault: Exception, told: str
) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise fault

    before = calls("twilio", told)
    async with httpx.AsyncClient(transport=httpx.MockTransport(fail)) as http:
        with pytest.raises(ProviderError):
            await post_once(http, "https://api.twilio.com/x", provider="twilio")
    assert calls("twilio", told) == before + 1


async def test_a_blocked_loop_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    # given a loop that is looked at every moment
    monkeypatch.setattr("dukani.core.observability.measuring.LOOK_AT_LOOP_S", 0.0)
    looking = asyncio.create_task(measure_loop())
    count = "dukani_event_loop_lag_seconds_count"
    before = metrics.REGISTRY.get_sample_value(count) or 0

    # when it turns
    for _ in range(5):
        await asyncio.sleep(0)
    looking.cancel()

    # then each look is one observation
    assert (metrics.REGISTRY.get_sample_value(count) or 0) > before
