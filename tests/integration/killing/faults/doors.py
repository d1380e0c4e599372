"""Doors on a host's own loopback, by which it reaches this machine's ports over its cable.

PayLink's address carries secrets, so it must be https unless it is of the same machine: the sandbox
has to seem to be on each host.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from tests.integration.killing.faults.hosts import Host, Network
from tests.integration.killing.faults.line import a_line
from tests.processes import imported


@contextmanager
def doors_to(port: int, network: Network) -> Iterator[None]:
    """On every host 127.0.0.1:`port` is the gateway's port of that number for the block."""
    keepers = [
        imported().Process(target=_keep_open, args=(host, network.gateway, port), daemon=True)
        for host in network.hosts
    ]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        for keeper in keepers:
            keeper.kill()
            keeper.join()


def _keep_open(host: Host, gateway: str, port: int) -> None:
    host.move_in()
    asyncio.run(_pass_on(gateway, port))


async def _pass_on(gateway: str, port: int) -> None:
    async with a_line(port, [(gateway, port)]):
        await asyncio.Event().wait()
