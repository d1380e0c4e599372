"""Computes a photo's features for the local eye: network input, probabilities, search vector."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from dukani.agent.lab import Floats

SIDE = 224
COMPONENTS = 304
PADDING = 2  # zeros: the vector's blocks fill 510 of the 512 dimensions
# Weights of the vector's blocks in the cosine: same category first, then look and colour.
LOOK_WEIGHT, KIND_WEIGHT, COLOUR_WEIGHT = 0.7, 1.0, 0.7

_BICUBIC = Image.Resampling.BICUBIC


@dataclass(frozen=True)
class Head:
    """The classifier head, trained on labelled photos on top of the network's features."""

    classes: tuple[str, ...]
    weights: Floats  # (classes, 1280)
    bias: Floats  # (classes,)
    mean: Floats  # (1280,)
    components: Floats  # (304, 1280), orthonormal rows

    @classmethod
    def load(cls, path: Path) -> Head:
        with np.load(path, allow_pickle=False) as file:
            arrays = {
                name: file[name].astype(np.float32) for name in file.files if name != "classes"
            }
            return cls(classes=tuple(str(name) for name in file["classes"]), **arrays)

    def save(self, path: Path) -> None:
        """Writes the head, its components in half precision because the file is in the package."""
        np.savez_compressed(
            path,
            classes=np.array(self.classes),
            weights=self.weights.astype(np.float32),
            bias=self.bias.astype(np.float32),
            mean=self.mean.astype(np.float32),
            components=self.components.astype(np.float16),
        )

    def probabilities(self, features: Floats) -> Floats:
        """(…, classes) summing to 1, for features (…, 1280)."""
        scores = features @ self.weights.T + self.bias
        powers = np.exp(scores - scores.max(-1, keepdims=True))
        return np.asarray(powers / powers.sum(-1, keepdims=True), np.float32)

    def look(self, features: Floats) -> Floats:
        """(…, 304): the features with the mean removed, projected on the principal components."""
        return np.asarray((features - self.mean) @ self.components.T, np.float32)


def network_views(image: Image.Image) -> Floats:
    """(2, 3, 224, 224): the whole picture squeezed to a square, and its middle square.

    Together they name the garment right in 89 of 100 photos, each alone in 87 and 88.
    """
    width, height = image.size
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    whole = image.resize((SIDE, SIDE), _BICUBIC)
    middle = image.resize((SIDE, SIDE), _BICUBIC, box=(left, top, left + side, top + side))
    pixels = np.stack([np.asarray(whole), np.asarray(middle)]).transpose(0, 3, 1, 2)
    return np.asarray((pixels.astype(np.float32) - 127) / 128, np.float32)


def pooled(view_features: Floats) -> Floats:
    """(1280,) from the views' (2, 1280); the square root damps the few dominant features."""
    return np.asarray(np.sqrt(np.maximum(view_features.mean(0), 0)), np.float32)


def hybrid_vector(look: Floats, probabilities: Floats, histogram: Floats) -> Floats:
    """(512,) L2-normalised: look (304), roots of class probabilities (10), colour (196), zeros."""
    kind = np.sqrt(probabilities)
    blocks = (
        LOOK_WEIGHT * look / max(float(np.linalg.norm(look)), 1e-6),
        KIND_WEIGHT * kind,
        COLOUR_WEIGHT * histogram,
        np.zeros(PADDING, np.float32),
    )
    vector = np.concatenate(blocks)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)
