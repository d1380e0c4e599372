"""Every error of an API of ours is a problem with a stable code, and tells no secret."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any, Literal

import httpx
import psycopg
import pytest
from fastapi import Body, FastAPI, Header
from psycopg_pool import PoolTimeout
from pydantic import BaseModel, field_validator
from starlette.exceptions import HTTPException

from dukani import core, tools
from dukani.core.errors import (
    CallerError,
    ConfigurationError,
    Conflict,
    DukaniError,
    HeldEnough,
    InvalidValue,
    NotAMember,
    NotFound,
    OutOfStock,
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
    ProviderUnclear,
    TooManyRequests,
)
from dukani.tools.payments.request import PhoneHadEnough
from dukani.web.problems import answer_with_problems, code_of

# A client's code depends on these: a name may be added, none may change.
CODES = {
    "already_a_member", "bad_phone_number", "bad_signature", "catalogue_refused",
    "closed_meanwhile", "conflict",
    "currency_is_fixed", "etims_number_taken",
    "export_not_ready", "export_under_way",
    "held_by_orders", "held_enough", "import_under_way", "invalid_value", "last_of_the_piece",
    "last_owner", "looks_already", "nobody_to_look_as", "not_paused", "own_shop", "paused_already",
    "list_is_imported", "not_a_member", "not_approved", "not_checked",
    "nothing_in_cart",
    "not_fetched", "not_on_meta", "not_reminded", "not_shown", "nothing_to_take",
    "not_erasable", "not_found", "not_signed_in", "not_taken", "not_yourself",
    "number_taken",
    "opted_out", "out_of_stock", "owners_only", "phone_had_enough",
    "platform_admins_only", "provider_refused",
    "provider_unavailable", "provider_unclear", "reference_taken", "refund_reference_taken",
    "shop_stopped", "sku_taken", "slug_taken", "still_there", "takings_changed", "test_under_way",
    "theirs_changed",
    "tokens_not_sold",
    "too_many_requests", "top_up_under_way",
    "password_needed", "unreadable_image", "unreadable_picture", "unreadable_statement",
    "unreadable_table", "wrong_password", "unreadable_webhook",
    "variant_there",
    "window_closed",
}  # fmt: skip


class Line(BaseModel):
    sku: str
    quantity: int


class Account(BaseModel):
    provider: Literal["daraja", "paylink"]
    passkey: int
    consumer_key: str = ""

    @field_validator("consumer_key")
    @classmethod
    def _plain(cls, value: str) -> str:
        if value.startswith("bad"):
            raise ValueError(f"{value} is no key")
        return value


class Order(BaseModel):
    lines: list[Line] = []
    account: Account | None = None
    model_config = {"extra": "forbid"}


@pytest.fixture
def app() -> FastAPI:
    made = FastAPI()
    answer_with_problems(made)

    @made.post("/orders")
    async def take(order: Order, limit: int = 10) -> str:
        return "taken"

    @made.get("/mine")
    async def mine(x_session: Annotated[int, Header()]) -> str:
        return "yours"

    @made.post("/count")
    async def count(body: Annotated[int, Body()]) -> str:
        return "counted"

    @made.get("/raises")
    async def raises() -> str:
        raise made.state.error

    return made


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://api") as client:
        yield client


def leaves(kind: type[DukaniError]) -> Iterator[type[DukaniError]]:
    for one in kind.__subclasses__():
        if one.__subclasses__():
            yield from leaves(one)
        yield one


def test_no_code_changes_unnoticed() -> None:
    for room in (core, tools):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            importlib.import_module(module.name)
    kinds = {*leaves(CallerError), *leaves(ProviderError)}
    ours = {k for k in kinds if k.__module__.startswith(("dukani.core", "dukani.tools"))}

    assert {code_of(kind) for kind in ours} == CODES


@pytest.mark.parametrize(
    ("error", "status", "code", "detail"),
    [
        (NotFound("there is no order DK-1"), 404, "not_found", "there is no order DK-1"),
        (NotAMember(), 403, "not_a_member", "ask its owner"),
        (OutOfStock(variant_id="v", wanted=2, available=1), 409, "out_of_stock", "Only 1 left"),
        (HeldEnough(most=30), 409, "held_enough", "30"),
        (Conflict(), 409, "conflict", "look at it again"),
        (PhoneHadEnough(), 429, "phone_had_enough", "daily number"),
        (TooManyRequests(retry_after_s=2.1), 429, "too_many_requests", "wait"),
        (psycopg.errors.InsufficientPrivilege("table x"), 403, "not_allowed", "ask an owner"),
        (psycopg.errors.DeadlockDetected("x"), 503, "unavailable", "try again"),
        (PoolTimeout("x"), 503, "unavailable", "try again"),
        (HTTPException(401, "sign in"), 401, "not_signed_in", "sign in"),
        (HTTPException(413), 413, "too_large", ""),
        (HTTPException(418, "gone"), 418, "http_418", "gone"),
    ],
)
async def test_an_error_becomes_a_problem(
    app: FastAPI,
    client: httpx.AsyncClient,
    error: Exception,
    status: int,
    code: str,
    detail: str,
) -> None:
    app.state.error = error

    answer = await client.get("/raises")

    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert detail in problem["detail"]
    assert problem["type"] == f"urn:dukani:problem:{problem['code']}"
    assert problem["code"] == code


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ProviderUnavailable("SECRET", provider="daraja", retry_after_s=7), 503),
        (ProviderRefused("SECRET", provider="daraja", code="500.003"), 502),
        (ProviderUnclear("SECRET", provider="daraja"), 502),
        (ConfigurationError("SECRET is not set"), 503),
        (psycopg.OperationalError("connection to SECRET refused"), 503),
        (psycopg.errors.InsufficientPrivilege("SECRET"), 403),
        (ZeroDivisionError("SECRET"), 500),
        (psycopg.errors.UndefinedColumn("SECRET"), 500),
    ],
)
async def test_what_is_ours_alone_to_know_is_not_told(
    app: FastAPI, client: httpx.AsyncClient, error: Exception, status: int
) -> None:
    app.state.error = error
    answer = await client.get("/raises")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert "SECRET" not in answer.text


@pytest.mark.parametrize(
    ("error", "wait"),
    [
        (TooManyRequests(retry_after_s=2.1), "3"),
        (TooManyRequests(retry_after_s=0), "1"),
        (ProviderUnavailable(provider="meta", retry_after_s=7), "7"),
        (ProviderUnavailable(provider="meta"), None),
        (PoolTimeout(), "1"),
        (HTTPException(429, headers={"Retry-After": "9"}), "9"),
        (NotFound(), None),
    ],
)
async def test_it_says_when_to_try_again(
    app: FastAPI, client: httpx.AsyncClient, error: Exception, wait: str | None
) -> None:
    app.state.error = error
    assert (await client.get("/raises")).headers.get("retry-after") == wait


async def test_an_unknown_path_and_method_are_problems(client: httpx.AsyncClient) -> None:
    assert (await client.get("/nowhere")).json()["code"] == "not_found"
    wrong = await client.delete("/orders")
    assert wrong.json()["code"] == "method_not_allowed"
    assert wrong.headers["allow"] == "POST"


async def test_a_wrong_value_is_named_with_its_remedy(client: httpx.AsyncClient) -> None:
    answer = await client.post(
        "/orders?limit=many", json={"lines": [{"sku": "A", "quantity": "two"}, {"quantity": 1}]}
    )

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "invalid_value")
    told = {e["field"]: (e["code"], e.get("value")) for e in problem["errors"]}
    assert told == {
        "limit": ("int_parsing", "many"),
        "lines.0.quantity": ("int_parsing", "two"),
        "lines.1.sku": ("missing", None),
    }
    assert all(e["remedy"] for e in problem["errors"])
    assert "lines.0.quantity: Input should be a valid integer" in problem["detail"]


async def test_of_many_wrong_values_a_few_are_told(client: httpx.AsyncClient) -> None:
    answer = await client.post("/orders", json={"lines": [{"quantity": "x"}] * 5_000})

    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 20
    assert len(answer.content) < 16 * 1024


async def test_a_body_nested_without_end_is_the_callers_error(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    app.state.error = RecursionError("maximum recursion depth exceeded")
    answer = await client.get("/raises")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


async def test_a_tool_names_a_wrong_value_in_the_same_way(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    app.state.error = InvalidValue(field="fee", value="-1", remedy="Send 0 or more.")
    answer = await client.get("/raises")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"field": "fee", "code": "invalid_value", "value": "-1", "remedy": "Send 0 or more."}
    ]


SECRET = "s3cr3t-value"


@pytest.mark.parametrize(
    "request_",
    [
        {"json": {"account": {"provider": "daraja", "passkey": SECRET}}},  # by its name
        {"json": {"account": {"passkey": 1, "consumer_key": f"bad {SECRET}"}}},  # in our words
        {"json": {"account": {"passkey_": SECRET}}},  # the object that lacks something
        {"json": {"account": f'{{"passkey": "{SECRET}"}}'}},  # a text in an object's place
        {"json": {"pasword": SECRET}},  # a name we do not know
        {"content": f'{{"passkey": "{SECRET}"}}'},  # a body that is not said to be JSON
        {"content": f'{{"passkey": "{SECRET}"', "headers": {"content-type": "application/json"}},
        {"json": {"lines": [{"sku": "A", "quantity": SECRET * 20}]}},  # long
    ],
)  # fmt: skip
async def test_no_secret_comes_back(client: httpx.AsyncClient, request_: dict[str, Any]) -> None:
    answer = await client.post("/orders", **request_)
    assert answer.status_code == 422
    assert SECRET not in answer.text
    assert answer.json()["errors"]


async def test_a_header_never_comes_back(client: httpx.AsyncClient) -> None:
    answer = await client.get("/mine", headers={"x-session": SECRET})
    assert answer.status_code == 422
    assert SECRET not in answer.text


async def test_a_whole_body_never_comes_back(client: httpx.AsyncClient) -> None:
    answer = await client.post("/count", json=SECRET)
    assert answer.json()["errors"][0]["field"] == "body"
    assert SECRET not in answer.text


async def test_a_tools_secret_does_not_come_back(app: FastAPI, client: httpx.AsyncClient) -> None:
    app.state.error = InvalidValue(field="consumerSecret", value=SECRET, remedy="Send it whole.")
    answer = await client.get("/raises")
    assert SECRET not in answer.text


def test_every_error_of_ours_says_something() -> None:
    for kind in leaves(CallerError):
        assert (kind.__doc__ or "").strip(), kind
