"""The minds that read what a shopper writes, and how one is told what the shopper means.

`reader` and `gemini` are those of production. The others are told the acts of each message: with
`perfect` and `malicious` they are the understanding itself, with `gemini-perfect` they are what the
sandbox's Gemini answers, so that they go the whole way from its JSON to acts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass

import httpx
from pydantic import SecretStr

from dukani.agent.local_eye import LocalEye
from dukani.agent.local_reader import LocalReader
from dukani.core.settings import Gemini, Settings
from dukani.domain.acts import Act, Language, Understanding
from dukani.domain.context import TurnContext
from dukani.evals.shoppers.mind_names import MindName
from dukani.graph.context import Senses
from dukani.running import with_gemini
from dukani.sandbox.app import create_sandbox

Tell = Callable[[str, Understanding], None]  # the words of the next message, and what they mean

_STAND_IN = "http://sandbox.test"
_READING_S = 10.0  # more than in production: several processes share the machine in a run

# A context variable, because shoppers' conversations run concurrently, each in its own task.
_meant: ContextVar[Understanding | None] = ContextVar("meant", default=None)


def set_understanding(acts: Sequence[Act], language: Language) -> None:
    """Set the acts of the next message in this task's conversation."""
    _meant.set(Understanding(acts=tuple(acts), language=language))


class ToldMind:
    """A `Reader` whose understanding is the acts last given to `set_understanding`."""

    async def read(self, text: str, context: TurnContext) -> Understanding:
        meant = _meant.get()
        assert meant is not None  # `set_understanding` is called before each message
        return meant


@dataclass(frozen=True, slots=True)
class ShopperMind:
    """The senses of a run; `tell` is called before each message.

    With `one_at_a_time`, what a message means is known by its words alone, so that two shoppers who
    say the same must not speak at once.
    """

    senses: Senses
    tell: Tell
    one_at_a_time: bool = False


def shopper_mind(name: MindName) -> ShopperMind:
    if name == "reader":
        return ShopperMind(Senses(reader=LocalReader(), eye=LocalEye()), _tells_nobody)
    if name == "gemini":
        return _gemini()
    if name == "gemini-perfect":
        return _stand_in(told=True)
    return ShopperMind(Senses(reader=ToldMind(), eye=LocalEye()), _tells_the_told)


def _tells_nobody(_words: str, _meant: Understanding) -> None:
    return


def _tells_the_told(_words: str, meant: Understanding) -> None:
    _meant.set(meant)


def _gemini() -> ShopperMind:
    """Google's where its key is set, else the sandbox's, which understands as this machine does."""
    settings = Settings()
    if settings.gemini.api_key is None:
        return _stand_in(told=False)
    local = Senses(reader=LocalReader(), eye=LocalEye())
    return ShopperMind(with_gemini(local, settings), _tells_nobody)


def _stand_in(*, told: bool) -> ShopperMind:
    """The sandbox's Gemini in this process; `told` what is meant, or left to understand itself."""
    # Imported by who needs it: the library takes two seconds.
    from dukani.agent.gemini.model import GeminiModel
    from dukani.agent.gemini.reader import GeminiReader
    from dukani.agent.gemini.written import as_written

    sandbox = create_sandbox(base_url=_STAND_IN, target_url="http://dukani.test")
    settings = Gemini(api_key=SecretStr("sandbox"), base_url=_STAND_IN)
    model = GeminiModel(settings, transport=httpx.ASGITransport(app=sandbox))
    reader = GeminiReader(model, timeout_s=_READING_S)
    senses = Senses(reader=LocalReader(), eye=LocalEye(), mind=reader)

    def tell(words: str, meant: Understanding) -> None:
        written = as_written(meant).model_dump(mode="json", exclude_none=True)
        sandbox.state.world.gemini_answers[words] = written

    return ShopperMind(senses, tell if told else _tells_nobody, one_at_a_time=told)
