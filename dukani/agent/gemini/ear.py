"""Hears a voice note with Gemini."""

from __future__ import annotations

import base64

from pydantic import BaseModel, Field

from dukani.agent.ear import Transcript
from dukani.agent.gemini import prompt
from dukani.agent.gemini.model import GeminiModel, Media, MindFailed
from dukani.agent.gemini.written import SURE
from dukani.domain.acts import Language


class WrittenTranscript(BaseModel):
    """What is said in the recording."""

    transcript: str = Field(description="every word as it was said; empty when nothing was said")
    language: Language = Field(description="a mix of both is sw")
    confidence: float = Field(ge=0, le=1, description="that these are the words")


class GeminiEar:
    """An `Ear` that may fail: a turn asks it outside its transaction."""

    def __init__(self, model: GeminiModel, *, timeout_s: float) -> None:
        self._model = model
        self._timeout_s = timeout_s
        self.prompt = prompt.load("hearing")

    async def hear(self, audio: bytes, mime_type: str) -> Transcript:
        """What is said in the recording. Raises MindFailed, also when Gemini is unsure of it."""
        plain_type = mime_type.partition(";")[0].strip().lower()
        recording = Media("audio", base64.b64encode(audio).decode(), plain_type)
        answer = await self._model.answer(
            WrittenTranscript,
            system=self.prompt.text,
            words="The recording:",
            media=[recording],
            timeout_s=self._timeout_s,
        )
        if answer.written.confidence < SURE:
            raise MindFailed("unsure", f"{answer.written.confidence:.2f}")
        return Transcript(text=answer.written.transcript.strip(), language=answer.written.language)
