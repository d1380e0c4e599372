"""A sandbox on a real port, a line to it and a shopper's hands."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.integration.sandbox.outside import Phone, Target, served


@pytest.fixture
async def target() -> AsyncIterator[Target]:
    async with served() as target:
        yield target


@pytest.fixture
async def http(target: Target) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{target.url}/sandbox") as http:
        yield http


@pytest.fixture
def phone(http: httpx.AsyncClient) -> Phone:
    return Phone(http)
