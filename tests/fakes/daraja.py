"""Daraja beyond the network: it takes pushes and answers queries as it is told."""

from __future__ import annotations

import json
from typing import Any

import httpx

Answer = httpx.Response | BaseException  # CancelledError: the process asking is stopped


class FakeDaraja:
    """One business's M-Pesa; `next_token`, `next_push`, `next_query` hold answers to come."""

    def __init__(self) -> None:
        self.pushes: list[dict[str, Any]] = []
        self.queries: list[str] = []
        self.next_token: list[Answer] = []
        self.next_push: list[Answer] = []
        self.next_query: list[Answer] = []

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(self.answer))

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.startswith("/oauth"):
            return _given(self.next_token.pop(0) if self.next_token else a_token())
        body = json.loads(request.content)
        if "stkpushquery" in request.url.path:
            self.queries.append(body["CheckoutRequestID"])
            return _given(self.next_query.pop(0) if self.next_query else still_running())
        self.pushes.append(body)
        if self.next_push:
            return _given(self.next_push.pop(0))
        return accepted(f"ws_CO_{len(self.pushes)}")


def _given(answer: Answer) -> httpx.Response:
    if isinstance(answer, BaseException):
        raise answer
    return answer


def a_token() -> httpx.Response:
    return httpx.Response(200, json={"access_token": "token", "expires_in": "3599"})


def accepted(checkout_request_id: str) -> httpx.Response:
    return httpx.Response(
        200,
        json={
            "MerchantRequestID": "m-1",
            "CheckoutRequestID": checkout_request_id,
            "ResponseCode": "0",
            "ResponseDescription": "Success. Request accepted for processing",
        },
    )


def still_running() -> httpx.Response:
    return httpx.Response(
        500,
        json={"errorCode": "500.001.1001", "errorMessage": "The transaction is being processed"},
    )


def ended(code: str) -> httpx.Response:
    return httpx.Response(
        200, json={"ResponseCode": "0", "ResultCode": code, "ResultDesc": "It ended"}
    )


def refused(code: str = "400.002.02") -> httpx.Response:
    return httpx.Response(400, json={"errorCode": code, "errorMessage": "Bad Request"})


def stk_callback(
    checkout: str, code: str = "0", *, amount: float | None = None, receipt: str | None = None
) -> dict[str, Any]:
    """What Daraja posts; metadata with success only."""
    inner: dict[str, Any] = {
        "MerchantRequestID": "m-1",
        "CheckoutRequestID": checkout,
        "ResultCode": int(code),
        "ResultDesc": "said so",
    }
    if code == "0":
        items = [
            {"Name": "Amount", "Value": amount},
            {"Name": "MpesaReceiptNumber", "Value": receipt or "QGH7X1Y2Z3"},
            {"Name": "PhoneNumber", "Value": 254712300001},
        ]
        inner["CallbackMetadata"] = {"Item": items}
    return {"Body": {"stkCallback": inner}}
