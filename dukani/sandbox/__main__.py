"""Runs the sandbox as a process of its own: `python -m dukani.sandbox`.

The sandbox listens at `DUKANI_SANDBOX__URL` and calls Dukani at `DUKANI_WEB__PUBLIC_URL`; each
process survives a crash of the other.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import uvicorn
from fastapi import FastAPI

from dukani.core.idle_connections import IDLE_CONNECTION_S
from dukani.core.observability.logs import set_up_logging
from dukani.core.settings import Settings
from dukani.sandbox.answer_times import AnswerTimes
from dukani.sandbox.app import base_path, create_sandbox


def sandbox_app(settings: Settings) -> FastAPI:
    """The sandbox, mounted at the path of its address."""
    sandbox = create_sandbox(
        base_url=settings.sandbox.url,
        target_url=settings.web.public_url,
        state_path=settings.data_dir / "sandbox.json",
        answer_times=AnswerTimes.of(settings.sandbox),
    )
    path = base_path(settings.sandbox.url)
    if not path:
        return sandbox

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        async with sandbox.router.lifespan_context(sandbox):
            yield

    app = FastAPI(lifespan=running)
    app.mount(path, sandbox)
    return app


def main() -> None:
    settings = Settings()
    set_up_logging(level=settings.log_level, as_json=settings.log_json)
    address = httpx.URL(settings.sandbox.url)
    uvicorn.run(
        sandbox_app(settings),
        host=address.host,
        port=address.port or 80,
        log_config=None,
        access_log=False,
        timeout_keep_alive=IDLE_CONNECTION_S,
    )


if __name__ == "__main__":
    main()
