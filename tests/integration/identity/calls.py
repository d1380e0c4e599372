"""Our own auth service on a test's database, a client of it, and the mails that leave."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import respx
from fastapi import FastAPI

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.identity.app import create_identity
from dukani.identity.service import PATH, Identity
from dukani.tools.mails import send_mail
from tests.wiring import some_services

ISSUER = "https://dukani.test/auth/v1"
SERVICE_KEY = "the-service-key"
MAILS = "https://mails.test"
AS_SERVICE = {"authorization": f"Bearer {SERVICE_KEY}"}


class Auth:
    """Calls the service as an app does."""

    def __init__(
        self, http: httpx.AsyncClient, identity: Identity, sent: respx.Route, services: Services
    ) -> None:
        self.http = http
        self.identity = identity
        self.sent = sent
        self.services = services
        http.event_hooks["response"] = [self._deliver_after]

    async def _deliver_after(self, _: httpx.Response) -> None:
        await self.deliver()

    async def deliver(self) -> None:
        """What a worker does with the mails that wait."""
        async with self.services.database.system_connection() as conn:
            cursor = await conn.execute(
                "delete from jobs.procrastinate_jobs where task_name = 'send_mail' returning args"
            )
            waiting = [row["args"] for row in await cursor.fetchall()]
        for args in waiting:
            await send_mail(self.services, **args)

    async def person(self, email: str = "amina@example.com", password: str = "maridadi-1") -> str:
        """The id of a person who can sign in."""
        made = await self.http.post(
            "/admin/users",
            headers=AS_SERVICE,
            json={"email": email, "password": password, "email_confirm": True},
        )
        return str(made.json()["id"])

    async def sign_in(
        self, email: str = "amina@example.com", password: str = "maridadi-1"
    ) -> httpx.Response:
        return await self.http.post(
            "/token?grant_type=password", json={"email": email, "password": password}
        )

    async def session(self) -> dict[str, Any]:
        answer = await self.sign_in()
        assert answer.status_code == 200, answer.text
        session: dict[str, Any] = answer.json()
        return session

    async def refresh(self, token: str) -> httpx.Response:
        return await self.http.post(
            "/token?grant_type=refresh_token", json={"refresh_token": token}
        )

    async def user(self, session: dict[str, Any]) -> httpx.Response:
        return await self.http.get("/user", headers=as_person(session))

    def mailed_link(self) -> str:
        """The link of the latest mail, as a path of the service."""
        text = self.sent.calls.last.request.read().decode()
        found = re.search(rf"{re.escape(ISSUER)}(/verify\?[^\\\s]+)", text)
        assert found is not None
        return found[1]


def as_person(session: dict[str, Any]) -> dict[str, str]:
    return {"authorization": f"Bearer {session['access_token']}"}


@asynccontextmanager
async def serving(database: Database, folder: Path, **auth: Any) -> AsyncIterator[Auth]:
    settings: dict[str, Any] = {
        "auth": {"service_key": SERVICE_KEY} | auth,
        "mail": {"base_url": MAILS, "api_key": "mail-key"},
    }
    async with some_services(database, folder, **settings) as services:
        app = create_identity(services)
        outer = FastAPI()
        outer.mount(PATH, app)
        transport = httpx.ASGITransport(app=outer, client=("203.0.113.7", 1))
        with respx.mock(assert_all_called=False) as outside:
            sent = outside.post(f"{MAILS}/emails").respond(200, json={"id": "mail-1"})
            async with httpx.AsyncClient(transport=transport, base_url=ISSUER) as http:
                yield Auth(http, app.state.identity, sent, services)
