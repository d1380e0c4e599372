"""A demo's outside world on a real port."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.integration.sandbox.outside import Target, served


@pytest.fixture
async def target() -> AsyncIterator[Target]:
    async with served() as target:
        yield target
