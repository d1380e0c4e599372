"""Client of Safaricom's Daraja: sends an M-Pesa prompt (STK push) and queries its result."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import httpx
import stamina
from cachetools import TLRUCache

from dukani.core.clients.mpesa_answers import (
    normal_code,
    outcome_of,
    outcome_of_query_error,
)
from dukani.core.clients.mpesa_outcomes import DEAD_TOKEN, Kind
from dukani.core.clients.push_refusals import as_code, error_in, push_refusal
from dukani.core.clients.stk import (
    DARAJA_MSISDN,
    BeforePush,
    PushAccepted,
    check_push,
    msisdn,
    record_nothing,
)
from dukani.core.clients.transport import (
    get_json,
    json_object,
    post_once,
    retry_after_s,
)
from dukani.core.errors import ProviderRefused, ProviderUnavailable, ProviderUnclear

PROVIDER = "daraja"
MOST_TOKENS = 4096
ENDS_EARLY_S = 60.0  # a token is renewed this long before it expires
NAIROBI = timezone(timedelta(hours=3))  # no summer time since 1960


@dataclass(frozen=True, slots=True)
class DarajaAccount:
    """A boutique's M-Pesa account: a paybill, or a till when `till` is set."""

    shortcode: str
    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    passkey: str = field(repr=False)
    till: str | None = None


@dataclass(frozen=True, slots=True)
class StkResult:
    """A query's answer: the prompt is still open (`pending`), or ended with a result code."""

    pending: bool
    result_code: str | None = None
    result_desc: str = ""


@dataclass(frozen=True, slots=True)
class _Grant:
    token: str
    lifetime_s: float


class DarajaClient:
    """Daraja for every boutique; caches each access token until a minute before it expires."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        base_url: str,
        *,
        timeout_s: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._http = http
        self._base_url = base_url.rstrip("/")
        self._timeout_s = timeout_s
        self._grants: TLRUCache[str, _Grant] = TLRUCache(MOST_TOKENS, _ends_at, timer=clock)

    async def stk_push(
        self,
        account: DarajaAccount,
        *,
        amount_units: int,
        currency: str,
        phone: str,
        reference: str,
        description: str,
        callback_url: str,
        before_push: BeforePush = record_nothing,
    ) -> PushAccepted:
        """Send a prompt for `amount_units` whole units of `currency` to a phone, once.

        Accepted is not paid. Raises ProviderRefused or ProviderUnavailable (no prompt was made), or
        ProviderUnclear (there may be a prompt: never push again before its time is over).
        """
        check_push(
            provider=PROVIDER,
            pattern=DARAJA_MSISDN,
            amount_units=amount_units,
            currency=currency,
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
        """The result of a prompt. A read, so it is retried after network errors.

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
        token = await self._token(account)
        response = await self._post_with_token(token, path, body)
        if not _is_dead_token(response):
            return response
        # Daraja refused the token before doing anything: one retry with a new token is safe.
        self._forget(account, token)
        fresh = await self._token(account)
        response = await self._post_with_token(fresh, path, body)
        if _is_dead_token(response):
            self._forget(account, fresh)
        return response

    def _forget(self, account: DarajaAccount, token: str) -> None:
        """Drop the cached token, unless another call has fetched a newer one meanwhile."""
        grant = self._grants.get(account.consumer_key)
        if grant is not None and grant.token == token:
            self._grants.pop(account.consumer_key, None)

    async def _post_with_token(self, token: str, path: str, body: dict[str, Any]) -> httpx.Response:
        return await post_once(
            self._http,
            self._base_url + path,
            provider=PROVIDER,
            json=body,
            headers={"authorization": f"Bearer {token}"},
            timeout=self._timeout_s,
        )

    async def _token(self, account: DarajaAccount) -> str:
        grant = self._grants.get(account.consumer_key)
        if grant is not None:
            return grant.token
        response = await get_json(
            self._http,
            f"{self._base_url}/oauth/v1/generate",
            provider=PROVIDER,
            params={"grant_type": "client_credentials"},
            auth=(account.consumer_key, account.consumer_secret),
            timeout=self._timeout_s,
        )
        grant = _granted(response)
        self._grants[account.consumer_key] = grant
        return grant.token


def _ends_at(_: str, grant: _Grant, now: float) -> float:
    return now + grant.lifetime_s - ENDS_EARLY_S


def _signed(account: DarajaAccount) -> dict[str, str]:
    timestamp = datetime.now(UTC).astimezone(NAIROBI).strftime("%Y%m%d%H%M%S")
    secret = f"{account.shortcode}{account.passkey}{timestamp}"
    return {
        "BusinessShortCode": account.shortcode,
        "Password": base64.b64encode(secret.encode()).decode(),
        "Timestamp": timestamp,
    }


def _is_dead_token(response: httpx.Response) -> bool:
    code, _ = _error_of(response)
    return response.status_code == 401 or (code is not None and normal_code(code) in DEAD_TOKEN)


def _error_of(response: httpx.Response) -> tuple[str | None, str]:
    """Code and text of an error, from Daraja or from the gateway before it (Apigee)."""
    body = json_object(response)
    fault = body.get("fault")
    if isinstance(fault, dict):
        detail = fault.get("detail")
        code = detail.get("errorcode") if isinstance(detail, dict) else None
        return as_code(code) or "fault", f"{fault.get('faultstring', '')} {code or ''}".strip()
    return error_in(body) if body else (None, response.text[:500])


def _granted(response: httpx.Response) -> _Grant:
    body = json_object(response)
    token = body.get("access_token")
    if isinstance(token, str) and token:
        lifetime = str(body.get("expires_in", ""))
        known = lifetime.isascii() and lifetime.isdigit()
        return _Grant(token, float(lifetime) if known else 0.0)
    code = str(body.get("errorCode") or response.status_code)
    if response.status_code == 429 or response.status_code >= 500:
        raise ProviderUnavailable("no access token", provider=PROVIDER, code=code)
    raise ProviderRefused("the consumer key or secret is wrong", provider=PROVIDER, code=code)


def _accepted(response: httpx.Response) -> PushAccepted:
    body = json_object(response)
    checkout = body.get("CheckoutRequestID")
    taken = response.is_success and normal_code(body.get("ResponseCode")) == "0"
    if taken and isinstance(checkout, str) and checkout:
        return PushAccepted(checkout, str(body.get("MerchantRequestID") or ""))
    code, said = _error_of(response)
    raise push_refusal(
        response.status_code, code, said, provider=PROVIDER, retry_after_s=retry_after_s(response)
    )


def _result(response: httpx.Response) -> StkResult:
    body = json_object(response)
    if body.get("ResultCode") is not None:
        return _ended(normal_code(body["ResultCode"]), str(body.get("ResultDesc") or ""))
    if response.is_success and "errorCode" not in body and "fault" not in body:
        return StkResult(pending=True, result_desc="the answer holds no result")
    code, said = _error_of(response)
    unheard = ProviderUnavailable(
        said[:200], provider=PROVIDER, code=code or str(response.status_code)
    )
    if code is None:
        raise unheard
    outcome = outcome_of_query_error(code, said)
    if outcome.kind is Kind.SENT:
        return StkResult(pending=True, result_desc=said)
    if outcome.kind is Kind.WAIT or response.status_code == 429:
        raise unheard
    raise ProviderRefused(said[:200], provider=PROVIDER, code=code)


def _ended(code: str, said: str) -> StkResult:
    if outcome_of(code, said).kind is Kind.SENT:
        return StkResult(pending=True, result_desc=said)
    return StkResult(pending=False, result_code=code, result_desc=said)
