"""What Meta's catalogue API answers, and what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from dukani.core.clients.meta import MetaAccount
from dukani.core.clients.meta_catalogue import MetaCatalogue
from dukani.core.clients.meta_prices import ReadPrice
from dukani.core.errors import (
    ConfigurationError,
    ProviderRefused,
    ProviderUnavailable,
    ProviderUnclear,
)

Answer = Callable[[httpx.Request], httpx.Response]


def a_desk(answer: Answer, *, waba_id: str | None = "20") -> MetaCatalogue:
    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    account = MetaAccount("10", "token", waba_id)
    return MetaCatalogue(http, "https://graph.test", account, version="v23.0", timeout_s=5)


def saying(body: Any, status: int = 200) -> Answer:
    return lambda request: httpx.Response(status, json=body)


async def test_a_batch_is_sent_as_meta_takes_it_and_refusals_are_told_by_item() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        status = [{"retailer_id": "v2", "errors": [{"message": "no price"}], "warnings": []}]
        return httpx.Response(200, json={"handles": ["Acz1"], "validation_status": status})

    batch = await a_desk(answer).push("30", [{"method": "DELETE", "data": {"id": "v1"}}])

    assert (batch.handles, batch.errors) == (["Acz1"], {"v2": ["no price"]})
    assert seen[0].url.path == "/v23.0/30/items_batch"
    assert seen[0].headers["authorization"] == "Bearer token"
    assert json.loads(seen[0].content)["item_type"] == "PRODUCT_ITEM"


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("scheduled", "started"),
        ("dispatched", "started"),
        ("in_progress", "started"),
        (None, "started"),  # nothing is said: not over
        ("finished", "finished"),
        ("error", "failed"),
        ("canceled", "failed"),
    ],
)
async def test_a_batch_is_over_only_when_meta_says_so(said: str | None, state: str) -> None:
    errors = [{"line": 0, "id": "v1", "message": "bad"}, {"line": 1, "message": "of nobody"}]
    row = {"status": said, "errors_total_count": 2, "errors": errors}

    status = await a_desk(saying({"data": [row]})).status("30", "Acz1")

    assert (status.state, status.errors_total, status.errors) == (state, 2, {"v1": ["bad"]})


@pytest.mark.parametrize(
    ("row", "review"),
    [
        ({"capability_to_review_status": [{"key": "WHATSAPP", "value": "APPROVED"}]}, "approved"),
        ({"capability_to_review_status": [{"key": "WHATSAPP", "value": "OUTDATED"}]}, "outdated"),
        # WhatsApp's own comes before the catalogue's
        (
            {
                "review_status": "approved",
                "capability_to_review_status": [{"key": "WHATSAPP", "value": "REJECTED"}],
            },
            "rejected",
        ),
        ({"review_status": "approved"}, "approved"),
        ({}, "pending"),
        ({"review_status": "unheard_of"}, "none"),
    ],
)
async def test_what_whatsapp_may_show_is_read(row: dict[str, Any], review: str) -> None:
    item = {"retailer_id": "v1", "name": "Amani", "price": "KES4,500.00", "currency": "KES"}

    [found] = await a_desk(saying({"data": [item | row]})).every("30")

    assert (found.review, found.price) == (review, ReadPrice(450000, "KES"))


async def test_reasons_come_with_their_kind() -> None:
    error = {"error_type": "IMAGE_MISSING", "title": "Missing image.", "description": "None."}
    row = {"retailer_id": "v1", "errors": [error], "review_rejection_reasons": ["IMAGE"]}

    [found] = await a_desk(saying({"data": [row]})).every("30")

    assert found.errors == ["IMAGE", "[IMAGE_MISSING] Missing image: None"]


async def test_a_list_goes_on_at_meta_only() -> None:
    first = {"data": [{"retailer_id": "v1"}], "paging": {"next": "https://evil.test/more"}}

    with pytest.raises(ProviderRefused, match="not an address of Meta"):
        await a_desk(saying(first)).every("30")


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, 80014, ProviderUnavailable),  # too many calls
        (400, 1, ProviderUnavailable),  # too much at once
        (503, 2, ProviderUnavailable),
        (401, 190, ProviderRefused),
        (403, 200, ProviderRefused),
        (400, 100, ProviderRefused),
    ],
)
async def test_an_error_says_who_must_act(status: int, code: int, kind: type[Exception]) -> None:
    desk = a_desk(saying({"error": {"code": code, "message": "no"}}, status))

    with pytest.raises(kind):
        await desk.push("30", [])


async def test_no_answer_to_a_batch_is_unclear() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow")

    with pytest.raises(ProviderUnclear):
        await a_desk(answer).push("30", [])


def test_without_the_accounts_number_there_is_no_desk() -> None:
    with pytest.raises(ConfigurationError):
        a_desk(saying({}), waba_id=None)
