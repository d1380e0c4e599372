"""Which mind reads while the files are run."""

from __future__ import annotations

from typing import Any, Literal

EvalMind = Literal["local", "gemini"]


def settings_of(mind: EvalMind) -> dict[str, Any]:
    """The harness's settings for it: with a key Google's Gemini, else the sandbox's."""
    if mind == "local":
        return {}
    from dukani.core.settings import Settings

    gemini = Settings().gemini
    if gemini.api_key is None:
        return {"sandbox": {"gemini": True}}
    return {"gemini": gemini}
