"""A page of an allowed origin reads every answer of the API; one of another origin reads none."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI, Response

from dukani.dashboard_api.app import for_other_origins
from dukani.web.problems import answer_with_problems

PAGES = "https://shop.example"


def _calling() -> httpx.AsyncClient:
    api = FastAPI()
    answer_with_problems(api)

    @api.get("/piece")
    async def piece(response: Response) -> str:
        response.headers["etag"] = '"7"'
        return "a dress"

    @api.get("/broken")
    async def broken() -> None:
        raise RuntimeError("a bug")

    app = for_other_origins(api, [PAGES])
    # What ends in a 500 is raised again by the framework, for the server's log.
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="https://api.example")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/piece", 200),
        ("/none", 404),  # a refusal
        ("/broken", 500),  # an unexpected error, answered outside of all middleware
    ],
)
async def test_an_allowed_page_reads_answers_and_refusals(path: str, status: int):
    async with _calling() as client:
        answer = await client.get(path, headers={"origin": PAGES})

    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] == PAGES
    assert "etag" in answer.headers["access-control-expose-headers"].lower()
    assert "origin" in answer.headers["vary"].lower()


@pytest.mark.parametrize("path", ["/piece", "/none", "/broken"])
@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://shop.example",  # not over TLS
        "https://shop.example.evil.example",
        "null",  # a file, or a sandboxed frame
    ],
)
async def test_a_page_of_another_origin_reads_nothing(path: str, origin: str):
    async with _calling() as client:
        answer = await client.get(path, headers={"origin": origin})

    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "PUT", "DELETE"])
async def test_an_allowed_page_may_send_what_our_calls_carry(method: str):
    asked = {
        "origin": PAGES,
        "access-control-request-method": method,
        "access-control-request-headers": "authorization,content-type,idempotency-key,if-match,"
        "last-event-id,x-boutique-id",
    }
    async with _calling() as client:
        answer = await client.options("/piece", headers=asked)

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == PAGES
    assert "access-control-allow-credentials" not in answer.headers  # no cookies
