"""The application under `/auth/v1`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dukani.core.services import Services
from dukani.core.settings import Settings
from dukani.identity import admin_routes, link_routes, sign_in_routes
from dukani.identity.dependencies import TheIdentity
from dukani.identity.errors import answer_as_gotrue
from dukani.identity.service import build_identity
from dukani.web.signed_in import TokenVerifier

API_VERSION = "2024-01-01"
MOST_OF_A_BODY = 32 * 1024

public = APIRouter()


@public.get("/health")
async def health() -> dict[str, str]:
    return {"name": "GoTrue", "version": "dukani", "description": "Dukani's own auth service"}


@public.get("/.well-known/jwks.json")
async def jwks(identity: TheIdentity) -> dict[str, Any]:
    return {"keys": await identity.keys.published()}


def create_identity(services: Services) -> FastAPI:
    """The service. `app.state.identity.tokens` verifies its tokens."""
    identity = build_identity(services)
    app = FastAPI(
        title="Dukani auth",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        max_body_size=MOST_OF_A_BODY,
    )
    app.state.identity = identity
    app.state.tokens = identity.tokens
    answer_as_gotrue(app)
    for router in (public, sign_in_routes.router, link_routes.router, admin_routes.router):
        app.include_router(router)
    app.add_middleware(_Versioned)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=[_origin(identity.app_url), *services.settings.web.allowed_origins],
        allow_methods=["GET", "POST", "PUT"],
        allow_headers=["*"],
        expose_headers=["x-supabase-api-version"],
    )
    return app


def serves_identity(settings: Settings) -> bool:
    """Whether this process is its own auth service."""
    return settings.auth.url is None and settings.environment != "production"


def tokens_of(app: FastAPI) -> TokenVerifier:
    tokens: TokenVerifier = app.state.tokens
    return tokens


def _origin(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


class _Versioned:
    """Names the API's version, which Supabase's clients ask for, and has nothing cached."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def versioned(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["x-supabase-api-version"] = API_VERSION
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self._app(scope, receive, versioned if scope["type"] == "http" else send)
