"""HTTP calls to providers, with a deadline, and errors by whether the request may have worked.

A request that never left is `ProviderUnavailable`; one that left and was not answered is
`ProviderUnclear`. Only reads are retried here: the job queue decides about writes.

httpx counts its timeouts from byte to byte, so a slow provider could occupy a worker's slot for
ever: every call also has a deadline for the whole of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import stamina

from dukani.core.errors import ProviderRefused, ProviderUnavailable, ProviderUnclear
from dukani.core.observability.measuring import provider_call

MAX_MEDIA_BYTES = 10 * 1024 * 1024
CALL_DEADLINE_S = 30.0  # of a call that names no timeout
DOWNLOAD_DEADLINE_S = 20.0  # of one file, all its redirects and tries together
MAX_REDIRECTS = 5

KEY_FORM = "key_form"  # a code of ours: the key has a letter that no header takes

# Raised before the first byte of a request is on its way.
NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.LocalProtocolError,
    httpx.UnsupportedProtocol,
)


@dataclass(frozen=True, slots=True)
class Media:
    """A file from a provider; the content type is the provider's claim, unchecked."""

    content: bytes
    content_type: str


def is_sendable(key: str) -> bool:
    """Whether a header takes it."""
    return key.isascii() and key.isprintable() and key == key.strip()


def check_headers(headers: Mapping[str, str] | None, *, provider: str) -> None:
    """Raises ProviderRefused for a value that cannot be sent: httpx would quote it, a key too."""
    for value in (headers or {}).values():
        if not is_sendable(value):
            raise ProviderRefused(
                "the key has letters that no key has", provider=provider, code=KEY_FORM
            )


async def post_once(
    http: httpx.AsyncClient,
    url: str,
    *,
    provider: str,
    timeout: float = CALL_DEADLINE_S,  # noqa: ASYNC109 - as httpx calls it
    **request: Any,
) -> httpx.Response:
    """The provider's answer, whatever its status; sent exactly once, within `timeout` seconds."""
    check_headers(request.get("headers"), provider=provider)
    with provider_call(provider) as call:
        answer = await _post(http, url, provider=provider, timeout_s=timeout, **request)
        call.answered(answer.status_code)
        return answer


async def _post(
    http: httpx.AsyncClient, url: str, *, provider: str, timeout_s: float, **request: Any
) -> httpx.Response:
    try:
        async with asyncio.timeout(timeout_s):
            return await http.post(url, timeout=_by_phase(timeout_s), **request)
    except NEVER_SENT as error:
        raise ProviderUnavailable(type(error).__name__, provider=provider) from error
    except (httpx.TransportError, TimeoutError) as error:
        raise ProviderUnclear(
            f"no answer after sending ({type(error).__name__})", provider=provider
        ) from error


def _by_phase(timeout_s: float) -> httpx.Timeout:
    """A timeout for connecting that is shorter than the call's: after it, nothing was sent."""
    return httpx.Timeout(timeout_s, pool=timeout_s / 4, connect=timeout_s / 2)


# Reads only, and what does no harm when it is done twice.
PATIENT = stamina.retry(
    on=httpx.TransportError,
    attempts=3,
    timeout=20,
    wait_initial=0.2,
    wait_max=1,
    wait_jitter=0.2,
)


@PATIENT
async def _get(http: httpx.AsyncClient, url: str, **request: Any) -> httpx.Response:
    return await http.get(url, **request)


async def get_json(
    http: httpx.AsyncClient,
    url: str,
    *,
    provider: str,
    timeout: float = CALL_DEADLINE_S,  # noqa: ASYNC109 - as httpx calls it
    **request: Any,
) -> httpx.Response:
    """The answer to a read, tried three times at most within `timeout` seconds."""
    check_headers(request.get("headers"), provider=provider)
    with provider_call(provider) as call:
        try:
            async with asyncio.timeout(timeout):
                answer = await _get(http, url, timeout=timeout, **request)
        except (httpx.TransportError, TimeoutError) as error:
            raise ProviderUnavailable(type(error).__name__, provider=provider) from error
        call.answered(answer.status_code)
        return answer


@dataclass(frozen=True, slots=True)
class Hosts:
    """The hosts of a provider's files: its API's own origin, or its domains over https.

    Addresses of files arrive in webhooks and redirects; a forged one must not get our secrets,
    nor make us call a machine of our own network (SSRF).
    """

    base_url: str
    domains: tuple[str, ...]

    def include(self, url: str | httpx.URL) -> bool:
        """Whether this address is one of the provider's."""
        try:
            target, home = httpx.URL(url), httpx.URL(self.base_url)
        except httpx.InvalidURL:
            return False
        if target.userinfo:
            return False
        if _origin(target) == _origin(home):
            return True
        # No IP addresses and no other ports: a provider's files have neither.
        return (
            target.scheme == "https"
            and target.port is None
            and any(
                target.host == domain or target.host.endswith(f".{domain}")
                for domain in self.domains
            )
        )


@dataclass(frozen=True, slots=True)
class _Answer:
    """A host's answer; without content when that is too long."""

    status: int
    content_type: str = ""
    content: bytes | None = None
    location: str | None = None


@PATIENT
async def _read_capped(
    http: httpx.AsyncClient, url: httpx.URL, max_bytes: int, **request: Any
) -> _Answer:
    async with http.stream("GET", url, follow_redirects=False, **request) as response:
        if response.has_redirect_location:
            return _Answer(response.status_code, location=response.headers["location"])
        content = bytearray()
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > max_bytes:
                return _Answer(response.status_code)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return _Answer(response.status_code, kind, bytes(content))


async def download(
    http: httpx.AsyncClient,
    url: str,
    *,
    provider: str,
    hosts: Hosts | None = None,
    max_bytes: int = MAX_MEDIA_BYTES,
    headers: Mapping[str, str] | None = None,
    auth: tuple[str, str] | None = None,
    deadline_s: float = DOWNLOAD_DEADLINE_S,
) -> Media:
    """A file of at most `max_bytes`, read as a stream so that a larger one never fills memory.

    Redirects are followed to `hosts` only (Twilio redirects to its file host); without `hosts` none
    is followed. Another host gets no credentials. Compression is declined: it would hide the real
    size. Raises ProviderRefused, or ProviderUnavailable, which also means that the file was not
    complete after `deadline_s` seconds.
    """
    check_headers(headers, provider=provider)
    secrets: dict[str, Any] = {"headers": dict(headers or {}), **({"auth": auth} if auth else {})}
    with provider_call(provider) as call:
        try:
            async with asyncio.timeout(deadline_s):
                answer = await _follow(http, url, provider, hosts, max_bytes, secrets)
        except (httpx.TransportError, TimeoutError) as error:
            raise ProviderUnavailable(type(error).__name__, provider=provider) from error
        call.answered(answer.status)
    if answer.content is None:
        raise ProviderRefused(f"over {max_bytes} bytes", provider=provider, code="too_large")
    if answer.status == 429 or answer.status >= 500:
        raise ProviderUnavailable(
            "media not served now", provider=provider, code=str(answer.status)
        )
    if answer.status != 200:
        raise ProviderRefused("media not served", provider=provider, code=str(answer.status))
    return Media(content=answer.content, content_type=answer.content_type)


async def _follow(
    http: httpx.AsyncClient,
    url: str,
    provider: str,
    hosts: Hosts | None,
    max_bytes: int,
    secrets: Mapping[str, Any],
) -> _Answer:
    """The answer after all redirects. Raises ProviderRefused for a redirect to a foreign host."""
    here = httpx.URL(url)
    request = dict(secrets)
    for _ in range(MAX_REDIRECTS + 1):
        plain = request | {"headers": {"accept-encoding": "identity"} | request["headers"]}
        answer = await _read_capped(http, here, max_bytes, **plain)
        if answer.location is None:
            return answer
        there = _next_hop(here, answer.location)
        if there is None or hosts is None or not hosts.include(there):
            raise ProviderRefused("sent on to a stranger", provider=provider, code="foreign")
        if _origin(there) != _origin(here):
            request = {"headers": {}}
        here = there
    raise ProviderRefused("sent in circles", provider=provider, code="redirects")


def _next_hop(here: httpx.URL, location: str) -> httpx.URL | None:
    try:
        return here.join(location)
    except httpx.InvalidURL:
        return None


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def json_object(response: httpx.Response) -> dict[str, Any]:
    """The JSON object of an answer; empty when it holds something else."""
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def retry_after_s(response: httpx.Response) -> float | None:
    """Seconds from `Retry-After`; none when absent or a date."""
    value = response.headers.get("retry-after", "")
    return float(value) if value.isascii() and value.isdigit() and len(value) < 10 else None
