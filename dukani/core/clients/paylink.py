"""Client of PayLink: requests an M-Pesa prompt (STK push) through PayLink's MCP server.

Each call has a connection of its own: the boutique's credentials are headers of the connection, a
refused connection would cancel every call sharing it, and connecting costs about 25 ms beside a
prompt that takes a person half a minute. Daraja posts the result to the callback address; PayLink
cannot be asked for it.
"""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

from dukani.core.clients.mpesa_answers import outcome_of
from dukani.core.clients.mpesa_outcomes import Kind
from dukani.core.clients.push_refusals import error_in, push_refusal
from dukani.core.clients.stk import (
    PAYLINK_MSISDN,
    BeforePush,
    PushAccepted,
    check_push,
    msisdn,
    record_nothing,
)
from dukani.core.errors import (
    ConfigurationError,
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
    ProviderUnclear,
)
from dukani.core.observability.measuring import provider_call

PROVIDER = "paylink"
MAX_WORDS = 2000
LOOPBACK = ("127.0.0.1", "localhost", "::1")

# PayLink reports failures as text, not codes. These texts, among them names of exceptions, leave
# open whether the prompt was sent.
_UNCLEAR = re.compile(
    r"time[- ]?out|timed out|disconnect|HTTP request failed: 5\d\d|output validation"
    r"|invalid tools/call result|connection (closed|reset)|-3200[01]\b|-32603\b|internal error"
    r"|(protocol|read|write|close|network|os|decode|key|type)error\b|bad gateway|gateway time",
    re.IGNORECASE,
)
# Texts of MCP servers when a call did not reach the tool, or the tool did not reach M-Pesa.
_REFUSED = re.compile(
    r"invalid input|http request failed: 4"
    r"|(input )?validation error|\d+ validation errors?\b|invalid (arguments|params|request)"
    r"|(missing|unexpected|required) .{0,20}(argument|parameter|property|field)"
    r"|does not match|unknown tool|tool .{0,40}not found|no such tool|method not found|parse error"
    r"|mcp error -32(60[0-2]|700)\b|-32(60[0-2]|700)\b"
    r"|unauthori[sz]ed|forbidden|not authenticated"
    r"|(invalid|missing|wrong) .{0,12}(api[ _-]?key|token|credential)"
    r"|\b(401|403|404)\b",
    re.IGNORECASE,
)
_WRAPPED = re.compile(
    r"(?:error(?: executing tool \S+)?|mcp error|stk push failed):\s*", re.IGNORECASE
)
# Keys under which a wrapper passes the answer it got.
_HANDED_ON = ("details", "detail", "data", "response", "message", "error")

# JSON-RPC errors: the request was refused before any tool was called.
NEVER_CALLED = frozenset({-32700, -32600, -32601, -32602})


@dataclass(frozen=True, slots=True)
class PayLinkAccount:
    """A boutique's PayLink project, and the M-Pesa account it collects for."""

    api_key: str = field(repr=False)
    project: str
    tracing: str
    shortcode: str
    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    passkey: str = field(repr=False)
    base_url: str = "https://api.safaricom.co.ke"


class PayLinkClient:
    """PayLink for every boutique. Raises ConfigurationError for an address without https."""

    def __init__(self, url: str, *, timeout_s: float = 30.0) -> None:
        address = httpx2.URL(url)
        if address.scheme != "https" and address.host not in LOOPBACK:
            raise ConfigurationError("DUKANI_PAYLINK__URL must be https: it carries secrets")
        self._url = url
        self._timeout_s = timeout_s

    async def stk_push(
        self,
        account: PayLinkAccount,
        *,
        amount_units: int,
        currency: str,
        phone: str,
        reference: str,
        description: str,
        callback_url: str,
        before_push: BeforePush = record_nothing,
    ) -> PushAccepted:
        """Send a prompt for whole units of `currency` to a phone (`2547…` only), once.

        Accepted is not paid. Raises ProviderRefused or ProviderUnavailable (no prompt was made), or
        ProviderUnclear (there may be a prompt: never push again before its time is over).
        """
        check_push(
            provider=PROVIDER,
            pattern=PAYLINK_MSISDN,
            amount_units=amount_units,
            currency=currency,
            phone=phone,
            reference=reference,
            description=description,
        )
        arguments = {
            "amount": str(amount_units),
            "phone_number": msisdn(phone),
            "account_reference": reference,
            "transaction_desc": description,
        }
        headers = connection_headers(account, callback_url)
        with provider_call(PROVIDER):
            return read_answer(await self._call(headers, arguments, before_push))

    async def require_tool(self, account: PayLinkAccount) -> None:
        """Connect with these credentials and find the tool; nothing is sent to a phone.

        Whether PayLink looks at the credentials before a call is up to it. Raises ProviderRefused,
        ProviderUnavailable.
        """
        progress = _Progress()
        headers = connection_headers(account, "https://127.0.0.1/none")
        try:
            async with (
                asyncio.timeout(self._timeout_s),
                httpx2.AsyncClient(
                    headers=headers,
                    timeout=self._timeout_s,
                    verify=_trust(),
                    event_hooks={"response": [progress.hear]},
                ) as http,
                Client(streamable_http_client(self._url, http_client=http)) as client,
            ):
                tools = [tool.name for tool in (await client.list_tools()).tools]
        except Exception as error:  # the client wraps its failures in exception groups
            raise progress.explain(error) from error
        if "stk_push" not in tools:
            raise ProviderRefused("it has no tool stk_push", provider=PROVIDER, code="paylink")

    async def _call(
        self, headers: dict[str, str], arguments: dict[str, str], before_push: BeforePush
    ) -> str:
        progress = _Progress()
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._exchange(headers, arguments, progress, before_push)
        except ProviderError:
            raise
        except Exception as error:  # the client wraps its failures in exception groups
            if progress.answer is not None:  # the answer came; only closing the connection failed
                return progress.answer
            raise progress.explain(error) from error

    async def _exchange(
        self,
        headers: dict[str, str],
        arguments: dict[str, str],
        progress: _Progress,
        before_push: BeforePush,
    ) -> str:
        async with (
            httpx2.AsyncClient(
                headers=headers,
                timeout=self._timeout_s,
                verify=_trust(),
                event_hooks={"response": [progress.hear]},
            ) as http,
            Client(streamable_http_client(self._url, http_client=http)) as client,
        ):
            await before_push()
            progress.sent = True
            progress.answer = _text_of(await client.call_tool("stk_push", arguments))
        return progress.answer


@cache
def _trust() -> ssl.SSLContext:
    # Reading the certificates takes 20 ms of the event loop: once, not for each connection.
    return httpx2.create_ssl_context()


@dataclass(slots=True)
class _Progress:
    """How far a call got, which decides what its failure means."""

    sent: bool = False
    answer: str | None = None
    refusal: int | None = None  # HTTP status of the last request, where it was 4xx

    async def hear(self, response: httpx2.Response) -> None:
        """Note the HTTP status; that of a DELETE, which closes the session, says nothing."""
        if response.request.method == "POST":
            status = response.status_code
            self.refusal = status if 400 <= status < 500 and status not in (408, 409) else None

    def explain(self, error: BaseException) -> ProviderError:
        cause = _first_cause(error)
        if isinstance(cause, ProviderError):
            return cause
        if self.refusal is not None:
            return _turned_away(self.refusal)
        if isinstance(cause, MCPError) and cause.code in NEVER_CALLED:
            return ProviderRefused(cause.message[:200], provider=PROVIDER, code=str(cause.code))
        if not self.sent or isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout):
            return ProviderUnavailable(type(cause).__name__, provider=PROVIDER)
        return ProviderUnclear(f"no answer ({type(cause).__name__})", provider=PROVIDER)


def _turned_away(status: int) -> ProviderError:
    """The error for an HTTP refusal: no tool was called, so no prompt was made."""
    if status == 429:
        return ProviderUnavailable("too many requests", provider=PROVIDER, code="429")
    code = "paylink" if status in (401, 403) else str(status)
    return ProviderRefused("PayLink turned the call away", provider=PROVIDER, code=code)


def _first_cause(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def connection_headers(account: PayLinkAccount, callback_url: str) -> dict[str, str]:
    """The headers with a boutique's credentials, as PayLink expects them."""
    return {
        "PAYLINK_API_KEY": account.api_key,
        "PAYLINK_PROJECT": account.project,
        "PAYLINK_TRACING": account.tracing,
        "PAYMENT_PROVIDER": '["mpesa"]',
        "MPESA_BUSINESS_SHORTCODE": account.shortcode,
        "MPESA_CONSUMER_KEY": account.consumer_key,
        "MPESA_CONSUMER_SECRET": account.consumer_secret,
        "MPESA_PASSKEY": account.passkey,
        "MPESA_CALLBACK_URL": callback_url,
        "MPESA_BASE_URL": account.base_url,
    }


def _text_of(result: Any) -> str:
    return "\n".join(block.text for block in result.content if hasattr(block, "text")).strip()


def read_answer(text: str) -> PushAccepted:
    """The accepted push in a tool's answer.

    PayLink never sets the error flag, so the text decides; an unreadable answer is unclear, for
    the prompt may have been sent.
    """
    body = _json_object(text)
    checkout = body.get("checkout_request_id")
    if body.get("status") == "success" and isinstance(checkout, str) and checkout:
        return PushAccepted(checkout, str(body.get("merchant_request_id") or ""))
    if handed_on := _of_daraja(body):
        raise handed_on
    said = _unwrapped(_words_of(body) if body else text)[:MAX_WORDS]
    if _UNCLEAR.search(said):
        raise ProviderUnclear(said[:200], provider=PROVIDER)
    known = outcome_of("", said).kind not in (Kind.UNKNOWN, Kind.SENT)
    if known or _REFUSED.match(said):
        raise ProviderRefused(said[:200], provider=PROVIDER)
    raise ProviderUnclear(said[:200] or "an answer we cannot read", provider=PROVIDER)


def _of_daraja(body: dict[str, Any]) -> ProviderError | None:
    """The error for one of Daraja's that PayLink passes on beside its own text ("HTTP Error")."""
    for inner in (body, *(body.get(name) for name in _HANDED_ON)):
        answer = inner if isinstance(inner, dict) else _json_object(str(inner or ""))
        code, said = error_in(answer)
        if code is not None:
            return push_refusal(500, code, said, provider=PROVIDER)
    return None


def _words_of(body: dict[str, Any]) -> str:
    """The error text in PayLink's JSON, or in a JSON-RPC error passed on as text."""
    error = body.get("error")
    if isinstance(error, dict):
        return f"MCP error {error.get('code', '')}: {error.get('message', '')}"
    told = [body.get("message") or error, *(body.get(name) for name in ("details", "detail"))]
    return ": ".join(dict.fromkeys(words for words in told if isinstance(words, str) and words))


def _unwrapped(said: str) -> str:
    """The tool's text, without the prefix "Error executing tool stk_push:"."""
    while wrapped := _WRAPPED.match(said.strip()):
        said = said.strip()[wrapped.end() :]
    return said.strip()


def _json_object(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
