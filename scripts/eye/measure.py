"""How well the eye finds its like among photos it was not trained on."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from dukani.agent.eye_features import Head
from dukani.agent.lab import Floats
from dukani.agent.local_eye import LocalEye

from .fit import fit_head
from .photos import Photo, Seen

SURE = (0.6, 0.8)
HELD_OUT = 0.2
TIMED_PHOTOS = 200


@dataclass(frozen=True)
class Figures:
    p1: float
    p5: float
    mean_average_precision: float
    colour_distance: float
    accuracy: float
    covered: dict[float, tuple[float, float]]  # confidence → share covered, accuracy there


def split(labels: NDArray[np.str_], seed: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Gallery and query rows, each class 80 to 20."""
    random = np.random.default_rng(seed)
    queries: list[int] = []
    for name in np.unique(labels):
        rows = random.permutation(np.flatnonzero(labels == name))
        queries.extend(rows[: round(len(rows) * HELD_OUT)])
    held = np.sort(np.array(queries))
    return np.setdiff1d(np.arange(len(labels)), held), held


def measure(seen: Seen, seed: int) -> Figures:
    """Trains on the gallery, asks with the queries."""
    kept, held = split(seen.labels, seed)
    gallery, queries = seen.rows(kept), seen.rows(held)
    head = fit_head(gallery.features, gallery.labels)
    likeness = queries.vectors(head) @ gallery.vectors(head).T
    best = np.argsort(-likeness, axis=1)
    hits = gallery.labels[best] == queries.labels[:, None]
    away = np.linalg.norm(gallery.colours[best[:, :5]] - queries.colours[:, None], axis=-1)
    accuracy, covered = _head_figures(head, queries)
    return Figures(
        p1=float(hits[:, 0].mean()),
        p5=float(hits[:, :5].mean()),
        mean_average_precision=_average_precision(hits),
        colour_distance=float(away.mean()),
        accuracy=accuracy,
        covered=covered,
    )


def _average_precision(hits: NDArray[np.bool_]) -> float:
    ranks = np.arange(1, hits.shape[1] + 1)
    precision = hits.cumsum(1) / ranks
    return float(((precision * hits).sum(1) / hits.sum(1)).mean())


def _head_figures(head: Head, queries: Seen) -> tuple[float, dict[float, tuple[float, float]]]:
    kinds: Floats = head.probabilities(queries.features)
    right = np.array(head.classes)[kinds.argmax(1)] == queries.labels
    sure = {limit: kinds.max(1) >= limit for limit in SURE}
    covered = {
        limit: (float(rows.mean()), float(right[rows].mean())) for limit, rows in sure.items()
    }
    return float(right.mean()), covered


def milliseconds_a_photo(eye: LocalEye, photos: list[Photo]) -> float:
    """Median time of the whole look, bytes to PhotoAnalysis, in one thread."""
    times = []
    for photo in photos[:: max(1, len(photos) // TIMED_PHOTOS)]:
        data = photo.path.read_bytes()
        start = perf_counter()
        eye.look_now(data)
        times.append(perf_counter() - start)
    return float(np.median(times) * 1000)


def table(runs: list[Figures], milliseconds: float | None) -> str:
    """The mean of the runs, one figure a line."""
    rows = [
        ("P@1", np.mean([run.p1 for run in runs])),
        ("P@5", np.mean([run.p5 for run in runs])),
        ("mAP", np.mean([run.mean_average_precision for run in runs])),
        ("dE5", np.mean([run.colour_distance for run in runs])),
        ("head accuracy", np.mean([run.accuracy for run in runs])),
    ]
    for limit in SURE:
        rows.append((f"covered at {limit}", np.mean([run.covered[limit][0] for run in runs])))
        rows.append((f"accuracy at {limit}", np.mean([run.covered[limit][1] for run in runs])))
    if milliseconds is not None:
        rows.append(("ms a photo", np.float64(milliseconds)))
    return "\n".join(f"{name:<16} {value:8.3f}" for name, value in rows)
