"""Supabase Storage beyond the network: one private bucket, its answers as the server gives them.

Nearly every refusal is a 400 that names the real status in its body.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dukani.core.clients.supabase_storage import SupabaseMediaStore

ADDRESS = "https://p.supabase.test"
BUCKET = "media"
OBJECT = "/storage/v1/object"


def refusal(status: int, error: str, message: str = "") -> Response:
    body = {"statusCode": str(status), "error": error, "message": message or error}
    return JSONResponse(body, 500 if status == 500 else 400)


class FakeStorage:
    """Takes, hands out and signs files; `kept` holds each with its type and cache time."""

    def __init__(self, key: str = "key") -> None:
        self.kept: dict[str, tuple[bytes, str | None, Any]] = {}
        self.asked: list[tuple[str, str]] = []
        self.key = key
        self.signs = True

    def store(
        self,
        *,
        key: str = "key",
        bucket: str = BUCKET,
        clock: Callable[[], float] = time.monotonic,
    ) -> SupabaseMediaStore:
        """Our client, which reaches this Storage."""
        http = httpx.AsyncClient(transport=httpx.ASGITransport(self.app()))
        return SupabaseMediaStore(http, f"{ADDRESS}/", service_key=key, bucket=bucket, clock=clock)

    def app(self) -> Starlette:
        named = "{bucket}/{name:path}"
        return Starlette(
            routes=[
                Route(f"{OBJECT}/info/{named}", self._info, methods=["GET"]),
                Route(f"{OBJECT}/sign/{named}", self._sign, methods=["POST"]),
                Route(f"{OBJECT}/{named}", self._upload, methods=["POST"]),
                Route(f"{OBJECT}/{named}", self._download, methods=["GET"]),
            ]
        )

    def _refused(self, request: Request, *, there: bool) -> Response | None:
        self.asked.append((request.method, request.url.path))
        headers, name = request.headers, request.path_params["name"]
        if headers.get("authorization") != f"Bearer {self.key}" or headers["apikey"] != self.key:
            return refusal(403, "Unauthorized", "signature verification failed")
        if request.path_params["bucket"] != BUCKET:
            return refusal(404, "Bucket not found")
        if there and name not in self.kept:
            return refusal(404, "not_found", "Object not found")
        return None

    async def _upload(self, request: Request) -> Response:
        if refused := self._refused(request, there=False):
            return refused
        name = request.path_params["name"]
        if name in self.kept and request.headers["x-upsert"] != "true":
            return refusal(409, "Duplicate", "The resource already exists")
        async with request.form() as form:
            file = form["file"]
            assert isinstance(file, UploadFile)
            self.kept[name] = (await file.read(), file.content_type, form["cacheControl"])
        return JSONResponse({"Key": f"{BUCKET}/{name}", "Id": str(len(self.kept))})

    async def _download(self, request: Request) -> Response:
        if refused := self._refused(request, there=True):
            return refused
        content, content_type, _ = self.kept[request.path_params["name"]]
        return Response(content, media_type=content_type)

    async def _info(self, request: Request) -> Response:
        if refused := self._refused(request, there=True):
            return refused
        return JSONResponse({"name": request.path_params["name"]})

    async def _sign(self, request: Request) -> Response:
        if refused := self._refused(request, there=True):
            return refused
        if not self.signs:
            return refusal(500, "Internal")
        life = (await request.json())["expiresIn"]
        name = request.path_params["name"]
        address = f"/object/sign/{BUCKET}/{name}?token=ey.{life}.{len(self.asked)}"
        return JSONResponse({"signedURL": address})
