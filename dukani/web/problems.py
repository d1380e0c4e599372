"""Answers every error of our own HTTP APIs as `application/problem+json` (RFC 9457).

A client acts on `code`, the error's class name in snake_case, which does not change; a person
reads `detail`; a form shows each of `errors` beside its field. Webhooks have handlers of their own
(`webhooks/dependencies.py`), because providers expect other answers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg import OperationalError
from psycopg.errors import InsufficientPrivilege, ReadOnlySqlTransaction
from psycopg_pool import PoolTimeout
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from dukani.core.errors import (
    CallerError,
    ConfigurationError,
    DukaniError,
    InvalidValue,
    NotSignedIn,
    OutOfStock,
    ProviderError,
    ProviderUnavailable,
)
from dukani.web.shown_values import ShownValue, is_secret, shown

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"
# Codes of the framework's errors: Python's own names of statuses change between versions.
_HTTP_CODES = {
    400: "bad_request",
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "too_large",
    415: "unsupported_media_type",
    429: "too_many_requests",
}
# A body of many wrong values must not be answered with a larger one.
MOST_TOLD, LONGEST_PATH = 20, 200
SOON_S = 1.0  # Retry-After, where nothing better is known


class FieldError(BaseModel):
    """The error of one value that was sent."""

    model_config = ConfigDict(frozen=True)

    field: str  # path within the body, as `lines.0.quantity`; or a parameter's name
    code: str
    value: ShownValue = None  # as it was sent; none for secrets and for long values
    remedy: str


class Problem(BaseModel):
    """The body of every answer that is an error."""

    model_config = ConfigDict(frozen=True)

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: tuple[FieldError, ...] = ()


def answer_with_problems(app: FastAPI) -> None:
    """Install the error handlers, also for unknown paths and for unexpected exceptions."""
    for kind in (
        DukaniError,
        RequestValidationError,
        HTTPException,
        InsufficientPrivilege,
        ReadOnlySqlTransaction,
        OperationalError,
        PoolTimeout,
        RecursionError,
        Exception,
    ):
        app.add_exception_handler(kind, answer_problem)


def problem_of(error: Exception) -> Problem:
    """The answer to an error, without anything that the caller may not know."""
    match error:
        case InvalidValue():
            return _invalid([_field_error(error)])
        case OutOfStock():
            return _out_of_stock(error)
        case CallerError():
            return _problem(error.http_status, code_of(type(error)), detail=str(error))
        case RequestValidationError():
            return _invalid([_of_pydantic(one) for one in error.errors()[:MOST_TOLD]])
        case RecursionError():
            return _problem(400, "bad_request", detail="It is nested too deeply to be read.")
        case ProviderError():
            # The provider's message goes to our log only: it may name the boutique's account.
            unavailable = isinstance(error, ProviderUnavailable)
            said = (type(error).__doc__ or "").strip().splitlines()[0]
            return _problem(
                503 if unavailable else 502,
                code_of(type(error)),
                detail=f"{error.provider}: {said}",
            )
        case ConfigurationError():
            return _problem(
                503, "not_configured", detail="This is not set up here: tell whoever runs Dukani."
            )
        case HTTPException():
            return _of_http(error)
        case ReadOnlySqlTransaction():  # of who only looks: any other transaction may write
            return _problem(403, "looks_only", detail="You only look at this shop.")
        case InsufficientPrivilege():
            return _problem(
                403,
                "not_allowed",
                detail="Your role may not do that: ask an owner of the boutique.",
            )
        case OperationalError() | PoolTimeout():
            return _problem(503, "unavailable", detail="Too much at once: try again in a moment.")
    return _problem(500, "internal", detail="Something went wrong on our side: try again later.")


def code_of(kind: type[DukaniError]) -> str:
    """`OutOfStock` → `out_of_stock`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def headers_of(error: Exception) -> dict[str, str]:
    """Retry-After, in whole seconds, how to sign in, and the headers an HTTP error carries."""
    if isinstance(error, HTTPException):
        return dict(error.headers or {})
    if isinstance(error, NotSignedIn):
        return {"www-authenticate": "Bearer"}
    wait_s = getattr(error, "retry_after_s", None)
    if wait_s is None and isinstance(error, OperationalError | PoolTimeout):
        wait_s = SOON_S
    return {} if wait_s is None else {"retry-after": str(max(1, math.ceil(wait_s)))}


async def answer_problem(request: Request, error: Exception) -> JSONResponse:
    """The answer to an error, which is logged when it is ours."""
    problem = problem_of(error)
    if problem.status >= 500:
        route = getattr(request.scope.get("route"), "path", request.url.path)
        log.error("request_failed", path=route, code=problem.code, reason=str(error))
    return JSONResponse(
        problem.model_dump(mode="json", exclude_none=True),
        status_code=problem.status,
        headers=headers_of(error),
        media_type=MEDIA_TYPE,
    )


def _problem(status: int, code: str, *, detail: str, errors: Sequence[FieldError] = ()) -> Problem:
    return Problem(
        type=f"urn:dukani:problem:{code}",
        title=code.replace("_", " ").capitalize(),
        status=status,
        code=code,
        detail=detail,
        errors=tuple(errors),
    )


def _invalid(errors: Sequence[FieldError]) -> Problem:
    detail = "; ".join(f"{error.field}: {error.remedy}" for error in errors)
    return _problem(422, code_of(InvalidValue), detail=detail, errors=errors)


def _field_error(error: InvalidValue) -> FieldError:
    return FieldError(
        field=error.field,
        code=code_of(type(error)),
        value=shown((error.field,), error.value),
        remedy=error.remedy,
    )


def _out_of_stock(error: OutOfStock) -> Problem:
    field = FieldError(
        field="variant_id",
        code=code_of(OutOfStock),
        value=error.variant_id,
        remedy=f"Only {error.available} left: take fewer."
        if error.available
        else "It is sold out.",
    )
    return _problem(error.http_status, code_of(OutOfStock), detail=field.remedy, errors=[field])


def _of_pydantic(error: Mapping[str, Any]) -> FieldError:
    """A pydantic error; its path begins with the value's place (body, query, header)."""
    came_in, *path = error["loc"]
    kind = str(error["type"])
    if kind == "json_invalid":  # the path is then a position in the text
        return FieldError(field="body", code=kind, remedy="Send valid JSON.")
    remedy = str(error["msg"])
    if kind != "missing" and is_secret(error["loc"]):  # a message may quote the value
        remedy = "Send a valid value."
    return FieldError(
        field=".".join(map(str, path))[:LONGEST_PATH] or str(came_in),
        code=kind,
        value=shown(error["loc"], error.get("input")) if path and _is_of_a_value(kind) else None,
        remedy=remedy,
    )


def _is_of_a_value(kind: str) -> bool:
    """Whether the error is of one value; a string in an object's place may hold the object."""
    whole = kind.endswith(("_type", "_attributes_type")) and kind.startswith(("model", "dict"))
    return not whole and kind not in ("missing", "extra_forbidden")


def _of_http(error: HTTPException) -> Problem:
    code = _HTTP_CODES.get(error.status_code, f"http_{error.status_code}")
    return _problem(error.status_code, code, detail=str(error.detail))
