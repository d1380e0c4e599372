"""A line to the providers on which something else happens before the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import httpx

from dukani.core.services import Services
from tests.fakes.providers import FakeProviders


def with_slow_line(
    services: Services, providers: FakeProviders, meanwhile: Callable[[], Awaitable[None]]
) -> Services:
    """The same services; `meanwhile` happens once, while the first call is under way."""
    asked = False

    async def answer(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        first, asked = not asked, True
        if first:
            await meanwhile()
        return providers.answer(request)

    return replace(services, http=httpx.AsyncClient(transport=httpx.MockTransport(answer)))
