"""Reports errors to Sentry: what failed and where, never about whom.

An event is made anew from a list of what may leave: the classes of the errors, the places in the
code, the name of our log line, ids. The text of an error stays here, because nobody can tell what
a library quotes in it (PostgreSQL quotes rows, Pydantic the value it refuses); the log of the
process has it, masked, beside the same ids.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from dukani.core.observability.following import current_trace
from dukani.core.observability.masking import mask_text, masked
from dukani.core.settings import Sentry

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

CLOSING_S = 2.0

_KEPT = (
    *("event_id", "timestamp", "start_timestamp", "type", "platform", "level", "logger"),
    *("release", "environment", "sdk", "transaction", "transaction_info"),
)
_KEPT_OF_FRAME = ("filename", "function", "module", "lineno", "in_app")
_KEPT_OF_SPAN = (
    *("trace_id", "span_id", "parent_span_id", "op", "status", "start_timestamp", "timestamp"),
)
# Fields of our log lines that name things, not people.
_TAGS = ("boutique", "conversation", "payment_id", "message", "code", "setting", "path", "what")

_reporting = False


@contextmanager
def reported(settings: Sentry) -> Iterator[None]:
    """Reports errors during the block, and sends what is left at its end."""
    global _reporting
    import sentry_sdk

    _start(settings)
    _reporting = True
    try:
        yield
    finally:
        _reporting = False
        client = sentry_sdk.get_client()
        client.close(timeout=CLOSING_S)
        sentry_sdk.get_global_scope().set_client(None)


def _start(settings: Sentry) -> None:
    import sentry_sdk
    from sentry_sdk.integrations.fastapi import FastApiIntegration
    from sentry_sdk.integrations.logging import LoggingIntegration
    from sentry_sdk.integrations.starlette import StarletteIntegration

    assert settings.dsn is not None
    sentry_sdk.init(
        dsn=settings.dsn.get_secret_value(),
        environment=settings.environment,
        traces_sample_rate=settings.traces_sample_rate,
        # Only what is named here: found by itself, Sentry would patch the libraries of Gemini,
        # LangGraph and MCP too, and tell of their prompts and arguments.
        auto_enabling_integrations=False,
        integrations=[
            LoggingIntegration(level=None, event_level=logging.ERROR),
            StarletteIntegration(),
            FastApiIntegration(),
        ],
        max_request_body_size="never",
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        auto_session_tracking=False,
        trace_propagation_targets=[],  # providers need not know our traces
        before_send=scrub,
        before_send_transaction=scrub,
    )


def report_log_line(
    _logger: Any, _name: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Structlog processor: reports our own log lines of errors. It changes nothing."""
    if _reporting and line.get("level") in ("error", "critical") and "_record" not in line:
        _report(line)
    return line


def _report(line: Mapping[str, Any]) -> None:
    import sentry_sdk
    from sentry_sdk.utils import event_from_exception, exc_info_from_error

    event: Event = {}
    error = _error_of(line.get("exc_info"))
    if error is not None:
        event, _ = event_from_exception(exc_info_from_error(error))
    event["level"] = "error"
    event["logentry"] = {"message": str(line["event"])}
    event["tags"] = {name: str(line[name]) for name in _TAGS if name in line}
    sentry_sdk.capture_event(event)


def _error_of(exc_info: Any) -> BaseException | None:
    """The error of a log line, which names it in one of three ways."""
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return cast(BaseException | None, exc_info[1])
    return sys.exc_info()[1] if exc_info else None


def scrub(event: Event, _hint: Hint) -> Event:
    """The event with nothing but what may leave."""
    kept: dict[str, Any] = {name: event[name] for name in _KEPT if name in event}  # type: ignore[literal-required]
    if (event.get("transaction_info") or {}).get("source") == "url":
        # A path that is no route's: it can hold anything. Routes are told by their template.
        kept["transaction"] = "unknown path"
    entry = event.get("logentry")
    if entry:
        kept["logentry"] = {"message": _first_line(entry)}
    if values := (event.get("exception") or {}).get("values"):
        kept["exception"] = {"values": [_exception(one) for one in values]}
    if tags := event.get("tags"):
        kept["tags"] = masked(dict(tags))
    if (ours := current_trace()) is not None:
        kept["tags"] = {**kept.get("tags", {}), "trace": ours}
    if trace := (event.get("contexts") or {}).get("trace"):
        kept["contexts"] = {"trace": _only(trace, _KEPT_OF_SPAN)}
    if isinstance(spans := event.get("spans"), list):
        kept["spans"] = [_only(span, _KEPT_OF_SPAN) for span in spans]
    return kept  # type: ignore[return-value]


def _first_line(entry: Mapping[str, Any]) -> str:
    # asyncio puts the error's own text in the lines below.
    text = str(entry.get("formatted") or entry.get("message") or "")
    return mask_text(text.partition("\n")[0])


def _exception(value: Mapping[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames") or []
    return {
        "type": value.get("type"),
        "module": value.get("module"),
        "mechanism": _only(value.get("mechanism") or {}, ("type", "handled", "exception_id",
                                                          "parent_id", "source")),
        "stacktrace": {"frames": [_only(frame, _KEPT_OF_FRAME) for frame in frames]},
    }  # fmt: skip


def _only(value: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value[name] for name in names if name in value}
