"""An older MCP server on a real port, which answers calls of PayLink's tool as it is told."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TOOL = {"name": "stk_push", "inputSchema": {"type": "object"}}


class FakePayLink:
    """`next` holds what the calls to come are answered with, as (HTTP status, body)."""

    def __init__(self) -> None:
        self.url = ""
        self.sessions = 0
        self.calls: list[dict[str, str]] = []  # the tool's arguments
        self.callback_urls: list[str] = []
        self.next: list[tuple[int, dict[str, Any]]] = []

    async def answer(self, request: Request) -> Response:
        if request.method != "POST":
            return Response(status_code=405)
        asked = json.loads(await request.body())
        method, id_ = asked.get("method"), asked.get("id")
        if method == "initialize":
            return self._greet(asked)
        if id_ is None:
            return Response(status_code=202)
        if method == "tools/list":
            return _result(id_, {"tools": [TOOL]})
        if method != "tools/call":
            return _error(id_, -32601, "Method not found")
        return self._call(request, asked)

    def _greet(self, asked: dict[str, Any]) -> Response:
        self.sessions += 1
        greeting = {
            "protocolVersion": asked["params"]["protocolVersion"],
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "paylink", "version": "0.4.2"},
        }
        answer = _result(asked["id"], greeting)
        answer.headers["mcp-session-id"] = f"session-{self.sessions}"
        return answer

    def _call(self, request: Request, asked: dict[str, Any]) -> Response:
        self.calls.append(asked["params"]["arguments"])
        self.callback_urls.append(request.headers["mpesa_callback_url"])
        if not self.next:
            return _result(asked["id"], said(json.dumps(_taken(len(self.calls)))))
        status, body = self.next.pop(0)
        own_id = {} if body.get("id") in ("server-error", None) else {"id": asked["id"]}
        return JSONResponse(body | own_id, status_code=status)


def says(text: str) -> tuple[int, dict[str, Any]]:
    """A tool's answer in words."""
    return gives(said(text))


def gives(result: Any) -> tuple[int, dict[str, Any]]:
    """A tool's answer as the server hands it on."""
    return 200, {"jsonrpc": "2.0", "id": 3, "result": result}


def said(text: str) -> dict[str, Any]:
    return {"content": [{"type": "text", "text": text}], "isError": False}


def fails(
    code: int, message: str, *, status: int = 200, id_: Any = 3
) -> tuple[int, dict[str, Any]]:
    """An error of JSON-RPC, under an HTTP status."""
    error = {"code": code, "message": message}
    return status, {"jsonrpc": "2.0", "id": id_, "error": error}


def _taken(number: int) -> dict[str, str]:
    return {
        "status": "success",
        "message": "Success. Request accepted for processing",
        "merchant_request_id": "m-1",
        "checkout_request_id": f"ws_CO_P{number}",
    }


def _result(id_: Any, result: dict[str, Any]) -> JSONResponse:
    return JSONResponse({"jsonrpc": "2.0", "id": id_, "result": result})


def _error(id_: Any, code: int, message: str) -> JSONResponse:
    error = {"code": code, "message": message}
    return JSONResponse({"jsonrpc": "2.0", "id": id_, "error": error})


@asynccontextmanager
async def serving_paylink() -> AsyncIterator[FakePayLink]:
    fake = FakePayLink()
    app = Starlette(routes=[Route("/mcp", fake.answer, methods=["POST", "GET", "DELETE"])])
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        fake.url = f"http://127.0.0.1:{listener.getsockname()[1]}/mcp"
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        yield fake
        server.should_exit = True
        await serving
