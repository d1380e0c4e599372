"""Defines the interface of image recognition (`Eye`) and its result (`PhotoAnalysis`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

DIMENSIONS = 512


class PhotoAnalysis(BaseModel):
    """The analysis of a photo of one garment."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    category: str = Field(description="canonical category name (dukani.domain.kinds.CATEGORIES)")
    confidence: float = Field(description="0..1, of the category")
    alternatives: tuple[str, ...] = Field((), description="next likely categories, best first")
    colour: str | None = Field(None, description="canonical English colour, lower case")
    colours: tuple[str, ...] = ()
    pattern: str | None = Field(None, description="plain, striped, checked or patterned")
    embroidery: bool | None = Field(None, description="None: this eye cannot tell")
    nothing_worn: bool = Field(False, description="no garment, shoe, bag or ornament")
    beside: tuple[str, ...] = Field((), description="categories of further garments in the photo")
    vector: NDArray[np.float32] = Field(description="(512,) L2-normalised float32")
    model: str = Field(description="model id; vectors of two models are never compared")
    also: Mapping[str, NDArray[np.float32]] = Field(
        default_factory=dict, description="model id → vector of the photo by another model"
    )

    @property
    def vectors(self) -> dict[str, NDArray[np.float32]]:
        """Model id → vector, of every model that looked."""
        return {self.model: self.vector, **self.also}


class Eye(Protocol):
    @property
    def model(self) -> str:
        """The model id stored beside every vector."""
        ...

    async def look(self, image: bytes) -> PhotoAnalysis:
        """Analyses a JPEG, PNG or WebP. Runs off the event loop.

        Raises dukani.core.errors.UnreadableImage when the bytes are no picture.
        """
        ...
