"""A sight as the conversation remembers it: "show me more" goes on from the same photo."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from dukani.agent.eye import Sight


def pack(sight: Sight) -> dict[str, Any]:
    vector = base64.b64encode(sight.vector.astype(np.float32).tobytes()).decode()
    return {**sight.model_dump(exclude={"vector"}), "vector": vector}


def unpack(packed: dict[str, Any] | None) -> Sight | None:
    if packed is None:
        return None
    vector = np.frombuffer(base64.b64decode(packed["vector"]), dtype=np.float32)
    return Sight(**{**packed, "vector": vector})
