"""The score of a customer and a piece: exactly its five factors, whatever the numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from dukani.campaigns import scoring
from dukani.campaigns.palette import COLOUR_FAMILIES
from dukani.campaigns.rules import ScoreRules, Weights
from dukani.campaigns.scoring import PRICE_BANDS, Attributes, Candidate, Profile, score

RULES = ScoreRules()
DENSITIES = ("none", "light", "medium", "heavy")
TYPES = ("zari", "thread", "beads")
OCCASIONS = ("wedding", "office", "church")

vectors = st.one_of(
    st.none(),
    st.lists(st.floats(-1, 1, width=32).map(lambda x: round(x, 3)), min_size=4, max_size=4).map(
        lambda numbers: np.array(numbers, np.float32)
    ),
)
profiles = st.builds(
    Profile,
    customer_id=st.uuids().map(str),
    colour_family=st.sampled_from([None, *COLOUR_FAMILIES]),
    style=vectors,
    embroidery_density=st.sampled_from(DENSITIES),
    embroidery_types=st.frozensets(st.sampled_from(TYPES)),
    occasions=st.dictionaries(st.sampled_from(OCCASIONS), st.floats(0, 1)),
    price_band=st.sampled_from(PRICE_BANDS),
)
attributes = st.builds(
    Attributes,
    colour_families=st.lists(st.sampled_from(COLOUR_FAMILIES), unique=True).map(tuple),
    embroidery_density=st.sampled_from(DENSITIES),
    embroidery_type=st.sampled_from([None, *TYPES]),
    occasions=st.lists(st.sampled_from(OCCASIONS), unique=True).map(tuple),
)
candidates = st.builds(
    Candidate,
    product_id=st.uuids().map(str),
    attributes=attributes,
    vector=vectors,
    price_band=st.sampled_from(PRICE_BANDS),
)


def by_hand(profile: Profile, piece: Candidate) -> float | None:
    """The definition, one pair at a time; None: the price is out of her reach or beneath it."""
    apart = PRICE_BANDS.index(profile.price_band) - PRICE_BANDS.index(piece.price_band)
    if abs(apart) > 1:
        return None
    families = piece.attributes.colour_families
    suits = 0.1
    if profile.colour_family and families:
        suits = max(RULES.colours[profile.colour_family][family] for family in families)
    density = profile.embroidery_density == piece.attributes.embroidery_density
    kind = (piece.attributes.embroidery_type or "") in (profile.embroidery_types or {""})
    affinity = max(
        (profile.occasions.get(name, 0.1) for name in piece.attributes.occasions), default=0.1
    )
    return (
        0.35 * suits
        + 0.25 * max(0.0, min(1.0, cosine(profile.style, piece.vector)))
        + 0.20 * (0.5 * density + 0.5 * kind)
        + 0.12 * affinity
    )


def cosine(one: np.ndarray | None, other: np.ndarray | None) -> float:
    if one is None or other is None:
        return 0.0
    a, b = one.astype(float), other.astype(float)
    lengths = math.sqrt(a @ a) * math.sqrt(b @ b)
    return float(a @ b) / lengths if lengths else 0.0


@settings(max_examples=60, deadline=None)
@given(st.lists(profiles, max_size=8), st.lists(candidates, max_size=8))
def test_every_score_is_what_its_factors_make_it(
    several: list[Profile], pieces: list[Candidate]
) -> None:
    found = {
        (row, column): float(chunk.scores[at, under])
        for chunk in score(several, pieces, RULES)
        for at, row in enumerate(chunk.customers)
        for under, column in enumerate(chunk.pieces)
    }

    wanted = {
        (row, column): value
        for row, profile in enumerate(several)
        for column, piece in enumerate(pieces)
        if (value := by_hand(profile, piece)) is not None
    }
    assert found.keys() == wanted.keys()
    assert all(found[pair] == pytest.approx(wanted[pair], abs=2e-5) for pair in wanted)


def test_customers_in_chunks_score_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(7)
    several = [a_profile(style=rng.normal(size=4).astype(np.float32)) for _ in range(50)]
    pieces = [a_piece(vector=rng.normal(size=4).astype(np.float32)) for _ in range(9)]
    (whole,) = score(several, pieces, RULES)

    monkeypatch.setattr(scoring, "CHUNK_BYTES", 4 * 9 * 8)  # eight customers at a time
    chunks = list(score(several, pieces, RULES))

    assert len(chunks) == 7
    np.testing.assert_allclose(np.concatenate([c.scores for c in chunks]), whole.scores, atol=1e-6)


def test_a_perfect_match_scores_the_sum_of_the_weights() -> None:
    vector = np.array([1, 2, 3, 4], np.float32)
    liked = a_profile(style=vector, occasions={"wedding": 1.0})
    (chunk,) = score([liked], [a_piece(vector=vector)], RULES)

    assert float(chunk.scores[0, 0]) == pytest.approx(0.92)
    assert Weights().total == pytest.approx(0.92)


def test_rules_without_a_full_matrix_are_refused() -> None:
    with pytest.raises(ValidationError, match="Warm says nothing of Cool"):
        ScoreRules(colours={**RULES.colours, "Warm": {"Warm": 1, "Neutral": 1, "Jewel": 1}})
    with pytest.raises(ValidationError, match=r"1\.5 is not between 0 and 1"):
        ScoreRules(colours={**RULES.colours, "Warm": dict.fromkeys(COLOUR_FAMILIES, 1.5)})


def a_profile(**values: object) -> Profile:
    usual: dict[str, object] = {
        "customer_id": "c",
        "colour_family": "Warm",
        "style": None,
        "embroidery_density": "heavy",
        "embroidery_types": frozenset({"zari"}),
        "occasions": {},
        "price_band": "mid",
    }
    return Profile(**(usual | values))  # type: ignore[arg-type]


def a_piece(**values: object) -> Candidate:
    kind = Attributes(("Warm",), "heavy", "zari", ("wedding",))
    usual: dict[str, object] = {
        "product_id": "p",
        "attributes": kind,
        "vector": None,
        "price_band": "mid",
    }
    return Candidate(**(usual | values))  # type: ignore[arg-type]
