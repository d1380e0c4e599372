"""The score of a customer and a piece: exactly its five factors, whatever the numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from dukani.campaigns import scorer
from dukani.campaigns.palette import COLOUR_FAMILIES
from dukani.campaigns.rules import ScoreRules, Weights
from dukani.campaigns.scorer import score
from dukani.campaigns.scoring import PRICE_BANDS, Attributes, Candidate, Profile
from tests.plain_score import plain_score

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
        if (value := plain_score(profile, piece, RULES)) is not None
    }
    assert found.keys() == wanted.keys()
    assert all(found[pair] == pytest.approx(wanted[pair], abs=2e-5) for pair in wanted)


def test_the_plain_definition_is_the_agreed_one() -> None:
    """Every factor by hand, of a customer and a piece in which each is another share."""
    likes = a_profile(
        style=np.array([1, 0, 0, 0], np.float32),
        embroidery_density="light",
        occasions={"office": 0.5, "party": 0.25},
        price_band="budget",
    )
    kind = Attributes(("Cool", "Neutral"), "heavy", "zari", ("party", "church"))
    piece = a_piece(vector=np.array([3, 4, 0, 0], np.float32), attributes=kind)

    score = 0.35 * 0.6 + 0.25 * 0.6 + 0.20 * (0.5 * 0 + 0.5 * 1) + 0.12 * 0.25

    assert plain_score(likes, piece, RULES) == pytest.approx(score)
    assert plain_score(likes, replace(piece, price_band="premium"), RULES) is None
    assert RULES.threshold == 0.40


def test_customers_in_chunks_score_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(7)
    several = [a_profile(style=rng.normal(size=4).astype(np.float32)) for _ in range(50)]
    pieces = [a_piece(vector=rng.normal(size=4).astype(np.float32)) for _ in range(9)]
    (whole,) = score(several, pieces, RULES)

    monkeypatch.setattr(scorer, "CHUNK_BYTES", 4 * 9 * 8)  # eight customers at a time
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
