"""Every kind of answer, also a refusal, tells browsers to be careful with it."""

from __future__ import annotations

import httpx
import pytest
from fastapi.routing import APIRoute

from dukani.app import create_app
from tests.integration.security.conftest import Installation
from tests.wiring import with_settings

CODE = "Ab3dEf6hIj9k"
PAGES = ["/", "/sign-in", "/s/zuri", "/s/zuri/cart", "/s/zuri/offers", "/s/zuri/privacy"]
REFUSALS = [
    "/s/nobody", f"/o/{CODE}", f"/l/{CODE}", f"/p/{CODE}", f"/s/pay/{CODE}", "/nothing-here",
    "/media/a/b.jpg", "/exports/1/2", "/webhook/meta",
    "/api/v1/me", "/api/v1/nothing", "/auth/v1/user", "/mcp/zuri",
]  # fmt: skip
TOLD = ["/healthz", "/readyz", "/config.json", "/auth/v1/.well-known/jwks.json"]


@pytest.mark.parametrize("path", [*PAGES, *REFUSALS, *TOLD])
async def test_every_answer_says_how_a_browser_may_take_it(
    installation: Installation, path: str
) -> None:
    accept = {"accept": "text/html"} if path in PAGES else {}
    answer = await installation.client.get(path, headers=accept)

    _is_careful(answer.headers)


async def test_an_error_that_nobody_expected_says_so_too(installation: Installation) -> None:
    # given a door behind which something breaks
    async def breaks() -> None:
        raise ZeroDivisionError("the password is hunter2")

    installation.app.router.routes.insert(0, APIRoute("/breaks", breaks))

    answer = await installation.client.get("/breaks")

    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    _is_careful(answer.headers)


def _is_careful(headers: httpx.Headers) -> None:
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert headers["referrer-policy"] in ("no-referrer", "same-origin")
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    assert "'unsafe-eval'" not in policy and " * " not in policy
    assert "server" not in headers and "x-powered-by" not in headers


@pytest.mark.parametrize("path", [*PAGES[2:], *REFUSALS, "/config.json"])
async def test_what_is_a_persons_or_a_shops_is_kept_by_no_cache(
    installation: Installation, path: str
) -> None:
    answer = await installation.client.get(path)

    kept = answer.headers["cache-control"]
    assert "no-store" in kept or "private" in kept


async def test_only_over_http_is_nobody_told_to_come_by_https(installation: Installation) -> None:
    plain = with_settings(installation.services, web={"public_url": "http://127.0.0.1:8000"})
    transport = httpx.ASGITransport(app=create_app(plain))
    async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
        answer = await client.get("/healthz")

    assert "strict-transport-security" not in answer.headers
