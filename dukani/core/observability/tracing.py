"""What the assistant did in a turn, told to Langfuse; nothing at all where Langfuse is not set up.

A conversation is Langfuse's session, a turn one trace in it. Whoever does something worth a span
says so with `span("searching")`, which the metrics time in any case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Literal, Protocol

from dukani.core.observability.measuring import turn_part
from dukani.core.settings import Langfuse

Name = Literal["turn", "reading", "seeing", "hearing", "searching", "wording"]


class Call(Protocol):
    """One call to a model, while it is under way."""

    def used(self, input_tokens: int, output_tokens: int) -> None: ...

    def answered(self, output: Any) -> None: ...

    def failed(self, reason: str) -> None: ...


class Tracer(Protocol):
    def conversation(
        self, boutique_id: str, conversation_id: str | None
    ) -> AbstractContextManager[None]: ...

    def span(self, name: Name) -> AbstractContextManager[None]: ...

    def call(
        self, model: str, system: str, words: str, media: Sequence[str]
    ) -> AbstractContextManager[Call]: ...

    def keep_private(self, strings: Sequence[str]) -> None: ...


class _NoCall:
    def used(self, input_tokens: int, output_tokens: int) -> None:
        pass

    def answered(self, output: Any) -> None:
        pass

    def failed(self, reason: str) -> None:
        pass


_NOTHING: AbstractContextManager[None] = nullcontext()
_NO_CALL: AbstractContextManager[Call] = nullcontext(_NoCall())
_tracer: Tracer | None = None


@contextmanager
def traced(settings: Langfuse) -> Iterator[None]:
    """Traces everything during the block, and sends what is left at its end."""
    global _tracer
    from dukani.core.observability.langfuse_tracer import LangfuseTracer

    tracer = LangfuseTracer(settings)
    _tracer = tracer
    try:
        yield
    finally:
        _tracer = None
        tracer.close()


def conversation(*, boutique_id: str, conversation_id: str | None) -> AbstractContextManager[None]:
    """The spans of the block belong to this conversation; without one, to the boutique alone."""
    return _NOTHING if _tracer is None else _tracer.conversation(boutique_id, conversation_id)


@contextmanager
def span(name: Name) -> Iterator[None]:
    """Times the block for the metrics, and tells Langfuse of it where that is set up."""
    with turn_part(name), _NOTHING if _tracer is None else _tracer.span(name):
        yield


def call(
    model: str, *, system: str, words: str, media: Sequence[str] = ()
) -> AbstractContextManager[Call]:
    """The block asks `model`; of photos and recordings only a description is told, never a byte."""
    return _NO_CALL if _tracer is None else _tracer.call(model, system, words, media)


def keep_private(*strings: str | None) -> None:
    """Mask these strings, such as the customer's name, until the conversation's block ends."""
    if _tracer is not None:
        _tracer.keep_private([one for one in strings if one])
