"""Answers errors as GoTrue does: `{code, error_code, msg}`; clients act on `error_code`."""

from __future__ import annotations

import math
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg import DataError, OperationalError
from psycopg_pool import PoolTimeout
from starlette.exceptions import HTTPException

from dukani.core.errors import CallerError, ConfigurationError, NotSignedIn, TooManyRequests

log = structlog.get_logger()


class AuthRefused(CallerError):
    """The auth service refuses that."""

    def __init__(self, message: str, *, code: str, status: int = 400, **more: Any) -> None:
        super().__init__(message)
        self.http_status = status
        self.code = code
        self.more = more  # what the body holds besides


def invalid_credentials() -> AuthRefused:
    """The same for an unknown account and a wrong password."""
    return AuthRefused("Invalid login credentials", code="invalid_credentials")


def answer_as_gotrue(app: FastAPI) -> None:
    for kind in (
        CallerError,
        ConfigurationError,
        RequestValidationError,
        HTTPException,
        DataError,
        OperationalError,
        PoolTimeout,
        Exception,
    ):
        app.add_exception_handler(kind, _answer)


def _described(error: Exception) -> tuple[int, str, str, dict[str, Any]]:
    match error:
        case AuthRefused():
            return error.http_status, error.code, str(error), error.more
        case NotSignedIn():
            return 403, "bad_jwt", "The access token is not valid, or no longer.", {}
        case TooManyRequests():
            return 429, "over_request_rate_limit", str(error), {}
        case CallerError():
            return error.http_status, "validation_failed", str(error), {}
        case RequestValidationError():
            # Names of fields only: the values may be passwords.
            fields = ", ".join(sorted({str(one["loc"][-1]) for one in error.errors()}))
            return 400, "validation_failed", f"missing or not as it should be: {fields}", {}
        case DataError():
            return 400, "validation_failed", "a value holds what cannot be kept", {}
        case HTTPException():
            return error.status_code, "not_found", str(error.detail), {}
        case ConfigurationError() | OperationalError() | PoolTimeout():
            return 503, "unexpected_failure", "Try again in a moment.", {}
    return 500, "unexpected_failure", "Something went wrong on our side: try again later.", {}


async def _answer(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, NotSignedIn) and "authorization" not in request.headers:
        error = AuthRefused(
            "This endpoint requires a Bearer token", code="no_authorization", status=401
        )
    status, code, message, more = _described(error)
    if status >= 500:
        log.error("auth_request_failed", path=request.url.path, reason=str(error))
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    if isinstance(error, TooManyRequests):
        headers["retry-after"] = str(max(1, math.ceil(error.retry_after_s)))
    body = {"code": status, "error_code": code, "msg": message, **more}
    return JSONResponse(body, status_code=status, headers=headers)
