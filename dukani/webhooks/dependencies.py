"""Dependencies and error handlers that all webhooks share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

import structlog
from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse

from dukani.core.errors import BadSignature, CallerError, ConfigurationError, ProviderError
from dukani.core.services import Services
from dukani.webhooks.directory import Directory
from dukani.webhooks.limits import Limits
from dukani.webhooks.strangers import Strangers

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Webhooks:
    """The services, with this process's cache of numbers and its rate limits."""

    services: Services
    directory: Directory
    limits: Limits
    strangers: Strangers = field(default_factory=Strangers)


def limits_of(services: Services) -> Limits:
    url = services.settings.redis_url
    return Limits(redis_url=url.get_secret_value() if url else None)


def attach_webhooks(app: FastAPI, services: Services) -> None:
    """Let the application's webhooks work with these services (before the first request)."""
    app.state.services = services
    app.state.webhooks = Webhooks(services, Directory(services), limits_of(services))


def answer_errors(app: FastAPI) -> None:
    """Answer a wrong call with 4xx; a webhook whose secret is not set answers 503."""
    app.add_exception_handler(CallerError, _caller_error)
    app.add_exception_handler(ConfigurationError, _configuration_error)
    app.add_exception_handler(ProviderError, _provider_error)


def _path(request: Request) -> str:
    """The webhook's path, for the log, without the payment token that may be part of it."""
    return str(getattr(request.scope.get("route"), "path", request.url.path))


async def _caller_error(request: Request, error: Exception) -> JSONResponse:
    status = error.http_status if isinstance(error, CallerError) else 400
    if isinstance(error, BadSignature):
        log.warning("bad_signature", path=_path(request), reason=str(error))
    return JSONResponse({"detail": str(error)}, status_code=status)


async def _configuration_error(request: Request, error: Exception) -> JSONResponse:
    log.error("webhook_closed", path=_path(request), reason=str(error))
    return JSONResponse({"detail": "this webhook is closed"}, status_code=503)


async def _provider_error(request: Request, error: Exception) -> JSONResponse:
    log.warning("provider_failed", path=_path(request), reason=str(error))
    return JSONResponse({"detail": "try again later"}, status_code=503)


async def _webhooks(request: Request) -> Webhooks:  # a plain function would cost a thread each time
    webhooks: Webhooks = request.app.state.webhooks
    return webhooks


TheWebhooks = Annotated[Webhooks, Depends(_webhooks)]
