"""One structured call to Gemini: a prompt and what it is about in, a checked answer out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar, cast

import httpx
from langchain_core.exceptions import (
    ModelError,
    ModelInvalidRequestError,
    ModelRateLimitError,
    OutputParserException,
)
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.output_parsers import PydanticOutputParser
from langchain_core.runnables import Runnable
from langchain_google_genai import ChatGoogleGenerativeAI
from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.model import OpenedState
from pydantic import BaseModel

from dukani.agent.metering import Usage, current_meter
from dukani.core.observability import metrics, tracing
from dukani.core.settings import Gemini

Written = TypeVar("Written", bound=BaseModel)

# Why there is no answer. The first four say that Gemini is not well, the others are of one call.
Reason = Literal[
    "unavailable",
    "late",
    "rate_limited",
    "resting",
    "blocked",
    "malformed",
    "unsure",
    "refused",
    "over_budget",
]

_BLOCKED = ("SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "RECITATION")

FAULTS_BEFORE_A_REST = 5
REST_S = 30.0


class MindFailed(Exception):
    """Gemini gave no answer that can be used; `reason` says why."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class _NotWell(MindFailed):
    """A fault that will hit the next call too: several in a row open the circuit."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[Written]):
    written: Written
    usage: Usage


@dataclass(frozen=True, slots=True)
class Media:
    """A photo or a voice note, as it came."""

    kind: Literal["image", "audio"]
    base64: str
    mime_type: str

    def block(self) -> dict[str, Any]:
        return {"type": self.kind, "base64": self.base64, "mime_type": self.mime_type}

    def described(self) -> str:
        return f"{self.mime_type}, {len(self.base64) * 3 // 4} bytes"


@dataclass(frozen=True, slots=True)
class _Question(Generic[Written]):
    schema: type[Written]
    system: str
    words: str
    media: Sequence[Media]
    timeout_s: float

    def messages(self) -> list[BaseMessage]:
        content: list[str | dict[str, Any]] = [
            {"type": "text", "text": self.words},
            *(one.block() for one in self.media),
        ]
        return [SystemMessage(self.system), HumanMessage(content)]


class GeminiModel:
    """The model of the settings. After `FAULTS_BEFORE_A_REST` faults in a row it rests for `REST_S`
    seconds, in which every call fails at once.
    """

    def __init__(
        self, settings: Gemini, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        assert settings.api_key is not None  # without a key there is no such mind
        self.name = settings.model
        self._price = settings.prices.get(settings.model)
        # The transport makes the library use httpx; with aiohttp, which it takes where that is
        # installed, faults have other names. No retries: the local reader is quicker than a second
        # try.
        self._llm = ChatGoogleGenerativeAI(
            model=settings.model,
            api_key=settings.api_key,
            base_url=settings.base_url,
            temperature=0,
            max_retries=1,
            client_args={"transport": transport or httpx.AsyncHTTPTransport()},
        )
        self._asking: dict[type[BaseModel], Runnable[Any, Any]] = {}
        self._breakers = AsyncCircuitBreakerFactory(
            default_threshold=FAULTS_BEFORE_A_REST,
            default_ttl=REST_S,
            exclude=[(MindFailed, lambda error: not isinstance(error, _NotWell))],
        )

    async def answer(
        self,
        schema: type[Written],
        *,
        system: str,
        words: str,
        media: Sequence[Media] = (),
        timeout_s: float,
    ) -> Answer[Written]:
        """What Gemini makes of `words` and `media`, as `schema` has it.

        Raises MindFailed, also when the current meter has no tokens left.
        """
        meter = current_meter()
        if meter is not None and meter.left <= 0:
            raise MindFailed("over_budget")
        question = _Question(schema, system, words, media, timeout_s)
        seen = [one.described() for one in media]
        with tracing.call(self.name, system=system, words=words, media=seen) as call:
            try:
                answer = self._checked(schema, await self._ask_if_well(question), call)
            except MindFailed as error:
                metrics.MODEL_CALLS.labels(self.name, error.reason).inc()
                call.failed(error.reason)
                raise
            metrics.MODEL_CALLS.labels(self.name, "answered").inc()
            return answer

    async def _ask_if_well(self, question: _Question[Written]) -> AIMessage:
        breaker = await self._breakers.get_breaker("gemini")
        try:
            async with breaker:
                return await self._ask(question)
        except OpenedState as error:
            raise MindFailed("resting") from error

    async def _ask(self, question: _Question[Written]) -> AIMessage:
        asked = self._asking_for(question.schema)
        try:
            # Of the whole call: httpx counts each read.
            async with asyncio.timeout(question.timeout_s):
                return cast(AIMessage, await asked.ainvoke(question.messages()))
        except ModelRateLimitError as error:
            raise _NotWell("rate_limited", str(error)) from error
        except (httpx.TimeoutException, TimeoutError) as error:
            raise _NotWell("late") from error
        except ModelInvalidRequestError as error:  # what was asked is at fault, or the key
            raise MindFailed("refused", str(error)) from error
        except ModelError as error:
            raise _NotWell("unavailable", str(error)) from error
        except httpx.HTTPError as error:
            raise _NotWell("unavailable", repr(error)) from error
        except ValueError as error:  # an answer that is no JSON at all: a proxy's page
            raise _NotWell("malformed", type(error).__name__) from error

    def _asking_for(self, schema: type[BaseModel]) -> Runnable[Any, Any]:
        """The model that answers by a schema, made once: making it costs three calls' time.

        `with_structured_output` asks for the same, in a chain of six links that takes longer.
        """
        asking = self._asking.get(schema)
        if asking is None:
            asking = self._llm.bind(
                response_mime_type="application/json",
                response_json_schema=schema.model_json_schema(),
            )
            self._asking[schema] = asking
        return asking

    def _count(self, usage: Usage) -> None:
        metrics.MODEL_TOKENS.labels(self.name, "input").inc(usage.input_tokens)
        metrics.MODEL_TOKENS.labels(self.name, "output").inc(usage.output_tokens)
        if self._price is not None:
            # Dollars for a million tokens are millionths of a dollar for one.
            cost = self._price.input_usd * usage.input_tokens
            cost += self._price.output_usd * usage.output_tokens
            metrics.MODEL_COST.labels(self.name).inc(float(cost))

    def _checked(
        self, schema: type[Written], raw: AIMessage, call: tracing.Call
    ) -> Answer[Written]:
        """The answer, if it is whole; what was used counts either way. Raises MindFailed."""
        usage = _usage(raw)
        call.used(usage.input_tokens, usage.output_tokens)
        self._count(usage)
        if meter := current_meter():
            meter.count(self.name, usage)
        block = (raw.response_metadata.get("prompt_feedback") or {}).get("block_reason")
        finish = raw.response_metadata.get("finish_reason")
        if block or finish in _BLOCKED:
            raise MindFailed("blocked", str(block or finish))
        # The parser completes JSON that was cut off: half an answer would pass for a whole one.
        if finish != "STOP":
            raise MindFailed("malformed", str(finish))
        try:
            written: Written = PydanticOutputParser(pydantic_object=schema).parse(raw.text)
        except OutputParserException as error:
            raise MindFailed("malformed", type(error).__name__) from error
        call.answered(written.model_dump(mode="json", exclude_none=True))
        return Answer(written, usage)


def _usage(raw: AIMessage) -> Usage:
    used = raw.usage_metadata
    return Usage(used["input_tokens"], used["output_tokens"]) if used else Usage()
