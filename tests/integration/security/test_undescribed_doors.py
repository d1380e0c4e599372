"""Pages, forms and the sign-in have no description that is served; here they are called by one.

Whatever their parameters can be made to hold, none of it is an error of ours.
"""

from __future__ import annotations

import asyncio
import socket
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from starlette.routing import Mount

from dukani.app import create_app
from dukani.core.database import Database
from dukani.serving import served
from tests.every_table import fill_every_table
from tests.factories import a_boutique
from tests.integration.security.conftest import Installation
from tests.integration.storefront.conftest import PERSON
from tests.wiring import some_services

CALLS_EACH = 6
FORM = {"content-type": "application/x-www-form-urlencoded"}
ID = "5f0c0a52-0000-4000-8000-000000000000"
# Values that a database, a header, a path or a template might trip over.
HOSTILE = [
    "a\0b", "\r\nset-cookie: a=b", "../../../etc/passwd", "'; drop table x;--", "{{7*7}}",
    "<script>alert(1)</script>", "\u202egnp", "9" * 400, "-1", "1e309", "٣", "a" * 5000, "%",
]  # fmt: skip
ASKED = [
    "/s/{}", "/s/zuri?q={}", "/s/zuri?kind={}", "/s/zuri?colour={}", "/s/zuri?size={}",
    "/s/zuri?most={}", "/s/zuri?page={}", "/s/zuri?lang={}", "/s/zuri?{}=1", "/s/zuri/p/{}",
    "/s/zuri/ask?sku={}", "/s/zuri/cart?utm_message_id={}", "/s/zuri/offers?waits={}",
    "/s/pay/{}", "/o/{}", "/l/{}", "/p/{}", "/media/{}?sig=a", f"/media/{ID}/a.jpg?sig={{}}",
    f"/exports/{ID}/{ID}?user={ID}&until={{}}&sig={{}}", "/storefront/{}", "/{}",
]  # fmt: skip
PHONE = {"address": "Kilimani", "phone": "0722000111"}
SENT: dict[str, dict[str, str]] = {
    "/s/zuri/cart/add": {"variant": ID, "sku": "A", "quantity": "1"},
    "/s/zuri/cart/total": PHONE,
    "/s/zuri/cart/order": PHONE | {"agreed_minor": "450000"},
    "/s/zuri/offers": {"phone": "0722000111", "agreed": "yes", "waits": ID},
    "/s/zuri/offers/code": {"asked": ID, "phone": "0722000111", "code": "123456"},
    "/s/zuri/p/A/wait": {"variant": ID},
    "/s/pay/abcdefghijkl/order": PHONE | {"agreed_minor": "450000"},
}


def described(app: FastAPI) -> list[tuple[str, dict[str, Any]]]:
    """Where it is, and a description: of every route of the application, and of the sign-in."""
    plain = FastAPI()
    for found in iter_route_contexts(app.routes):
        if isinstance(found.original_route, APIRoute):
            methods = list(found.methods or ())
            plain.add_api_route(str(found.path), found.original_route.endpoint, methods=methods)
    (identity,) = (
        one.app for one in app.routes if isinstance(one, Mount) and one.path == "/auth/v1"
    )
    assert isinstance(identity, FastAPI)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a GET and a HEAD of one handler have one name
        return [("", plain.openapi()), ("/auth/v1", identity.openapi())]


def call_all(url: str, schema: dict[str, Any]) -> tuple[int, list[str]]:
    """Call each operation a few times; how many there were, and what was an error of ours."""
    loaded = schemathesis.openapi.from_dict(schema)
    loaded.config.update(base_url=url)
    wrong: list[str] = []
    operations = [found.ok() for found in loaded.get_all_operations()]
    for operation in operations:

        @settings(
            max_examples=CALLS_EACH,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def call(case: Case[Any]) -> None:
            if "slug" in (case.path_parameters or {}):
                case.path_parameters["slug"] = "zuri"
            answer = case.call()
            if answer.status_code >= 500 and answer.status_code != 503:
                wrong.append(f"{case.as_curl_command()[:300]}: {answer.status_code}")

        call()
    return len(operations), wrong


@pytest.mark.slow
async def test_no_hidden_door_makes_an_error_of_ours(
    database: Database, superuser_url: str, tmp_path: Path
) -> None:
    async with some_services(database, tmp_path) as services:
        await fill_every_table(superuser_url, await a_boutique(database, slug="zuri"))
        app = create_app(services)
        listener = socket.create_server(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with served(app, services.settings, listener=listener):
            answers = [
                await asyncio.to_thread(call_all, url + where, schema)
                for where, schema in described(app)
            ]

    assert [wrong for _, wrong in answers] == [[], []]
    assert answers[0][0] >= 35 and answers[1][0] >= 10


async def test_hostile_words_in_an_address_are_refused_or_text(installation: Installation) -> None:
    wrong = []
    for path in ASKED:
        for said in HOSTILE:
            asked = path.replace("{}", quote(said, safe=""))
            answer = await installation.client.get(asked, headers=PERSON)
            if (fault := fault_of(answer)) is not None:
                wrong.append(f"{asked[:80]}: {fault}")
    assert wrong == []


async def test_hostile_words_in_a_form_are_refused_or_text(installation: Installation) -> None:
    wrong = []
    for path, form in SENT.items():
        for field in form:
            for said in HOSTILE:
                body = urlencode(form | {field: said})
                answer = await installation.client.post(path, content=body, headers=PERSON | FORM)
                if (fault := fault_of(answer)) is not None:
                    wrong.append(f"{path} {field}={said[:20]!r}: {fault}")
    assert wrong == []


def fault_of(answer: httpx.Response) -> str | None:
    """An error of ours, markup that a browser would run, or a header that somebody else wrote."""
    if answer.status_code >= 500:
        return f"{answer.status_code} {answer.text[:80]}"
    if "html" in answer.headers.get("content-type", "") and "<script>alert" in answer.text:
        return "markup is no text"
    if any(one.startswith("a=") for one in answer.headers.get_list("set-cookie")):
        return "a header has been written"
    return None
