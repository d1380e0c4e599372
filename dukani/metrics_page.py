"""`/metrics`: what a process counts, for a Prometheus that proves itself with a token."""

from __future__ import annotations

from hmac import compare_digest

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from dukani.core.observability import metrics
from dukani.core.observability.metric_figures import MetricFigures
from dukani.core.services import Services
from dukani.core.settings import Settings

CLOSED = "Set DUKANI_WATCH__TOKEN, and ask with it as a bearer token."
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def metrics_routes(services: Services, *, port_of_its_own: bool) -> APIRouter:
    """The page; on a port that only this machine reaches it needs no token."""
    settings = services.settings
    router = APIRouter()
    figures = MetricFigures(services.database, stalled_after_s=settings.queue.stalled_after_s)
    is_private = port_of_its_own and settings.watch.host in LOOPBACK

    @router.get("/metrics", include_in_schema=False)
    async def page(request: Request) -> Response:
        if not may_read(request.headers.get("authorization", ""), settings, private=is_private):
            return JSONResponse({"detail": CLOSED}, status_code=401)
        await figures.refresh()
        return Response(generate_latest(metrics.REGISTRY), media_type=CONTENT_TYPE_LATEST)

    return router


def may_read(authorization: str, settings: Settings, *, private: bool) -> bool:
    """Whether the header has the token; without a token set, only a private port is open."""
    token = settings.watch.token
    if token is None:
        return private
    given = authorization.removeprefix("Bearer ")
    return compare_digest(given.encode(), token.get_secret_value().encode())
