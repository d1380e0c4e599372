"""What an address is read as, and what a redirect to one of ours says."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse

from dukani.web.own_redirects import OwnRedirects, as_path
from dukani.web.readable import Readable


def an_app() -> FastAPI:
    app = FastAPI()
    app.add_middleware(Readable)
    app.add_middleware(OwnRedirects)

    @app.get("/s/{name}")
    async def page(name: str, request: Request) -> dict[str, str]:
        return {"name": name, **request.query_params}

    @app.get("/app")
    async def to_the_app() -> RedirectResponse:
        return RedirectResponse("http://evil.example/a#token=t", status_code=303)

    return app


async def asked(path: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=an_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://evil.example") as client:
        return await client.get(path)


async def test_a_nul_is_a_character_that_nobody_knows() -> None:
    answer = await asked("/s/a%00b?q=%00&%00=1&plain=%2500")

    assert answer.json() == {"name": "a\ufffdb", "q": "\ufffd", "\ufffd": "1", "plain": "%00"}


async def test_an_address_with_a_slash_too_many_leads_to_a_path() -> None:
    assert (await asked("/s/zuri/?lang=sw")).headers["location"] == "/s/zuri?lang=sw"


async def test_a_redirect_of_a_handlers_own_stays_as_it_is() -> None:
    """That with a session behind the # leads to the app, wherever it is."""
    assert (await asked("/app")).headers["location"] == "http://evil.example/a#token=t"


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("http://shop//evil.example", "/evil.example"),
        ("http://shop/\\\\evil.example", "/evil.example"),
        ("http://shop/s/zuri?lang=sw", "/s/zuri?lang=sw"),
        ("https://wa.me/254700000901", "https://wa.me/254700000901"),
        ("/s/zuri", "/s/zuri"),
    ],
)
def test_a_redirect_is_a_path_of_ours(location: str, path: str) -> None:
    assert as_path(location, host="shop") == path
