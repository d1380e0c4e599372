"""Hosts of their own for processes: network namespaces on a bridge, whose cables can be pulled.

They need Linux, root and `ip` (iproute2); `missing` says what is not there. What is sent while a
cable is pulled is lost, as between machines: nobody is told that a connection is gone.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

_NAMESPACES = Path("/run/netns")
_NETWORK = 0x40000000  # CLONE_NEWNET of <linux/sched.h>


@dataclass(frozen=True, slots=True)
class Host:
    """A namespace, its address, and the end of its cable at the bridge."""

    name: str
    address: str
    cable: str

    def pull(self) -> None:
        _ip("link", "set", self.cable, "down")

    def plug_in(self) -> None:
        _ip("link", "set", self.cable, "up")

    async def cut(self, seconds: float, *, reset: bool) -> None:
        """Nothing passes for so long. Nobody resets anything, whatever `reset` says."""
        self.pull()
        await asyncio.sleep(seconds)
        self.plug_in()

    def move_in(self) -> None:
        """Moves the calling process there; it must have no other threads yet."""
        with (_NAMESPACES / self.name).open("rb") as namespace:
            libc = ctypes.CDLL(None, use_errno=True)
            if libc.setns(namespace.fileno(), _NETWORK) != 0:
                raise OSError(ctypes.get_errno(), f"no way into {self.name}")


@dataclass(frozen=True, slots=True)
class Network:
    """`gateway` is this machine's address for all hosts."""

    gateway: str
    hosts: tuple[Host, ...]


def missing() -> str | None:
    """Why this machine makes no network namespaces; None: it does."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "network namespaces need Linux and root"
    try:
        with a_network(1):
            return None
    except (OSError, subprocess.CalledProcessError) as error:
        return f"no network namespace could be made: {error}"


@contextmanager
def a_network(number: int) -> Iterator[Network]:
    """So many hosts for the block. Raises OSError or CalledProcessError where that is refused."""
    tag = f"dk{os.getpid()}"
    subnet = f"10.213.{os.getpid() % 256}"
    gateway = f"{subnet}.1"
    with ExitStack() as stack:
        _ip("link", "add", tag, "type", "bridge")
        stack.callback(_ip, "link", "del", tag)
        _ip("address", "add", f"{gateway}/24", "dev", tag)
        _ip("link", "set", tag, "up")
        hosts = []
        for n in range(number):
            host = Host(f"{tag}-{n}", f"{subnet}.{n + 2}", f"{tag}c{n}")
            _ip("netns", "add", host.name)
            stack.callback(_ip, "netns", "del", host.name)  # its end of the cable goes with it
            _connect(host, tag)
            hosts.append(host)
        yield Network(gateway, tuple(hosts))


def _connect(host: Host, bridge: str) -> None:
    _ip("link", "add", host.cable, "type", "veth", "peer", "name", "eth0", "netns", host.name)
    _ip("link", "set", host.cable, "master", bridge, "up")
    inside = ("-netns", host.name)
    _ip(*inside, "address", "add", f"{host.address}/24", "dev", "eth0")
    _ip(*inside, "link", "set", "eth0", "up")
    _ip(*inside, "link", "set", "lo", "up")


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)
