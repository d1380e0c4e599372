"""The dashboard answers where no other route does, and never instead of one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from dukani.web_app.serving import ServedConfig, serve_web_app
from tests.wiring import some_settings

HTML = {"accept": "text/html,*/*"}


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()

    @app.post("/webhooks/meta")
    async def meta() -> str:
        return "ok"

    serve_web_app(app, some_settings(tmp_path), ServedConfig(phone_url="/phone"))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://dukani.test") as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/sign-in"])
async def test_a_page_is_served_with_its_policy(browser: httpx.AsyncClient, path: str):
    page = await browser.get(path, headers=HTML)

    assert page.status_code == 200
    assert page.headers["content-encoding"] == "gzip"
    assert "<html" in page.text
    assert "'unsafe-inline'" not in page.headers["content-security-policy"].split("style-src")[0]


async def test_a_page_known_already_is_not_sent_again(browser: httpx.AsyncClient):
    first = await browser.get("/")

    again = await browser.get("/", headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


async def test_a_head_tells_the_length_only(browser: httpx.AsyncClient):
    whole = await browser.get("/sign-in", headers={"accept-encoding": "identity"})

    head = await browser.head("/sign-in", headers={"accept-encoding": "identity"})

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))


async def test_a_page_that_is_none_is_told_to_a_browser_and_an_api_gets_plain_words(
    browser: httpx.AsyncClient,
):
    page = await browser.get("/nothing", headers=HTML)
    call = await browser.get("/api/v1/nothing", headers={"accept": "application/json"})

    assert (page.status_code, call.status_code) == (404, 404)
    assert "<html" in page.text
    assert call.json() == {"detail": "Not Found"}


async def test_other_routes_keep_their_methods(browser: httpx.AsyncClient):
    right = await browser.post("/webhooks/meta")
    wrong = await browser.get("/webhooks/meta", headers=HTML)
    unknown = await browser.post("/nothing")

    assert (right.status_code, wrong.status_code, unknown.status_code) == (200, 405, 404)


async def test_the_page_is_told_where_everything_is(browser: httpx.AsyncClient):
    config = await browser.get("/config.json")

    assert config.json() == {"phone_url": "/phone", "demo_logins": []}
    assert config.headers["cache-control"] == "no-store"
