"""Our own auth service on a test's database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dukani.core.database import Database
from tests.integration.identity.calls import Auth, serving


@pytest.fixture
async def auth(database: Database, tmp_path: Path) -> AsyncIterator[Auth]:
    async with serving(database, tmp_path) as auth:
        yield auth
