"""Converts a photo's analysis to JSON and back, for the state: "show me more" needs it again."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from dukani.agent.eye import PhotoAnalysis


def pack(analysis: PhotoAnalysis) -> dict[str, Any]:
    vector = base64.b64encode(analysis.vector.astype(np.float32).tobytes()).decode()
    return {**analysis.model_dump(exclude={"vector"}), "vector": vector}


def unpack(packed: dict[str, Any] | None) -> PhotoAnalysis | None:
    if packed is None:
        return None
    vector = np.frombuffer(base64.b64decode(packed["vector"]), dtype=np.float32)
    return PhotoAnalysis(**{**packed, "vector": vector})
