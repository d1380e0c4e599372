"""What is recommended, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dukani.domain.recommending import (
    Bought,
    Piece,
    Vector,
    Weights,
    pair_strengths,
    recommend,
)

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def looks(angle: float) -> Vector:
    return np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)


def piece(name: str, category: str = "dress", price: int = 4500, **values: object) -> Piece:
    return Piece(name, category, price * 100, **values)  # type: ignore[arg-type]


def bought(name: str, category: str = "dress", price: int = 4500, days: int = 100) -> Bought:
    return Bought(name, name, category, price * 100, NOW - timedelta(days=days), looks(0))


def names(found: object) -> list[str]:
    return [one.piece.product_id for one in found]  # type: ignore[attr-defined]


def test_of_nobody_known_the_trend_alone_is_told():
    shop = [piece("slow", sold=1), piece("fast", sold=9), piece("unsold")]
    found = recommend(shop, [], {}, now=NOW)
    assert names(found) == ["fast", "slow"]
    assert {one.why for one in found} == {"trend"}


def test_what_buyers_of_hers_take_comes_first_and_names_her_piece():
    shop = [piece("belt", "belt", 900, sold=1), piece("hat", "hat", 1500, sold=1)]
    found = recommend(shop, [bought("dress")], {("dress", "hat"): 0.3}, now=NOW)
    assert names(found)[0] == "hat"
    assert found[0].why == "pairs" and found[0].like is not None
    assert found[0].like.name == "dress"


def test_what_looks_like_hers_at_her_price_is_told_so():
    shop = [
        piece("alike", vector=looks(0.1)),
        piece("other", vector=looks(1.5)),
        piece("dear", price=40_000, vector=looks(0.1)),
    ]
    found = recommend(shop, [bought("dress", days=300)], {}, now=NOW)
    assert names(found)[0] == "alike"
    assert (found[0].why, found[0].like and found[0].like.name) == ("content", "dress")


def test_a_kind_just_bought_comes_behind_and_is_not_left_out():
    shop = [piece("dress2", vector=looks(0)), piece("skirt", "skirt", vector=looks(0))]
    assert names(recommend(shop, [bought("dress", days=1)], {}, now=NOW)) == ["skirt", "dress2"]


def test_what_is_not_in_her_size_comes_last():
    shop = [piece("fits", sold=1), piece("best", sold=50, in_her_size=False)]
    assert names(recommend(shop, [], {}, now=NOW)) == ["fits", "best"]


pieces = st.lists(
    st.builds(
        lambda n, kind, price, angle, sold, fits: piece(
            f"p{n}", kind, price, vector=looks(angle), sold=sold, in_her_size=fits
        ),
        st.integers(0, 30),
        st.sampled_from(["dress", "belt", "hat"]),
        st.integers(1, 90_000),
        st.floats(0, 6.28),
        st.integers(0, 40),
        st.booleans(),
    ),
    unique_by=lambda one: one.product_id,
    max_size=20,
)
histories = st.lists(
    st.builds(
        lambda n, kind, price, days: bought(f"p{n}", kind, price, days),
        st.integers(0, 30),
        st.sampled_from(["dress", "belt", "hat"]),
        st.integers(1, 90_000),
        st.integers(0, 900),
    ),
    max_size=6,
)


@given(pieces, histories, st.integers(1, 8))
def test_nothing_twice_nothing_she_has_and_her_size_first(shop, history, limit):
    pairs = pair_strengths([[b.product_id for b in history]] * 3, prior=1, kept=5)
    without = frozenset(p.product_id for p in shop[:2])

    found = recommend(shop, history, pairs, now=NOW, without=without, limit=limit)

    shown = names(found)
    assert len(shown) == len(set(shown)) <= limit
    assert not set(shown) & (without | {b.product_id for b in history})
    fits = [one.piece.in_her_size for one in found]
    assert fits == sorted(fits, reverse=True)
    assert all(one.score > 0 for one in found)


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=5), max_size=12))
def test_pairs_are_symmetric_shrunk_and_of_two_pieces(baskets):
    strengths = pair_strengths(baskets, prior=4, kept=20)
    for (a, b), strength in strengths.items():
        assert a != b
        assert 0 < strength < 1
        assert strengths[(b, a)] == strength


def test_a_weight_of_nothing_counts_for_nothing():
    shop = [piece("popular", "hat", sold=50), piece("pair", "belt")]
    only = Weights(content=0, pairs=1, trend=0, tired=0)
    found = recommend(shop, [bought("dress")], {("dress", "pair"): 0.2}, now=NOW, weights=only)
    assert names(found) == ["pair"]
