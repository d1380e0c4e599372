"""One HTTP exchange with a provider, its failures told apart by what may have happened.

A request that never left is `ProviderUnavailable`; one that left and was not answered is
`ProviderUnclear`. Only reads are tried again here: the job queue decides about the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import stamina

from dukani.core.errors import ProviderRefused, ProviderUnavailable, ProviderUnclear

MAX_MEDIA_BYTES = 10 * 1024 * 1024

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
    """A file as the provider handed it over; the type is its claim, not a check."""

    content: bytes
    content_type: str


async def post_once(
    http: httpx.AsyncClient, url: str, *, provider: str, **request: Any
) -> httpx.Response:
    """The provider's answer, whatever its status; asked exactly once."""
    try:
        return await http.post(url, **request)
    except NEVER_SENT as error:
        raise ProviderUnavailable(type(error).__name__, provider=provider) from error
    except httpx.TransportError as error:
        raise ProviderUnclear(
            f"no answer after sending ({type(error).__name__})", provider=provider
        ) from error


@stamina.retry(
    on=httpx.TransportError,
    attempts=3,
    timeout=20,
    wait_initial=0.2,
    wait_max=1,
    wait_jitter=0.2,
)
async def _get(http: httpx.AsyncClient, url: str, **request: Any) -> httpx.Response:
    return await http.get(url, **request)


async def get_json(
    http: httpx.AsyncClient, url: str, *, provider: str, **request: Any
) -> httpx.Response:
    """The answer to a read, tried up to three times while the line is down."""
    try:
        return await _get(http, url, **request)
    except httpx.TransportError as error:
        raise ProviderUnavailable(type(error).__name__, provider=provider) from error


@stamina.retry(
    on=httpx.TransportError,
    attempts=3,
    timeout=20,
    wait_initial=0.2,
    wait_max=1,
    wait_jitter=0.2,
)
async def _read_capped(
    http: httpx.AsyncClient, url: str, max_bytes: int, **request: Any
) -> tuple[int, str, bytes | None]:
    async with http.stream("GET", url, **request) as response:
        content = bytearray()
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > max_bytes:
                return response.status_code, "", None
        return (
            response.status_code,
            response.headers.get("content-type", ""),
            bytes(content),
        )


async def download(
    http: httpx.AsyncClient,
    url: str,
    *,
    provider: str,
    max_bytes: int = MAX_MEDIA_BYTES,
    headers: Mapping[str, str] | None = None,
    auth: tuple[str, str] | None = None,
) -> Media:
    """A file of at most `max_bytes`, read as a stream so that a larger one is never held.

    Redirects are followed (Twilio sends on to its file host); httpx drops the credentials
    when the host changes. Compression is declined: it would hide the real size.
    """
    request: dict[str, Any] = {
        "headers": {"accept-encoding": "identity", **(headers or {})},
        "follow_redirects": True,
    }
    if auth:
        request["auth"] = auth
    try:
        status, content_type, content = await _read_capped(http, url, max_bytes, **request)
    except httpx.TransportError as error:
        raise ProviderUnavailable(type(error).__name__, provider=provider) from error
    except httpx.TooManyRedirects as error:
        raise ProviderRefused("sent in circles", provider=provider, code="redirects") from error
    if content is None:
        raise ProviderRefused(f"over {max_bytes} bytes", provider=provider, code="too_large")
    if status == 429 or status >= 500:
        raise ProviderUnavailable("media not served now", provider=provider, code=str(status))
    if status != 200:
        raise ProviderRefused("media not served", provider=provider, code=str(status))
    return Media(content=content, content_type=content_type.partition(";")[0].strip().lower())


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
    return float(value) if value.isascii() and value.isdigit() else None


def may_receive_credentials(url: str, *, base_url: str, domains: tuple[str, ...]) -> bool:
    """Whether a file's address belongs to the provider: its API's origin or its own domains.

    Addresses of files arrive in webhooks; a forged one must not carry a token away.
    """
    try:
        target, home = httpx.URL(url), httpx.URL(base_url)
    except httpx.InvalidURL:
        return False
    if (target.scheme, target.host, target.port) == (home.scheme, home.host, home.port):
        return True
    return target.scheme == "https" and any(
        target.host == domain or target.host.endswith(f".{domain}") for domain in domains
    )
