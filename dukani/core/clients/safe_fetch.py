"""Fetches a file from an address that a stranger gave, without reaching into our own network.

The name is resolved here, every address it has must be one of the public internet, and the
connection is made to the address that was checked: a name that answers otherwise the second time
(DNS rebinding) gains nothing. Each redirect is checked like the first address. Nothing is unpacked.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import certifi
import httpcore
import httpx

from dukani.core.errors import CallerError

MOST_REDIRECTS = 3
MOST_ADDRESSES = 4  # of a name that are tried
DEADLINE_S = 20.0  # of one file, all its redirects together
CONNECT_S = 5.0
READ_S = 8.0
LONGEST_URL = 2000
_PORTS = {"http": 80, "https": 443}
_HEADERS = {
    "user-agent": "Dukani/1.0 (picture import)",
    "accept": "image/*",
    "accept-encoding": "identity",
    "connection": "close",
}
# Public by number, and a cloud's own service all the same: Azure's, which each machine there has.
# The others are set aside by IANA, which Python does not know of yet: a cloud may use them inside.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(one)
    for one in ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "3fff::/20", "5f00::/16")
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Reason = Literal[
    "no_link", "private", "redirects", "too_large", "too_slow", "unreachable", "packed", "status"
]


class NotFetched(CallerError):
    """The file at this address was not fetched."""

    http_status = 422

    def __init__(self, reason: Reason, said: str = "") -> None:
        super().__init__(f"{reason}: {said}" if said else reason)
        self.reason, self.said = reason, said


Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet, and nothing of ours or of this machine."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_public(one) for one in (ip, *_inside(ip)))


def _is_public(ip: Address) -> bool:
    return (
        ip.is_global
        and not ip.is_multicast
        and not ip.is_reserved
        and not ip.is_unspecified
        and not any(ip in network for network in _NOT_PUBLIC)
    )


def _inside(ip: Address) -> Iterable[Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    within: list[Address] = []
    if ip.ipv4_mapped:
        within.append(ip.ipv4_mapped)
    if ip.sixtofour:
        within.append(ip.sixtofour)
    if ip.teredo:
        within += ip.teredo
    if ip in _NAT64:
        within.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return within


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name. Raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class _CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to addresses that were checked, never to a name."""

    def __init__(self, resolving: Resolve, network: httpcore.AsyncNetworkBackend) -> None:
        self._resolve, self._network = resolving, network

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - as httpcore calls it
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise NotFetched("unreachable", "no such name") from error
        if not addresses:
            raise NotFetched("unreachable", "no such name")
        if not all(map(is_public, addresses)):
            raise NotFetched("private")
        return await self._first_reached(addresses[:MOST_ADDRESSES], port, timeout)

    async def _first_reached(
        self,
        addresses: Sequence[str],
        port: int,
        timeout: float | None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        for address in addresses[:-1]:
            try:
                return await self._network.connect_tcp(address, port, timeout=timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(addresses[-1], port, timeout=timeout)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class SafeFetcher:
    """Fetches files. `resolving` and `network` are the internet's, and a test's own."""

    resolving: Resolve = resolve
    network: httpcore.AsyncNetworkBackend | None = None
    trusted: ssl.SSLContext | None = None
    deadline_s: float = DEADLINE_S

    async def fetch(self, url: str, *, max_bytes: int) -> bytes:
        """The file, of at most `max_bytes`. Raises NotFetched."""
        try:
            async with asyncio.timeout(self.deadline_s):
                return await self._follow(_checked(url), max_bytes)
        except TimeoutError as error:
            raise NotFetched("too_slow") from error
        except httpcore.TimeoutException as error:
            raise NotFetched("too_slow") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ssl.SSLError) as error:
            raise NotFetched("unreachable", type(error).__name__) from error

    async def _follow(self, url: httpx.URL, max_bytes: int) -> bytes:
        trusted = self.trusted or ssl.create_default_context(cafile=certifi.where())
        network = _CheckedNetwork(self.resolving, self.network or httpcore.AnyIOBackend())
        async with httpcore.AsyncConnectionPool(
            ssl_context=trusted, network_backend=network, max_keepalive_connections=0
        ) as pool:
            for _ in range(MOST_REDIRECTS + 1):
                answer = await _get(pool, url, max_bytes)
                if isinstance(answer, bytes):
                    return answer
                url = _checked(_joined(url, answer.location))
        raise NotFetched("redirects")


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    location: str


async def _get(
    pool: httpcore.AsyncConnectionPool, url: httpx.URL, max_bytes: int
) -> bytes | _Elsewhere:
    limits = {"connect": CONNECT_S, "read": READ_S, "write": READ_S, "pool": CONNECT_S}
    request: dict[str, Any] = {"headers": _HEADERS, "extensions": {"timeout": limits}}
    async with pool.stream("GET", str(url), **request) as response:
        headers = {name.lower(): value for name, value in response.headers}
        if response.status in (301, 302, 303, 307, 308) and b"location" in headers:
            return _Elsewhere(headers[b"location"].decode("latin-1"))
        if response.status != 200:
            raise NotFetched("status", str(response.status))
        if headers.get(b"content-encoding", b"identity").lower() != b"identity":
            raise NotFetched("packed")
        announced = headers.get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > max_bytes:
            raise NotFetched("too_large")
        return await _capped(response.aiter_stream(), max_bytes)


async def _capped(pieces: AsyncIterator[bytes], max_bytes: int) -> bytes:
    content = bytearray()
    async for piece in pieces:
        content += piece
        if len(content) > max_bytes:
            raise NotFetched("too_large")
    return bytes(content)


def _joined(url: httpx.URL, location: str) -> str:
    try:
        return str(url.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise NotFetched("no_link") from error


def _checked(url: str) -> httpx.URL:
    """Raises NotFetched for what is no plain address of the web."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise NotFetched("no_link") from error
    if len(url) > LONGEST_URL or parsed.scheme not in _PORTS or not parsed.host:
        raise NotFetched("no_link")
    if parsed.userinfo:
        raise NotFetched("no_link")
    if parsed.port not in (None, _PORTS[parsed.scheme]):
        raise NotFetched("private")  # other ports are other services
    return parsed
