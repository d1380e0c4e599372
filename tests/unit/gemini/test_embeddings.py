"""The sandbox's Gemini makes vectors for Google's own client, as the real one does."""

from __future__ import annotations

import asyncio
from math import isclose, sqrt

import httpx
import pytest
from fastapi import FastAPI
from langchain_google_genai import GoogleGenerativeAIEmbeddings
from langchain_google_genai.chat_models import GoogleGenerativeAIError
from pydantic import SecretStr

from dukani.sandbox.app import create_sandbox

BASE = "http://sandbox.test"
MODEL = "gemini-embedding-001"
URL = f"{BASE}/v1beta/models/{MODEL}:batchEmbedContents"


@pytest.fixture
def sandbox() -> FastAPI:
    return create_sandbox(base_url=BASE, target_url="http://dukani.test")


def client(sandbox: FastAPI, *, dimensions: int | None = 768) -> GoogleGenerativeAIEmbeddings:
    return GoogleGenerativeAIEmbeddings(
        model=MODEL,
        api_key=SecretStr("key"),
        base_url=BASE,
        output_dimensionality=dimensions,
        client_args={"transport": httpx.ASGITransport(app=sandbox)},
    )


def nearness(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


async def test_texts_that_share_words_are_near(sandbox: FastAPI) -> None:
    texts = ["A red lace dress", "Red dresses of lace", "Brown leather shoes", "A red lace dress"]

    dress, dresses, shoes, again = await client(sandbox).aembed_documents(texts)

    assert nearness(dress, dresses) > 0.5 > 0.2 > abs(nearness(dress, shoes))
    assert dress == again


async def test_a_query_is_as_near_as_a_document_of_its_words(sandbox: FastAPI) -> None:
    embeddings = client(sandbox)

    query = await embeddings.aembed_query("gauni la harusi")
    [same] = await embeddings.aembed_documents(["gauni la harusi"])

    assert query == same


@pytest.mark.parametrize(("wished", "given"), [(768, 768), (128, 128), (None, 3072)])
async def test_a_vector_has_the_length_one_and_the_dimensions_wished(
    sandbox: FastAPI, wished: int | None, given: int
) -> None:
    for text in ("a dress", "👗", "dress " * 2000):
        vector = await client(sandbox, dimensions=wished).aembed_query(text)
        assert len(vector) == given
        assert isclose(sqrt(nearness(vector, vector)), 1.0)


@pytest.mark.parametrize("code", ["429", "500", "503"])
async def test_an_error_hits_once_and_is_told_as_google_does(sandbox: FastAPI, code: str) -> None:
    sandbox.state.world.faults.change({"gemini": {"error_next": 1, "error_code": code}})
    embeddings = client(sandbox)

    with pytest.raises(GoogleGenerativeAIError, match=code):
        await embeddings.aembed_query("a dress")

    assert await embeddings.aembed_query("a dress")


async def test_an_answer_is_late_on_demand(sandbox: FastAPI) -> None:
    sandbox.state.world.faults.change({"gemini": {"answer_delay_s": 30}})

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client(sandbox).aembed_query("a dress"), 0.1)


async def test_without_a_key_nothing_is_made(sandbox: FastAPI) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=sandbox)) as http:
        answer = await http.post(URL, json={"requests": []})

    assert (answer.status_code, answer.json()["error"]["status"]) == (403, "PERMISSION_DENIED")


@pytest.mark.parametrize(
    ("requests", "about"),
    [
        ([], "requests is not specified"),
        ([{"model": f"models/{MODEL}", "content": {"parts": [{"text": "a"}]}}] * 101, "at most"),
        ([{"model": "models/other", "content": {"parts": [{"text": "a"}]}}], "requests[0].model"),
        ([{"model": f"models/{MODEL}", "content": {"parts": [{"text": ""}]}}], "content"),
        (
            [
                {
                    "model": f"models/{MODEL}",
                    "content": {"parts": [{"text": "a"}]},
                    "outputDimensionality": 4096,
                }
            ],
            "output_dimensionality",
        ),
    ],
)
async def test_what_google_refuses_is_refused(
    sandbox: FastAPI, requests: list[object], about: str
) -> None:
    headers = {"x-goog-api-key": "key"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=sandbox)) as http:
        answer = await http.post(URL, json={"requests": requests}, headers=headers)

    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert about in answer.json()["error"]["message"]
