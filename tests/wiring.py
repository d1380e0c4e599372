"""Services and webhooks on a test's own database, and calls signed as the providers sign them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from fastapi import FastAPI

from dukani.core.clients.meta import meta_signature
from dukani.core.crypto import new_key
from dukani.core.database import Database
from dukani.core.observability.following import JOB_ARGUMENT
from dukani.core.services import Services, build_http, build_services
from dukani.core.settings import GivenSettings, Settings
from dukani.core.store import credentials
from dukani.core.store.credentials import Provider
from dukani.sandbox.twilio_signature import twilio_signature
from dukani.webhooks.dependencies import answer_errors, attach_webhooks
from dukani.webhooks.routes import router
from tests.applications import Applications
from tests.factories import a_boutique

PUBLIC_URL = "https://dukani.test"
APP_SECRET = "app-secret"
VERIFY_TOKEN = "verify-token"
AUTH_TOKEN = "auth-token"
TWILIO_NUMBER = "+254700000901"
META_NUMBER = "100000000000901"


def some_settings(folder: Path, **values: Any) -> Settings:
    """Settings with every webhook open, nothing read from this machine."""
    given: dict[str, Any] = {
        "environment": "test",
        "data_dir": folder,
        "web": {"public_url": PUBLIC_URL},
        "security": {"encryption_keys": [new_key()]},
        "meta": {"app_secret": APP_SECRET, "verify_token": VERIFY_TOKEN},
    }
    return GivenSettings(**(given | values))


@asynccontextmanager
async def some_services(
    database: Database, folder: Path, *, http: httpx.AsyncClient | None = None, **values: Any
) -> AsyncIterator[Services]:
    """Services on a database; `http` replaces the line to the providers."""
    async with http or build_http() as line:
        yield build_services(some_settings(folder, **values), database, line)


def with_settings(services: Services, **values: Any) -> Services:
    """The same services under other settings: groups by name, as dicts."""
    settings = services.settings.model_copy(
        update={
            group: getattr(services.settings, group).model_copy(update=fields)
            for group, fields in values.items()
        }
    )
    return replace(services, settings=settings)


@asynccontextmanager
async def doors_of(services: Services) -> AsyncIterator[httpx.AsyncClient]:
    """A client that calls the webhooks."""
    with _DOORS.lend() as app:
        attach_webhooks(app, services)
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as client:
            yield client


def _build_doors() -> FastAPI:
    app = FastAPI()
    app.include_router(router)
    answer_errors(app)
    return app


_DOORS = Applications(_build_doors)


async def a_line(services: Services, provider: Provider, account: str, **boutique: Any) -> str:
    """The id of a boutique with a number at a provider."""
    line = {"whatsapp_provider": provider} if provider in ("twilio", "meta") else {}
    boutique_id = await a_boutique(services.database, **(line | boutique))
    secrets = {
        "twilio": {"account_sid": "AC901", "auth_token": AUTH_TOKEN},
        "meta": {"access_token": "meta-token"},
    }
    async with services.database.system_connection() as conn:
        await credentials.put(
            conn,
            boutique_id=boutique_id,
            provider=provider,
            account=account,
            secrets=secrets.get(provider, {}),
            box=services.secrets,
        )
    return boutique_id


@dataclass(frozen=True, slots=True)
class Caller:
    """Calls the webhooks as the providers do."""

    client: httpx.AsyncClient

    async def twilio(
        self, path: str = "/webhook/whatsapp", *, token: str = AUTH_TOKEN, **fields: str
    ) -> httpx.Response:
        form = {
            "MessageSid": "SM1",
            "From": "whatsapp:+254712000001",
            "To": f"whatsapp:{TWILIO_NUMBER}",
            "Body": "Habari",
            "NumMedia": "0",
            "ProfileName": "Wanjiku",
            "WaId": "254712000001",
            "AccountSid": "AC901",
            "SmsStatus": "received",
        } | fields
        signature = twilio_signature(token, PUBLIC_URL + path, form)
        return await self.client.post(
            path,
            content=urlencode(form),
            headers={
                "x-twilio-signature": signature,
                "content-type": "application/x-www-form-urlencoded",
            },
        )

    async def twilio_status(
        self, status: str, *, sid: str = "SM9", message_id: str = "", **fields: str
    ) -> httpx.Response:
        query = f"?message={message_id}" if message_id else ""
        ours = {"From": f"whatsapp:{TWILIO_NUMBER}", "To": "whatsapp:+254712000001"}
        return await self.twilio(
            f"/webhook/whatsapp/status{query}",
            **({"MessageSid": sid, "MessageStatus": status, "Body": ""} | ours | fields),
        )

    async def meta(self, *changes: dict[str, Any], secret: str = APP_SECRET) -> httpx.Response:
        body = {
            "object": "whatsapp_business_account",
            "entry": [{"id": "WABA", "changes": list(changes)}],
        }
        return await self.meta_raw(json.dumps(body).encode(), secret=secret)

    async def meta_raw(self, raw: bytes, *, secret: str = APP_SECRET) -> httpx.Response:
        return await self.client.post(
            "/webhook/meta",
            content=raw,
            headers={"x-hub-signature-256": meta_signature(secret, raw)},
        )


def a_change(
    field: str = "messages", *, account: str = META_NUMBER, **value: Any
) -> dict[str, Any]:
    """One change of a number at Meta."""
    metadata = {"display_phone_number": "254700000901", "phone_number_id": account}
    return {"field": field, "value": {"metadata": metadata, **value}}


def a_meta_message(message_id: str = "wamid.1", **fields: Any) -> dict[str, Any]:
    return {
        "from": "254712000001",
        "id": message_id,
        "timestamp": "1790000000",
        "type": "text",
        "text": {"body": "Habari"},
    } | fields


async def rows(services: Services, table: str, columns: str = "*") -> list[dict[str, Any]]:
    """Every boutique's rows of a table, in the order they came."""
    order = "seq" if table == "messages" else "created_at" if table == "customers" else "id"
    async with services.database.system_connection() as conn:
        cursor = await conn.execute(f"select {columns} from {table} order by {order}".encode())
        return list(await cursor.fetchall())


async def jobs(services: Services, task: str | None = None) -> list[dict[str, Any]]:
    """The jobs waiting, oldest first, with the arguments that their tasks see."""
    async with services.database.system_connection() as conn:
        cursor = await conn.execute(
            "select task_name, lock, args, scheduled_at from jobs.procrastinate_jobs"
            " where status = 'todo' order by id"
        )
        found = list(await cursor.fetchall())
    for job in found:
        job["args"].pop(JOB_ARGUMENT, None)
    return [job for job in found if task in (None, job["task_name"])]
