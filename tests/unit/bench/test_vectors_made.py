"""The bench's pictures: as many for each boutique, by turns, and of unit length."""

from __future__ import annotations

from collections import Counter

import numpy as np

from tests.bench.vectors_made import RUN, Looks, boutiques_in_turn


def test_each_boutique_adds_its_pictures_by_turns() -> None:
    [rows] = boutiques_in_turn(["a", "b", "c"], each=3 * RUN)

    assert Counter(rows) == {"a": 3 * RUN, "b": 3 * RUN, "c": 3 * RUN}
    assert rows[: 4 * RUN : RUN] == ["a", "b", "c", "a"]


def test_pictures_of_a_kind_are_nearer_than_others() -> None:
    looks = Looks.drawn(7)

    vectors = looks.some(400)
    near = np.sort(vectors @ vectors.T, axis=1)

    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert near[:, -1].min() > 0.999  # itself
    assert near[:, 0].max() < 0.1  # what is least like it
