"""Safaricom's Daraja: ask a phone to pay by M-Pesa, and ask what became of it."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import httpx
import stamina

from dukani.core.clients.stk import (
    DARAJA_MSISDN,
    BeforePush,
    PushAccepted,
    check_push,
    msisdn,
    nothing_to_note,
)
from dukani.core.clients.transport import (
    get_json,
    json_object,
    post_once,
    retry_after_s,
)
from dukani.core.errors import ProviderRefused, ProviderUnavailable, ProviderUnclear

PROVIDER = "daraja"
NAIROBI = timezone(timedelta(hours=3))  # no summer time since 1960
STILL_RUNNING = "500.001.1001"
STILL_PROCESSING = "4999"  # "The transaction is still under processing": a result that is none
BAD_TOKEN = "404.001.03"
BUSY = ("500.003.02", "500.003.03")  # spike arrest and quota: refused before any prompt


@dataclass(frozen=True, slots=True)
class DarajaAccount:
    """A boutique's M-Pesa business: a paybill, or a till when `till` is set."""

    shortcode: str
    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    passkey: str = field(repr=False)
    till: str | None = None


@dataclass(frozen=True, slots=True)
class StkResult:
    """What a query knows: still running (`pending`), or ended with a result code."""

    pending: bool
    result_code: str | None = None
    result_desc: str = ""


class DarajaClient:
    """Daraja for every boutique; keeps each one's access token until a minute before it ends."""

    def __init__(self, http: httpx.AsyncClient, base_url: str, *, timeout_s: float = 30.0) -> None:
        self._http = http
        self._base_url = base_url.rstrip("/")
        self._timeout_s = timeout_s
        self._tokens: dict[str, tuple[str, float]] = {}

    async def stk_push(
        self,
        account: DarajaAccount,
        *,
        amount_units: int,
        phone: str,
        reference: str,
        description: str,
        callback_url: str,
        before_push: BeforePush = nothing_to_note,
    ) -> PushAccepted:
        """Put a prompt for `amount_units` whole shillings on a phone, once.

        Accepted is not paid. Raises ProviderRefused, ProviderUnavailable (no prompt was made)
        or ProviderUnclear (there may be one: never push again before its time is over).
        """
        check_push(
            provider=PROVIDER,
            pattern=DARAJA_MSISDN,
            amount_units=amount_units,
            phone=phone,
            reference=reference,
            description=description,
        )
        body = {
            **_signed(account),
            "TransactionType": "CustomerBuyGoodsOnline"
            if account.till
            else "CustomerPayBillOnline",
            "Amount": amount_units,
            "PartyA": msisdn(phone),
            "PartyB": account.till or account.shortcode,
            "PhoneNumber": msisdn(phone),
            "CallBackURL": callback_url,
            "AccountReference": reference,
            "TransactionDesc": description,
        }
        await self._token(account)
        await before_push()
        response = await self._post(account, "/mpesa/stkpush/v1/processrequest", body)
        return _accepted(response)

    async def query(self, account: DarajaAccount, checkout_request_id: str) -> StkResult:
        """What became of a prompt. A read: tried again while the line is down.

        Raises ProviderUnavailable, or ProviderRefused when Daraja does not know the prompt.
        """
        try:
            response = await self._query(account, checkout_request_id)
        except ProviderUnclear as error:
            raise ProviderUnavailable(str(error), provider=PROVIDER) from error
        return _result(response)

    @stamina.retry(
        on=(ProviderUnclear, ProviderUnavailable),
        attempts=3,
        timeout=40,
        wait_initial=0.2,
        wait_max=1,
        wait_jitter=0.2,
    )
    async def _query(self, account: DarajaAccount, checkout_request_id: str) -> httpx.Response:
        body = {**_signed(account), "CheckoutRequestID": checkout_request_id}
        return await self._post(account, "/mpesa/stkpushquery/v1/query", body)

    async def _post(
        self, account: DarajaAccount, path: str, body: dict[str, Any]
    ) -> httpx.Response:
        response = await self._post_with_token(account, path, body)
        if json_object(response).get("errorCode") != BAD_TOKEN:
            return response
        # Refused at the door, so nothing happened: a fresh token may be tried.
        self._tokens.pop(account.consumer_key, None)
        return await self._post_with_token(account, path, body)

    async def _post_with_token(
        self, account: DarajaAccount, path: str, body: dict[str, Any]
    ) -> httpx.Response:
        token = await self._token(account)
        return await post_once(
            self._http,
            self._base_url + path,
            provider=PROVIDER,
            json=body,
            headers={"authorization": f"Bearer {token}"},
            timeout=self._timeout_s,
        )

    async def _token(self, account: DarajaAccount) -> str:
        token, ends_at = self._tokens.get(account.consumer_key, ("", 0.0))
        if time.monotonic() < ends_at:
            return token
        response = await get_json(
            self._http,
            f"{self._base_url}/oauth/v1/generate",
            provider=PROVIDER,
            params={"grant_type": "client_credentials"},
            auth=(account.consumer_key, account.consumer_secret),
            timeout=self._timeout_s,
        )
        token, lifetime_s = _granted(response)
        self._tokens[account.consumer_key] = (token, time.monotonic() + lifetime_s - 60)
        return token


def _signed(account: DarajaAccount) -> dict[str, str]:
    timestamp = datetime.now(UTC).astimezone(NAIROBI).strftime("%Y%m%d%H%M%S")
    secret = f"{account.shortcode}{account.passkey}{timestamp}"
    return {
        "BusinessShortCode": account.shortcode,
        "Password": base64.b64encode(secret.encode()).decode(),
        "Timestamp": timestamp,
    }


def _granted(response: httpx.Response) -> tuple[str, float]:
    body = json_object(response)
    token = body.get("access_token")
    if isinstance(token, str) and token:
        lifetime = str(body.get("expires_in", ""))
        return token, float(lifetime) if lifetime.isascii() and lifetime.isdigit() else 0.0
    code = str(body.get("errorCode") or response.status_code)
    if response.status_code == 429 or response.status_code >= 500:
        raise ProviderUnavailable("no access token", provider=PROVIDER, code=code)
    raise ProviderRefused("the consumer key or secret is wrong", provider=PROVIDER, code=code)


def _accepted(response: httpx.Response) -> PushAccepted:
    body = json_object(response)
    checkout = body.get("CheckoutRequestID")
    if response.is_success and str(body.get("ResponseCode")) == "0" and isinstance(checkout, str):
        return PushAccepted(checkout, str(body.get("MerchantRequestID") or ""))
    code = body.get("errorCode") or body.get("ResponseCode")
    message = str(body.get("errorMessage") or body.get("ResponseDescription") or "")
    if code in BUSY or response.status_code in (429, 503):
        raise ProviderUnavailable(
            message,
            provider=PROVIDER,
            code=str(code),
            retry_after_s=retry_after_s(response),
        )
    if code is None or str(code) == "0":
        raise ProviderUnclear(f"HTTP {response.status_code} unreadable", provider=PROVIDER)
    raise ProviderRefused(message, provider=PROVIDER, code=str(code))


def _result(response: httpx.Response) -> StkResult:
    body = json_object(response)
    error = body.get("errorCode")
    if error == STILL_RUNNING:
        return StkResult(pending=True, result_desc=str(body.get("errorMessage") or ""))
    if error in BUSY or response.status_code == 429 or (not error and not response.is_success):
        raise ProviderUnavailable(provider=PROVIDER, code=str(error or response.status_code))
    if error:
        raise ProviderRefused(
            str(body.get("errorMessage") or ""), provider=PROVIDER, code=str(error)
        )
    if body.get("ResultCode") is None:
        return StkResult(pending=True, result_desc="the answer holds no result")
    code, said = str(body["ResultCode"]), str(body.get("ResultDesc") or "")
    if code == STILL_PROCESSING:
        return StkResult(pending=True, result_desc=said)
    return StkResult(pending=False, result_code=code, result_desc=said)
