"""Stand-in for Safaricom's Daraja API: tokens, prompts (STK push) and queries."""

from __future__ import annotations

import base64
import binascii
import re
import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBasic, HTTPBasicCredentials

from dukani.core.clients.stk import DARAJA_MSISDN, MAX_DESCRIPTION, MAX_REFERENCE, most_units
from dukani.sandbox.accounts import MpesaBusiness, SandboxAccount
from dukani.sandbox.ledger import Ledger
from dukani.sandbox.models import Push
from dukani.sandbox.outside import Outside, TheOutside
from dukani.sandbox.tokens import TOKEN_LIFETIME_S

STILL_PROCESSING = "4999"
FIREWALL = "<html><body>Request unsuccessful. Incapsula incident ID: 0-0</body></html>"
TIMESTAMP = re.compile(r"20\d{12}")
basic = HTTPBasic(auto_error=False)
HTTP_STATUS = {"404.001.03": 404, "400.008.01": 401, "429": 429, "500.001.1001": 500}


router = APIRouter(tags=["daraja"])


@router.get("/oauth/v1/generate")
async def generate(
    outside: TheOutside,
    credentials: Annotated[HTTPBasicCredentials | None, Depends(basic)],
    grant_type: str = "",
) -> Response:
    account = credentials and outside.world.accounts.by_consumer_key(credentials.username)
    secret = account.mpesa.consumer_secret if account and account.mpesa else None
    if not account or not credentials or credentials.password != secret:
        return daraja_error("400.008.01", "Invalid Authentication passed")
    if grant_type != "client_credentials":
        return daraja_error("400.008.02", "Invalid grant type passed")
    token = outside.tokens.grant(account)
    return JSONResponse({"access_token": token, "expires_in": str(TOKEN_LIFETIME_S)})


@router.post("/mpesa/stkpush/v1/processrequest")
async def process_request(
    outside: TheOutside,
    body: Annotated[dict[str, Any], Body()],
    authorization: Annotated[str, Header()] = "",
) -> Response:
    faults = outside.world.faults.daraja
    await outside.world.wait_to_answer("daraja")
    if faults.take("firewall_next"):
        return _firewall()
    account = _account(outside, authorization)
    if account is None or account.mpesa is None:
        return daraja_error("404.001.03", "Invalid Access Token")
    if faults.take("token_dies_next"):
        outside.tokens.end(authorization)
        return daraja_error(faults.token_code, "Error Occurred - Invalid Access Token")
    if faults.take("error_next"):
        return _error_on_demand(faults.error_code, faults.error_text)
    wrong = _wrong_signature(account.mpesa, body) or wrong_push(account.mpesa, body)
    if wrong:
        return daraja_error(*wrong)
    push = put_on_phone(outside.ledger, account, body)
    return Response(status_code=500) if faults.take("break_next") else _taken(push)


@router.post("/mpesa/stkpushquery/v1/query")
async def query(
    outside: TheOutside,
    body: Annotated[dict[str, Any], Body()],
    authorization: Annotated[str, Header()] = "",
) -> Response:
    faults = outside.world.faults.daraja
    await outside.world.wait_to_answer("daraja")
    account = _account(outside, authorization)
    if account is None or account.mpesa is None:
        return daraja_error("404.001.03", "Invalid Access Token")
    if faults.take("query_error_next"):
        return _error_on_demand(faults.query_error_code, faults.query_error_text)
    wrong = _wrong_signature(account.mpesa, body)
    if wrong:
        return daraja_error(*wrong)
    push = outside.world.pushes.get(str(body.get("CheckoutRequestID")))
    if push is None or push.account != account.key:
        return daraja_error("400.002.02", "Bad Request - Invalid CheckoutRequestID")
    if push.waiting:
        return _result(push, STILL_PROCESSING, "The transaction is still under processing")
    return _result(push, push.result_code, push.result_desc)


def put_on_phone(ledger: Ledger, account: SandboxAccount, body: dict[str, Any]) -> Push:
    """The prompt of a valid request, now shown on the phone."""
    return ledger.push(
        account,
        shortcode=str(body["PartyB"]),
        phone=str(body["PhoneNumber"]),
        amount_units=int(body["Amount"]),
        reference=str(body["AccountReference"]),
        description=str(body["TransactionDesc"]),
        callback_url=str(body["CallBackURL"]),
    )


def wrong_push(mpesa: MpesaBusiness, body: dict[str, Any]) -> tuple[str, str] | None:
    """The first error Daraja would find in a request, as code and text; none if it is valid."""
    amount, party = str(body.get("Amount", "")), str(body.get("PartyB", ""))
    kind = body.get("TransactionType")
    if not (amount.isdigit() and 1 <= int(amount) <= most_units(mpesa.currency)):
        return "400.002.02", "Bad Request - Invalid Amount"
    if not DARAJA_MSISDN.fullmatch(str(body.get("PhoneNumber", ""))):
        return "400.002.02", "Bad Request - Invalid PhoneNumber"
    if not str(body.get("CallBackURL", "")).startswith(("http://", "https://")):
        return "400.002.02", "Bad Request - Invalid CallBackURL"
    if not 1 <= len(str(body.get("AccountReference", ""))) <= MAX_REFERENCE:
        return "400.002.02", "Bad Request - Invalid AccountReference"
    if not 1 <= len(str(body.get("TransactionDesc", ""))) <= MAX_DESCRIPTION:
        return "400.002.02", "Bad Request - Invalid TransactionDesc"
    expected = {"CustomerPayBillOnline": mpesa.shortcode, "CustomerBuyGoodsOnline": mpesa.till}
    if kind not in expected:
        return "400.002.02", "Bad Request - Invalid TransactionType"
    if party != expected[kind]:
        return "400.002.02", "Bad Request - Invalid PartyB"
    return None


def _wrong_signature(mpesa: MpesaBusiness, body: dict[str, Any]) -> tuple[str, str] | None:
    timestamp = str(body.get("Timestamp", ""))
    if not TIMESTAMP.fullmatch(timestamp):
        return "400.002.02", "Bad Request - Invalid Timestamp"
    if str(body.get("BusinessShortCode", "")) != mpesa.shortcode:
        return "400.002.02", "Bad Request - Invalid BusinessShortCode"
    try:
        password = base64.b64decode(str(body.get("Password", "")), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        password = ""
    if password != f"{mpesa.shortcode}{mpesa.passkey}{timestamp}":
        return "500.001.1001", "[MerchantValidate] - Wrong credentials"
    return None


def _account(outside: Outside, authorization: str) -> SandboxAccount | None:
    key = outside.tokens.holder(authorization)
    return outside.world.accounts.get(key) if key else None


def _taken(push: Push) -> JSONResponse:
    return JSONResponse(
        {
            "MerchantRequestID": push.merchant_request_id,
            "CheckoutRequestID": push.checkout_request_id,
            "ResponseCode": "0",
            "ResponseDescription": "Success. Request accepted for processing",
            "CustomerMessage": "Success. Request accepted for processing",
        }
    )


def _result(push: Push, code: str | None, words: str) -> JSONResponse:
    return JSONResponse(
        {
            "ResponseCode": "0",
            "ResponseDescription": "The service request has been accepted successsfully",
            "MerchantRequestID": push.merchant_request_id,
            "CheckoutRequestID": push.checkout_request_id,
            "ResultCode": code,
            "ResultDesc": words,
        }
    )


def _firewall() -> Response:
    """A firewall's refusal, before the request reaches Daraja."""
    return Response(FIREWALL, status_code=403, media_type="text/html")


def _error_on_demand(code: str, words: str) -> Response:
    """An injected error; for a code of one or two digits HTTP 200 with that ResponseCode."""
    if len(code) > 2 or not code.isdigit():
        return daraja_error(code, words or "on demand")
    return JSONResponse({"ResponseCode": code, "ResponseDescription": words or "on demand"})


def daraja_error(code: str, message: str) -> JSONResponse:
    """An error in Daraja's format; the HTTP status is the code's beginning."""
    beginning = code.partition(".")[0]
    status = HTTP_STATUS.get(code, int(beginning) if beginning.isdigit() else 500)
    body = {"requestId": str(uuid.uuid4()), "errorCode": code, "errorMessage": message}
    return JSONResponse(body, status_code=status if 400 <= status < 600 else 500)
