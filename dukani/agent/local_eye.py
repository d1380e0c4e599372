"""Recognises garments on this machine, with a small ONNX network and colour arithmetic."""

from __future__ import annotations

import asyncio
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime as ort
from PIL import Image

from dukani.agent.colour import colour_histogram, name_colours
from dukani.agent.eye import PhotoAnalysis
from dukani.agent.eye_features import Head, hybrid_vector, network_views, pooled
from dukani.agent.lab import Floats, lab_view
from dukani.agent.pattern import name_pattern
from dukani.core.images import open_image

MODEL = "lite0-hybrid-1"
MODEL_FOLDER = Path(__file__).parent / "eye_model"
NETWORK_FILE, HEAD_FILE = "lite0.onnx", "head.npz"
ENOUGH_PIXELS = 448  # per side; larger pictures only cost decoding time
ALTERNATIVES = 3

# The ten classes the head was trained on, in the shop's words.
CLASS_TO_CATEGORY = {
    "dress": "dress",
    "hat": "hat",
    "longsleeve": "top",
    "outwear": "jacket",
    "pants": "trousers",
    "shirt": "shirt",
    "shoes": "shoes",
    "shorts": "shorts",
    "skirt": "skirt",
    "t-shirt": "t-shirt",
}


class Network:
    """The feature network. Its session is made at first use, once, by any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._session: ort.InferenceSession | None = None

    def features(self, image: Image.Image) -> Floats:
        """(1280,) of one RGB picture."""
        (views,) = self._ready().run(["features"], {"image": network_views(image)})
        return pooled(np.asarray(views, np.float32))

    def _ready(self) -> ort.InferenceSession:
        with self._lock:
            if self._session is None:
                self._session = _session(self._path)
            return self._session


class LocalEye:
    """Implements dukani.agent.eye.Eye on one CPU thread, about 20 ms a photo."""

    model = MODEL

    def __init__(self, folder: Path = MODEL_FOLDER) -> None:
        self._network = Network(folder / NETWORK_FILE)
        self._head_file = folder / HEAD_FILE

    async def look(self, image: bytes) -> PhotoAnalysis:
        """Analyses a picture off the event loop. Raises UnreadableImage."""
        return await asyncio.to_thread(self.look_now, image)

    def look_now(self, image: bytes) -> PhotoAnalysis:
        """Analyses a picture in this thread. Raises UnreadableImage."""
        return self._see(open_small(image))

    def class_probabilities(self, image: bytes) -> dict[str, float]:
        """Calibrated probability per trained class, likeliest first."""
        probabilities = self._head.probabilities(self._network.features(open_small(image)))
        return {self._head.classes[i]: float(probabilities[i]) for i in np.argsort(-probabilities)}

    def _see(self, picture: Image.Image) -> PhotoAnalysis:
        features = self._network.features(picture)
        probabilities = self._head.probabilities(features)
        view = lab_view(picture)
        colours = name_colours(view)
        first, *others = np.argsort(-probabilities)[: ALTERNATIVES + 1]
        return PhotoAnalysis(
            category=self._category(first),
            confidence=float(probabilities[first]),
            alternatives=tuple(self._category(number) for number in others),
            colour=colours.main,
            colours=colours.all,
            pattern=name_pattern(picture, view),
            embroidery=None,
            vector=hybrid_vector(self._head.look(features), probabilities, colour_histogram(view)),
            model=MODEL,
        )

    @cached_property
    def _head(self) -> Head:
        return Head.load(self._head_file)

    def _category(self, number: int | np.intp) -> str:
        return CLASS_TO_CATEGORY[self._head.classes[number]]


def open_small(data: bytes) -> Image.Image:
    """The picture, no larger than the eye needs. Raises UnreadableImage."""
    picture = open_image(data, near=ENOUGH_PIXELS)
    longest = max(picture.size)
    if longest > 2 * ENOUGH_PIXELS:
        picture.thumbnail((2 * ENOUGH_PIXELS, 2 * ENOUGH_PIXELS), reducing_gap=2.0)
    return picture


def _session(path: Path) -> ort.InferenceSession:
    """A session of one thread; several photos are analysed in parallel on several threads."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
