"""Words small talk anew with Gemini. What it may not change is checked by `agent/grounding.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field

from dukani.agent.gemini import prompt
from dukani.agent.gemini.model import GeminiModel


class WrittenWords(BaseModel):
    """The reply in other words."""

    text: str = Field(description="the message to the customer, ready to be sent")


class GeminiReworder:
    """A `Reworder` that may fail: the template is sent then."""

    def __init__(self, model: GeminiModel, *, timeout_s: float) -> None:
        self._model = model
        self._timeout_s = timeout_s
        self.prompt = prompt.load("wording")

    async def reword(
        self, template: str, facts: Sequence[Mapping[str, Any]], voice: Mapping[str, Any]
    ) -> str:
        """`template` in other words of the same language. Raises MindFailed."""
        answer = await self._model.answer(
            WrittenWords,
            system=self.prompt.text,
            words=document(template, facts, voice),
            timeout_s=self._timeout_s,
        )
        return answer.written.text.strip()


def document(template: str, facts: Sequence[Mapping[str, Any]], voice: Mapping[str, Any]) -> str:
    """The reply and what it is about, as JSON; names and the boutique's tone and rules are data."""
    told = {
        "template": template,
        "language": voice["language"],
        "boutique": voice["boutique"],
        "tone": voice.get("tone"),
        "policies": voice.get("policies"),
        "about": [fact["kind"] for fact in facts],
    }
    return json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)
