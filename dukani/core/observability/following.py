"""One id from what began to what came of it: webhook, job, turn, model, message, payment.

The id is 32 hex digits, as OpenTelemetry's and Langfuse's traces have. It lives in a context
variable, and every log line has it as `trace`. A transaction tells it to the database as
`app.trace`: there it is the default of `messages.trace_id` and `payments.trace_id`, and
`jobs.defer` gives it to each job, whose worker takes it up again. So nobody passes it on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID, uuid4

from structlog.contextvars import bound_contextvars

JOB_ARGUMENT = "trace"  # in a job's arguments; no task sees it

_TRACE: ContextVar[str | None] = ContextVar("trace", default=None)


def current_trace() -> str | None:
    return _TRACE.get()


@contextmanager
def following(trace: str | None = None, **named: str | None) -> Iterator[None]:
    """What the block does belongs to `trace`; without one, it begins a trace of its own.

    Its log lines have `named` too.
    """
    trace = UUID(trace).hex if trace else uuid4().hex
    token = _TRACE.set(trace)
    try:
        with bound_contextvars(trace=trace, **{key: name for key, name in named.items() if name}):
            yield
    finally:
        _TRACE.reset(token)


@contextmanager
def following_on(trace: str | None, **named: str | None) -> Iterator[None]:
    """As `following`, for what was begun before; without `trace` the block goes on as it was."""
    if trace is None:
        yield
        return
    with following(trace, **named):
        yield


def for_the_database() -> bytes:
    """The statement that tells a transaction of the trace; empty without one."""
    trace = _TRACE.get()
    return b"" if trace is None else f"set local app.trace = '{trace}'; ".encode()
