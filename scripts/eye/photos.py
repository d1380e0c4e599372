"""Labelled photos and what the network and the colour arithmetic make of them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dukani.agent.colour import colour_histogram
from dukani.agent.eye_features import Head, hybrid_vector
from dukani.agent.lab import Floats, lab_view
from dukani.agent.local_eye import Network, open_small


@dataclass(frozen=True)
class Photo:
    path: Path
    label: str

    def open(self) -> Image.Image:
        return open_small(self.path.read_bytes())


@dataclass(frozen=True)
class Seen:
    """One row per photo."""

    labels: NDArray[Any]
    features: Floats  # (n, 1280)
    histograms: Floats  # (n, 196)
    colours: Floats  # (n, 3), the garment's mean Lab

    def rows(self, index: NDArray[np.intp]) -> Seen:
        return Seen(
            self.labels[index], self.features[index], self.histograms[index], self.colours[index]
        )

    def vectors(self, head: Head) -> Floats:
        """(n, 512), as the eye would store them."""
        looks, kinds = head.look(self.features), head.probabilities(self.features)
        rows = zip(looks, kinds, self.histograms, strict=True)
        return np.stack([hybrid_vector(*row) for row in rows])


def read_photos(folder: Path) -> list[Photo]:
    """The folder's labels.csv, with the columns file and class."""
    with (folder / "labels.csv").open(newline="") as file:
        return [Photo(folder / row["file"], row["class"]) for row in csv.DictReader(file)]


def look_at(photos: list[Photo], network: Network) -> Seen:
    """Opens every photo once."""
    features, histograms, colours = [], [], []
    for photo in photos:
        picture = photo.open()
        view = lab_view(picture)
        features.append(network.features(picture))
        histograms.append(colour_histogram(view))
        colours.append(view.mean())
    labels = np.array([photo.label for photo in photos])
    return Seen(labels, np.stack(features), np.stack(histograms), np.stack(colours))
