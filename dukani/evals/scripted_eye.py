"""Image recognition with results from a file; photos without one go to the local model."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Mapping
from typing import Any

import numpy as np
from PIL import Image

from dukani.agent.eye import DIMENSIONS, Eye, PhotoAnalysis
from dukani.agent.lexicon import canonical_category, canonical_colour

MODEL = "scripted"
SURE, UNSURE = 0.95, 0.3
PHOTO_SIZE = (320, 400)

Attributes = Mapping[str, Any]


class ScriptedEye:
    """Implements dukani.agent.eye.Eye; photos without a result go to `other`."""

    def __init__(self, other: Eye) -> None:
        self.other = other
        self._script: deque[Attributes] = deque()

    @property
    def model(self) -> str:
        return self.other.model

    def next_sees(self, attributes: Attributes) -> None:
        """Set the result for the next photo."""
        self._script.append(attributes)

    def forget(self) -> None:
        """Drop the results that no photo has used."""
        self._script.clear()

    async def look(self, image: bytes) -> PhotoAnalysis:
        if self._script:
            return analysis_of(self._script.popleft())
        return await self.other.look(image)


def analysis_of(attributes: Attributes) -> PhotoAnalysis:
    """Attributes of a file (type, colour, pattern, embroidery) as a sure analysis."""
    kind = _word(attributes.get("type", attributes.get("category")))
    category = canonical_category(kind) or kind
    colours = _colours(attributes.get("colour", attributes.get("color")))
    return PhotoAnalysis(
        category=category or "dress",
        confidence=float(attributes.get("confidence", SURE if category else UNSURE)),
        colour=colours[0] if colours else None,
        colours=colours,
        pattern=_word(attributes.get("pattern")) or None,
        embroidery=attributes.get("embroidery"),
        vector=np.eye(1, DIMENSIONS, dtype=np.float32)[0],
        model=MODEL,
    )


def _word(value: Any) -> str:
    return str(value).strip().lower() if value else ""


def _colours(value: Any) -> tuple[str, ...]:
    named = value if isinstance(value, list) else [value]
    words = [_word(one) for one in named]
    return tuple(canonical_colour(word) or word for word in words if word)


def any_photo() -> bytes:
    """A JPEG to send where the result is scripted."""
    picture = io.BytesIO()
    Image.linear_gradient("L").resize(PHOTO_SIZE).convert("RGB").save(picture, "JPEG")
    return picture.getvalue()
