"""Sees a photo with Gemini; what it looks like in numbers is the local eye's to say.

Vectors of two models are never compared, so those of a boutique's pictures and of a customer's
photo come from one model, this machine's.
"""

from __future__ import annotations

import base64
from typing import Literal

import structlog
from pydantic import BaseModel, Field

from dukani.agent.eye import Eye, PhotoAnalysis
from dukani.agent.gemini import prompt
from dukani.agent.gemini.model import GeminiModel, Media, MindFailed
from dukani.agent.lexicon import canonical_category, canonical_colour, canonical_pattern
from dukani.domain.kinds import CATEGORIES

log = structlog.get_logger()

# Asked for by the prompt, and no words for a pattern in the lexicon, where "printed" is a picture.
_ALSO_PATTERNS = {
    "printed": "patterned", "patterned": "patterned", "embroidered": "embroidered",
}  # fmt: skip


class WrittenGarment(BaseModel):
    category: str
    colours: list[str] = Field(default_factory=list)
    pattern: str | None = None
    embroidery: Literal["none", "light", "medium", "heavy"] | None = None
    embroidery_kind: str | None = None
    style: str | None = None
    occasion: str | None = None
    confidence: float = Field(ge=0, le=1)


class WrittenPhoto(BaseModel):
    """What garments are in the photo, the likeliest meant first."""

    garments: list[WrittenGarment]


class GeminiEye:
    """An `Eye`: what Gemini sees in the photo, with the local eye's vector.

    Where Gemini fails, is late or sees nothing it is sure of, the local eye's answer stands.
    """

    def __init__(self, model: GeminiModel, local: Eye, *, timeout_s: float) -> None:
        self._gemini = model
        self._local = local
        self._timeout_s = timeout_s
        self.prompt = prompt.load("seeing")

    @property
    def local(self) -> Eye:
        """The eye whose vectors these are."""
        return self._local

    @property
    def model(self) -> str:
        """Of the vectors, which are the local eye's."""
        return self._local.model

    async def look(self, image: bytes) -> PhotoAnalysis:
        """See a JPEG. Raises UnreadableImage when the bytes are no picture."""
        local = await self._local.look(image)
        try:
            written = await self._written(image)
        except MindFailed as error:
            log.warning("gemini_saw_nothing", reason=error.reason)
            return local
        return seen(written, local)

    async def _written(self, image: bytes) -> WrittenPhoto:
        photo = Media("image", base64.b64encode(image).decode(), "image/jpeg")
        answer = await self._gemini.answer(
            WrittenPhoto,
            system=self.prompt.text,
            words=f"Categories: {', '.join(sorted(CATEGORIES))}",
            media=[photo],
            timeout_s=self._timeout_s,
        )
        return answer.written


def seen(written: WrittenPhoto, local: PhotoAnalysis) -> PhotoAnalysis:
    """The local analysis with what Gemini saw better."""
    if not written.garments:
        return local.model_copy(update={"confidence": 0.0, "nothing_worn": True})
    first = written.garments[0]
    category = canonical_category(first.category)
    if category is None:
        return local
    others = _others(written.garments[1:], category)
    colours = [colour for word in first.colours if (colour := canonical_colour(word))]
    return local.model_copy(
        update={
            "category": category,
            "confidence": first.confidence,
            "alternatives": others or tuple(
                kind for kind in local.alternatives if kind != category
            ),
            "beside": others,
            "colour": colours[0] if colours else local.colour,
            "colours": tuple(colours[1:]) if colours else local.colours,
            "pattern": _pattern(first.pattern) or local.pattern,
            "embroidery": None if first.embroidery is None else first.embroidery != "none",
        }
    )  # fmt: skip


def _pattern(said: str | None) -> str | None:
    """A pattern that pieces are known by. Any other text stays out: the customer would read it."""
    word = (said or "").strip().lower()
    return _ALSO_PATTERNS.get(word) or canonical_pattern(word)


def _others(garments: list[WrittenGarment], category: str) -> tuple[str, ...]:
    kinds = (canonical_category(garment.category) for garment in garments)
    return tuple(dict.fromkeys(kind for kind in kinds if kind and kind != category))
