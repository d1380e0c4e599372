"""Which minds read while the files are run, and what is kept of a run with one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from dukani.evals.effort import Effort

MindRead = Literal["local", "gemini"]
EvalMind = Literal["local", "gemini", "both"]


@dataclass(frozen=True, slots=True)
class MindRun:
    """A run of one mind over a file: whether each id passed, and what it took."""

    mind: str
    passed: Mapping[str, bool]
    effort: Effort
    wrong: int | None = None  # dialogues with wrong goods or a wrong sum prompted or paid

    @property
    def passing(self) -> int:
        return sum(self.passed.values())


def minds_of(mind: EvalMind) -> tuple[MindRead, ...]:
    return ("local", "gemini") if mind == "both" else (mind,)


def settings_of(mind: MindRead) -> dict[str, Any]:
    """The harness's settings for it: with a key Google's Gemini, else the sandbox's."""
    if mind == "local":
        return {}
    from dukani.core.settings import Settings

    gemini = Settings().gemini
    if gemini.api_key is None:
        return {"sandbox": {"gemini": True}}
    return {"gemini": gemini}


def reads_with(mind: str) -> str:
    """The model behind a mind and the version of its prompt, so that scores can be compared."""
    if "gemini" not in mind:
        return "this machine's rules"
    from dukani.agent.gemini import prompt
    from dukani.core.settings import Settings

    gemini = Settings().gemini
    model = gemini.model if gemini.api_key is not None else "the sandbox's stand-in"
    return f"{model}, prompt {prompt.load('reading').version}"
