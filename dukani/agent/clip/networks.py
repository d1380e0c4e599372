"""Runs CLIP's two networks, by fastembed, from files on disk: never from the network."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dukani.agent.clip.files import TEXT, VISION, Installed, Part

Vector = NDArray[np.float32]


def can_run() -> bool:
    """Whether the extra `clip` is installed; fastembed itself takes a second to import."""
    return find_spec("fastembed") is not None


class Networks:
    """Each network is loaded at its first use, once, by any thread, and runs on one thread."""

    def __init__(self, files: Installed) -> None:
        self._files = files
        self._lock = Lock()

    @property
    def model(self) -> str:
        return self._files.model

    def of_picture(self, picture: Image.Image) -> Vector:
        """(512,) of unit length."""
        with self._lock:
            network = self._vision
        return _unit(next(iter(network.embed([picture]))))

    def of_words(self, words: str) -> Vector:
        """(512,) of unit length, in the pictures' space. English only."""
        with self._lock:
            network = self._text
        return _unit(next(iter(network.embed([words]))))

    @cached_property
    def _vision(self) -> Any:
        from fastembed import ImageEmbedding

        return ImageEmbedding(VISION.repo, **self._from_disk(VISION))

    @cached_property
    def _text(self) -> Any:
        from fastembed import TextEmbedding

        return TextEmbedding(TEXT.repo, **self._from_disk(TEXT))

    def _from_disk(self, part: Part) -> dict[str, Any]:
        """A path of its own: with only a name fastembed would ask the hub, for 39 s offline."""
        path = str(self._files.part(part))
        return {
            "specific_model_path": path,
            "cache_dir": path,
            "threads": 1,
            "local_files_only": True,
            "providers": ["CPUExecutionProvider"],
        }


_OPEN: dict[Path, Networks] = {}
_OPENING = Lock()


def networks_of(files: Installed) -> Networks:
    """One for each version in a process: a network takes hundreds of megabytes."""
    with _OPENING:
        return _OPEN.setdefault(files.folder, Networks(files))


def _unit(vector: NDArray[Any]) -> Vector:
    """CLIP's own vectors have any length."""
    plain = np.asarray(vector, np.float32).reshape(-1)
    length = float(np.linalg.norm(plain))
    return plain / length if length else plain
