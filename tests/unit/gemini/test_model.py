"""One call to Gemini: every way it can fail has a reason, and a sick Gemini is left to rest."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
import respx
from pydantic import BaseModel, SecretStr

from dukani.agent.gemini import model as gemini_model
from dukani.agent.gemini.model import FAULTS_BEFORE_A_REST, GeminiModel, Media, MindFailed
from dukani.core.settings import Gemini

BASE = "https://gemini.test"
URL = f"{BASE}/v1beta/models/gemini-2.5-flash:generateContent"


class Written(BaseModel):
    n: int


@pytest.fixture
def gemini() -> GeminiModel:
    return GeminiModel(Gemini(api_key=SecretStr("key"), base_url=BASE))


async def ask(gemini: GeminiModel, *media: Media) -> gemini_model.Answer[Written]:
    return await gemini.answer(Written, system="count", words="two", media=media, timeout_s=10)


def candidate(text: str, finish: str = "STOP") -> dict[str, Any]:
    return {"candidates": [{"content": {"parts": [{"text": text}]}, "finishReason": finish}]}


def error(status: int, name: str) -> httpx.Response:
    told = {"code": status, "message": "no", "status": name}
    return httpx.Response(status, json={"error": told})


@respx.mock
async def test_an_answer_comes_with_its_tokens_and_the_media_leave_as_they_are(
    gemini: GeminiModel,
) -> None:
    used = {"promptTokenCount": 12, "candidatesTokenCount": 5, "totalTokenCount": 17}
    body = candidate('{"n": 2}') | {"usageMetadata": used}
    route = respx.post(URL).mock(return_value=httpx.Response(200, json=body))

    answer = await ask(gemini, Media("image", "aGk+/w==", "image/jpeg"))

    assert (answer.written.n, answer.usage.total) == (2, 17)
    request = route.calls.last.request
    assert request.headers["x-goog-api-key"] == "key"
    assert b'"data": "aGk-_w=="' in request.content
    assert b'"title": "Written"' in request.content


@respx.mock
async def test_what_a_schema_costs_is_paid_once_and_each_schema_gets_its_own_answer(
    gemini: GeminiModel,
) -> None:
    # given two schemas, which note when they are made
    made: list[str] = []

    class Named(BaseModel):
        name: str

        @classmethod
        def model_json_schema(cls, *args: Any, **given: Any) -> dict[str, Any]:
            made.append(cls.__name__)
            return super().model_json_schema(*args, **given)

    class Counted(Named):
        name: str = ""
        n: int

    answers = ['{"n": 2}', '{"n": 3}', '{"name": "Asha"}', '{"n": 4}']
    respx.post(URL).mock(
        side_effect=[httpx.Response(200, json=candidate(text)) for text in answers]
    )

    # when it is asked by two of them in turn
    async def count() -> int:
        answer = await gemini.answer(Counted, system="count", words="how many?", timeout_s=10)
        return answer.written.n

    numbers = [await count(), await count()]
    named = await gemini.answer(Named, system="name", words="who?", timeout_s=10)
    numbers.append(await count())

    # then each was made once (the parser makes none), and each answer is of the schema asked for
    assert made == ["Counted", "Named"]
    assert (numbers, named.written.name) == ([2, 3, 4], "Asha")


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (error(429, "RESOURCE_EXHAUSTED"), "rate_limited"),
        (error(500, "INTERNAL"), "unavailable"),
        (error(403, "PERMISSION_DENIED"), "unavailable"),
        (error(400, "INVALID_ARGUMENT"), "refused"),
        (httpx.ReadTimeout("slow"), "late"),
        (httpx.ConnectError("away"), "unavailable"),
        (httpx.Response(200, json={"promptFeedback": {"blockReason": "OTHER"}}), "blocked"),
        (httpx.Response(200, json={"candidates": [{"finishReason": "SAFETY"}]}), "blocked"),
        (httpx.Response(200, json=candidate("Hello!")), "malformed"),
        (httpx.Response(200, json=candidate('{"m": 2}')), "malformed"),
        (httpx.Response(200, json=candidate('{"n": 2', "MAX_TOKENS")), "malformed"),
        (httpx.Response(200, html="<p>a proxy's page</p>"), "malformed"),
    ],
)
@respx.mock
async def test_every_fault_has_its_reason(
    gemini: GeminiModel, response: httpx.Response | Exception, reason: str
) -> None:
    faulty = {"side_effect" if isinstance(response, Exception) else "return_value": response}
    respx.post(URL).mock(**faulty)

    with pytest.raises(MindFailed) as failed:
        await ask(gemini)

    assert failed.value.reason == reason


@respx.mock
async def test_a_sick_gemini_is_left_to_rest_and_then_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gemini_model, "REST_S", 0.05)
    gemini = GeminiModel(Gemini(api_key=SecretStr("key"), base_url=BASE))
    route = respx.post(URL).mock(return_value=error(503, "UNAVAILABLE"))
    reasons = [await reason_of(gemini) for _ in range(FAULTS_BEFORE_A_REST + 2)]
    assert reasons == ["unavailable"] * FAULTS_BEFORE_A_REST + ["resting"] * 2
    assert route.call_count == FAULTS_BEFORE_A_REST

    route.mock(return_value=httpx.Response(200, json=candidate('{"n": 2}')))
    await asyncio.sleep(0.1)
    assert (await ask(gemini)).written.n == 2


@respx.mock
async def test_a_customer_whose_words_are_blocked_closes_it_to_nobody(gemini: GeminiModel) -> None:
    blocked = httpx.Response(200, json={"promptFeedback": {"blockReason": "OTHER"}})
    respx.post(URL).mock(return_value=blocked)

    reasons = {await reason_of(gemini) for _ in range(2 * FAULTS_BEFORE_A_REST)}

    assert reasons == {"blocked"}


async def reason_of(gemini: GeminiModel) -> str:
    with pytest.raises(MindFailed) as failed:
        await ask(gemini)
    return failed.value.reason


@respx.mock
async def test_a_gemini_that_is_always_late_is_left_to_rest(gemini: GeminiModel) -> None:
    async def slowly(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(5)
        return httpx.Response(200)

    respx.post(URL).mock(side_effect=slowly)

    reasons = []
    for _ in range(FAULTS_BEFORE_A_REST + 1):
        with pytest.raises(MindFailed) as failed:
            await gemini.answer(Written, system="count", words="two", timeout_s=0.02)
        reasons.append(failed.value.reason)
    assert reasons == ["late"] * FAULTS_BEFORE_A_REST + ["resting"]
