"""The seam for hearing: any ear turns a voice note into words."""

from __future__ import annotations

from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

from dukani.domain.acts import Language


class Transcript(BaseModel):
    """What was said in a voice note, as it was said: not translated, not corrected."""

    model_config = ConfigDict(frozen=True)

    text: str = Field(description="empty: nothing was said")
    language: Language


class Ear(Protocol):
    async def hear(self, audio: bytes, mime_type: str) -> Transcript:
        """What is said in a recording (Opus in Ogg, AAC, AMR, MP3). May wait, and may raise."""
        ...
