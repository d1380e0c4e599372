"""supabase-js, of the version that the dashboard has, works with our service unchanged."""

from __future__ import annotations

import asyncio
import shutil
import socket
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from dukani.core.database import Database
from dukani.core.settings import ROOT
from dukani.identity.app import create_identity
from dukani.identity.service import PATH
from tests.integration.identity.calls import SERVICE_KEY
from tests.wiring import some_services

DASHBOARD = ROOT / "dashboard"
SCRIPT = ROOT / "tests" / "js" / "auth.mjs"
INSTALLED = DASHBOARD / "node_modules" / "@supabase" / "supabase-js"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("node") is None or not INSTALLED.exists(),
        reason="no node here, or `npm ci` was not run in dashboard/",
    ),
]


async def test_a_persons_day(database: Database, tmp_path: Path) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = {"auth": {"service_key": SERVICE_KEY}, "web": {"public_url": base}}
        async with some_services(database, tmp_path, **settings) as services:
            app = FastAPI()
            app.mount(PATH, create_identity(services))
            server = uvicorn.Server(uvicorn.Config(app, log_config=None))
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            try:
                process = await asyncio.create_subprocess_exec(
                    "node",
                    str(SCRIPT),
                    base,
                    SERVICE_KEY,
                    cwd=DASHBOARD,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=asyncio.subprocess.STDOUT,
                )
                said, _ = await asyncio.wait_for(process.communicate(), timeout=60)
            finally:
                server.should_exit = True
                await serving

    assert said.decode() == "done\n"
