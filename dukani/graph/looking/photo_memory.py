"""Converts a photo's analysis to JSON and back, for the state: "show me more" needs it again."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dukani.agent.eye import PhotoAnalysis


def pack(analysis: PhotoAnalysis) -> dict[str, Any]:
    return {
        **analysis.model_dump(exclude={"vector", "also"}),
        "vector": _text(analysis.vector),
        "also": {model: _text(vector) for model, vector in analysis.also.items()},
    }


def unpack(packed: dict[str, Any] | None) -> PhotoAnalysis | None:
    if packed is None:
        return None
    also = {model: _vector(text) for model, text in packed.get("also", {}).items()}
    return PhotoAnalysis(**{**packed, "vector": _vector(packed["vector"]), "also": also})


def _text(vector: NDArray[np.float32]) -> str:
    return base64.b64encode(vector.astype(np.float32).tobytes()).decode()


def _vector(text: str) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(text), dtype=np.float32)
