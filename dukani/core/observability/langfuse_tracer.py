"""Tells Langfuse of turns, spans and calls to models, masked. Imported only with keys.

Everything is masked here before Langfuse gets it, where it is still data with fields. Errors are
told by their class alone: a span that an error passes through would send its text.
"""

from __future__ import annotations

import json
from asyncio import CancelledError
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from langfuse import Langfuse as Client
from langfuse import LangfuseGeneration, propagate_attributes
from langfuse.types import TraceContext
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import get_current_span

from dukani.core.observability.following import current_trace
from dukani.core.observability.masking import MASK, masked, private_strings, without
from dukani.core.observability.tracing import Call, Name
from dukani.core.settings import Langfuse

TIMEOUT_S = 5

_private: ContextVar[set[str] | None] = ContextVar("private_strings", default=None)


class LangfuseTracer:
    def __init__(self, settings: Langfuse) -> None:
        assert settings.public_key is not None and settings.secret_key is not None
        self._client = Client(
            public_key=settings.public_key,
            secret_key=settings.secret_key.get_secret_value(),
            base_url=settings.base_url,
            environment=settings.environment,
            timeout=TIMEOUT_S,
            mask=_mask,
            # A provider of our own: other libraries' spans (MCP has some, with the arguments of
            # payments) would go to a global one.
            tracer_provider=TracerProvider(shutdown_on_exit=False),
        )

    def close(self) -> None:
        """Send what is left; blocks for some seconds at most."""
        self._client.shutdown()

    @contextmanager
    def conversation(self, boutique_id: str, conversation_id: str | None) -> Iterator[None]:
        token = _private.set(set())
        try:
            with propagate_attributes(session_id=conversation_id, tags=[f"boutique:{boutique_id}"]):
                yield
        finally:
            _private.reset(token)

    @contextmanager
    def span(self, name: Name) -> Iterator[None]:
        with self._told(
            self._client.start_as_current_observation(
                name=name, as_type="span", trace_context=_root_of(current_trace())
            )
        ):
            yield

    @contextmanager
    def call(self, model: str, system: str, words: str, media: Sequence[str]) -> Iterator[Call]:
        starting = self._client.start_as_current_observation(
            name="model", as_type="generation", model=model
        )
        call = _Call(system, words, media)
        with self._told(starting, call.reason_of) as generation:
            try:
                yield call
            finally:
                call.tell(generation)

    def keep_private(self, strings: Sequence[str]) -> None:
        kept = _private.get()
        if kept is not None:
            kept.update(strings)

    @contextmanager
    def _told(
        self, starting: Any, reason_of: Callable[[BaseException], str] = lambda e: type(e).__name__
    ) -> Iterator[Any]:
        """The observation for the block; an error passes it by and is told without its text."""
        failed: BaseException | None = None
        with starting as observation:
            try:
                yield observation
            except (Exception, CancelledError) as error:
                failed = error
                observation.update(level="ERROR", status_message=reason_of(error))
        if failed is not None:
            raise failed


class _Call:
    """What is known of a call, told when it is over.

    Which words of a message are an address or a note, only the answer says: without one the
    message is not told at all. The messages before it are not either: each has a trace of its own.
    """

    def __init__(self, system: str, words: str, media: Sequence[str]) -> None:
        self._system = system
        self._asked = _as_data(words)
        self._media = list(media)
        self._output: Any = None
        self._usage: dict[str, int] | None = None
        self._reason: str | None = None

    def used(self, input_tokens: int, output_tokens: int) -> None:
        self._usage = {"input": input_tokens, "output": output_tokens}

    def answered(self, output: Any) -> None:
        self._output = output

    def failed(self, reason: str) -> None:
        self._reason = reason

    def reason_of(self, error: BaseException) -> str:
        return self._reason or type(error).__name__

    def tell(self, generation: LangfuseGeneration) -> None:
        asked = _untold(self._asked, "last_messages")
        if self._output is None:
            asked = _untold(asked, "message") if isinstance(asked, dict) else MASK
        told = {"words": asked, "media": self._media, "output": self._output}
        private = {*(_private.get() or ()), *private_strings(told)}
        told = without(masked(told), private)
        generation.update(
            input={"system": self._system, "words": told["words"], "media": told["media"]},
            output=told["output"],
            usage_details=self._usage,
        )


def _root_of(trace: str | None) -> TraceContext | None:
    """Begins Langfuse's trace with our id; None within one, and without an id."""
    inside = get_current_span().get_span_context().is_valid
    return None if trace is None or inside else TraceContext(trace_id=trace)


def _as_data(words: str) -> Any:
    """A prompt's JSON as data, so that its fields can be masked; other prompts as they are."""
    try:
        return json.loads(words)
    except ValueError:
        return words


def _untold(value: Any, field: str) -> Any:
    """Plain data with all fields of this name masked."""
    if not isinstance(value, dict):
        return value
    return {key: MASK if key == field else _untold(inner, field) for key, inner in value.items()}


def _mask(*, data: Any, **_: Any) -> Any:
    return masked(data)
