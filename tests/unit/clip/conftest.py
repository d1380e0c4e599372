"""The stand-in for Hugging Face, reached without a network."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from dukani.sandbox.model_hub import ModelHub, router


@pytest.fixture
def hub() -> ModelHub:
    return ModelHub()


@pytest.fixture
async def http(hub: ModelHub) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(router(hub))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, follow_redirects=True) as client:
        yield client
