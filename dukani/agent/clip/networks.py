"""Runs CLIP's two networks, by fastembed, from files on disk: never from the network."""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import numpy as np
import structlog
from numpy.typing import NDArray
from PIL import Image

from dukani.agent.clip.files import TEXT, VISION, Installed, Part

log = structlog.get_logger()

Vector = NDArray[np.float32]

KNOWN_WORDS = 1_000  # vectors of words that are kept, of 2 KB each


def can_run() -> bool:
    """Whether the extra `clip` is installed; fastembed itself takes a second to import."""
    return find_spec("fastembed") is not None


class Networks:
    """Each network is loaded at its first use, once, by any thread, and runs on one thread."""

    def __init__(self, files: Installed) -> None:
        self._files = files
        self._seeing, self._reading = Lock(), Lock()
        self._loading: Thread | None = None
        self.of_words = lru_cache(KNOWN_WORDS)(self._of_words)

    @property
    def model(self) -> str:
        return self._files.model

    def of_picture(self, picture: Image.Image) -> Vector:
        """(512,) of unit length."""
        with self._seeing:
            network = self._vision
        return _unit(next(iter(network.embed([picture]))))

    def _of_words(self, words: str) -> Vector:
        """(512,) of unit length, in the pictures' space. English only."""
        with self._reading:
            network = self._text
        return _unit(next(iter(network.embed([words]))))

    def reads(self) -> bool:
        """Whether words can be read at once; the first to ask has the network loaded meanwhile."""
        if self._loading is None:
            self._loading = Thread(target=self.load_words, daemon=True)
            self._loading.start()
        return "_text" in vars(self)

    def load_words(self) -> None:
        """Load the network that reads, which takes about a second."""
        try:
            with self._reading:
                _ = self._text
        except Exception as error:  # broken files or a library's any error: search goes on without
            log.warning("clip_cannot_read", model=self.model, reason=str(error)[:200])

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
