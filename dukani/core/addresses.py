"""The addresses at which this process is reached, given the host and port it listens on."""

from __future__ import annotations

import ipaddress
import socket

_LOOPBACK = {4: "127.0.0.1", 6: "::1"}
# A test network (RFC 5737, RFC 3849): choosing a route to it sends nothing.
_ELSEWHERE = {4: "192.0.2.1", 6: "2001:db8::1"}


def reached_at(host: str, port: int) -> str:
    """The address from this machine; "any address" (0.0.0.0, ::) becomes the loopback address."""
    version = _listens_everywhere(host)
    return _link(_LOOPBACK[version] if version else host, port)


def links(host: str, port: int) -> list[str]:
    """The addresses to show: for this machine, and for others in its network."""
    version = _listens_everywhere(host)
    own = _own_address(version) if version else None
    return [reached_at(host, port), *([_link(own, port)] if own else [])]


def is_loopback(host: str) -> bool:
    """Whether this name or address means this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_private(host: str) -> bool:
    """Whether the internet cannot reach this name or address, such as 192.168.0.2 or `nas`."""
    if host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host


def _link(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _listens_everywhere(host: str) -> int | None:
    """The version of IP, when `host` means every address of the machine."""
    try:
        address = ipaddress.ip_address(host or "0.0.0.0")
    except ValueError:
        return None
    return address.version if address.is_unspecified else None


def _own_address(version: int) -> str | None:
    """The address that this machine sends from; none without a network."""
    family = socket.AF_INET6 if version == 6 else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((_ELSEWHERE[version], 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])
