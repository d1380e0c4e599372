"""A sandbox mounted in a stand-in for Dukani, on a real port."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import uvicorn
from fastapi import FastAPI, Request, Response

from dukani.core.clients.meta import verify_meta_signature
from dukani.sandbox.accounts import META_APP_SECRET, ZURI
from dukani.sandbox.app import create_sandbox
from dukani.webhooks.twilio_signature import verify_twilio_signature

SHOPPER = "+254712345678"
PICTURE = b"\xff\xd8\xff\xe0 a picture"


class Target:
    """What Dukani would hear: every webhook, with its signature checked."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: dict[str, asyncio.Queue[Any]] = {}
        self.refuse_next = 0

    def queue(self, name: str) -> asyncio.Queue[Any]:
        return self.heard.setdefault(name, asyncio.Queue())

    async def next(self, name: str) -> Any:
        """The next webhook at a webhook."""
        return await asyncio.wait_for(self.queue(name).get(), 5)

    async def silence(self, name: str) -> bool:
        """Whether nothing more comes to a webhook."""
        await asyncio.sleep(0.15)
        return self.queue(name).empty()

    async def statuses(self, count: int) -> list[str]:
        """The statuses Meta reports next."""
        values = [(await self.next("meta"))["value"] for _ in range(count)]
        return [value["statuses"][0]["status"] for value in values]


def target_app(target: Target) -> FastAPI:
    app = FastAPI()

    @app.post("/webhook/whatsapp")
    @app.post("/status")
    async def twilio(request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        signature = request.headers["x-twilio-signature"]
        assert verify_twilio_signature(ZURI.auth_token, str(request.url), form, signature)
        if request.url.query:
            form["query"] = request.url.query
        target.queue(request.url.path).put_nowait(form)
        if target.refuse_next:
            target.refuse_next -= 1
            return Response(status_code=503)
        return Response("<Response/>", media_type="text/xml")

    @app.post("/webhook/meta")
    async def meta(request: Request) -> Response:
        raw = await request.body()
        header = request.headers["x-hub-signature-256"]
        assert verify_meta_signature(META_APP_SECRET, raw, header)
        if target.refuse_next:
            target.refuse_next -= 1
            return Response(status_code=503)
        target.queue("meta").put_nowait(json.loads(raw)["entry"][0]["changes"][0])
        return Response()

    @app.post("/paid/{token}")
    async def paid(token: str, request: Request) -> Response:
        target.queue("paid").put_nowait(await request.body())
        return Response()

    @app.get("/picture.jpg")
    async def picture() -> Response:
        return Response(PICTURE, media_type="image/jpeg")

    @app.get("/receipt-1.pdf")
    async def receipt() -> Response:
        return Response(b"%PDF-1.3", media_type="application/pdf")

    return app


@asynccontextmanager
async def served(
    state_path: Path | None = None, *, port: int | None = None, **options: Any
) -> AsyncIterator[Target]:
    """The sandbox at {url}/sandbox, mounted as the API mounts it."""
    target = Target()
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port or 0))
        target.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        sandbox = create_sandbox(
            base_url=f"{target.url}/sandbox",
            target_url=target.url,
            state_path=state_path,
            **options,
        )
        app = target_app(target)
        app.mount("/sandbox", sandbox)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        async with sandbox.router.lifespan_context(sandbox):
            serving = asyncio.create_task(server.serve(sockets=[listener]))
            while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(0.01)
            yield target
            server.should_exit = True
            await serving


class Phone:
    """A shopper's hands."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def write(self, account: str = "zuri", **fields: Any) -> dict[str, Any]:
        body = {"account": account, "contact": SHOPPER, "wait": True, **fields}
        response = await self._http.post("/phone/api/messages", json=body)
        assert response.status_code == 201, response.text
        return dict(response.json())

    async def chat(self, account: str = "zuri", contact: str = SHOPPER) -> dict[str, Any]:
        query = {"account": account, "contact": contact}
        return dict((await self._http.get("/phone/api/chat", params=query)).json())

    async def faults(self, **services: dict[str, Any]) -> None:
        response = await self._http.post("/faults", json=services)
        assert response.status_code == 200, response.text

    async def picture(self, content: bytes = PICTURE) -> str:
        response = await self._http.post(
            "/phone/api/media", content=content, headers={"content-type": "image/jpeg"}
        )
        return str(response.json()["id"])

    async def prompt(self) -> dict[str, Any]:
        """The prompt now open on the phone."""
        prompts = (await self.chat())["prompts"]
        assert len(prompts) == 1
        return dict(prompts[0])

    async def answer(self, push: str | None = None, **answer: Any) -> None:
        """Deal with the open prompt, or with one of the past."""
        push = push or (await self.prompt())["checkout_request_id"]
        response = await self._http.post(f"/phone/api/prompts/{push}", json=answer)
        assert response.status_code == 204, response.text
