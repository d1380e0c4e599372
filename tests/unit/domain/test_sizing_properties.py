"""What holds of every advice, whatever is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dukani.domain.sizing.advice import PieceToFit, advise
from dukani.domain.sizing.evidence import Aged, Bought, Evidence, Fitted, Measured, Stated

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LETTERS = ("XS", "S", "M", "L", "XL", "XXL")
DRESS = PieceToFit("dress", LETTERS)

times = st.integers(0, 2500).map(lambda days: NOW - timedelta(days=days))
garments = st.sampled_from(["dress", "top", "skirt", "kaftan"])
sizes = st.sampled_from([*LETTERS, "10", "12", "UK 14", "EU 42"])
purchases = st.builds(
    Bought, sizes, garments, times, order_id=st.integers(0, 9).map(str), product_id=st.none()
)
stated = st.builds(Stated, sizes, times, st.none() | garments)
measured = st.builds(
    Measured, st.sampled_from(["bust", "waist", "hips"]), st.floats(60, 140), times
)
fits = st.builds(
    Fitted, sizes, garments, st.sampled_from(["too_small", "right", "too_large"]), times
)
shoes = st.builds(
    Bought, st.sampled_from(["37", "38", "40", "UK 5"]), st.just("shoes"), times,
    order_id=st.integers(0, 9).map(str), product_id=st.none(),
)  # fmt: skip
of_garments: st.SearchStrategy[Evidence] = st.one_of(purchases, stated, measured, fits)
anything: st.SearchStrategy[Evidence] = st.one_of(
    of_garments, shoes, st.builds(Aged, st.floats(16, 60), times)
)
histories = st.lists(anything, max_size=7)


@given(histories, st.sampled_from(["dress", "top", "jeans", "shoes", "bra", None]))
@settings(max_examples=60, deadline=None)
def test_advice_is_one_of_the_sizes(history: list[Evidence], category: str | None) -> None:
    advice = advise(history, PieceToFit(category, LETTERS), now=NOW)

    if advice is not None:
        assert advice.size in LETTERS
        assert advice.beside in {None, *LETTERS} - {advice.size}
        assert advice.rests_on


@given(st.lists(anything, min_size=2, max_size=4))
@settings(max_examples=30, deadline=None)
def test_the_order_of_evidence_does_not_matter(history: list[Evidence]) -> None:
    found = {advise(order, DRESS, now=NOW) for order in permutations(history)}

    assert len(found) == 1


@given(st.lists(of_garments, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_what_was_advised_and_is_bought_is_advised_again(history: list[Evidence]) -> None:
    advice = advise(history, DRESS, now=NOW)

    if advice is not None:
        again = Bought(advice.size, "dress", NOW, order_id="new")
        after = advise([*history, again], DRESS, now=NOW)
        assert after is not None
        assert after.size == advice.size


# Where a measurement says the opposite of how a piece fitted, the measurement may win.
@given(
    st.lists(st.one_of(purchases, stated, fits), min_size=1, max_size=6),
    st.sampled_from(["too_small", "too_large"]),
)
@example(
    [
        *[Bought("XS", "dress", at=NOW, order_id=str(n)) for n in range(3)],
        Fitted("S", "dress", "too_small", at=NOW),
    ],
    "too_small",
)
@settings(max_examples=80, deadline=None)
def test_what_was_advised_and_did_not_fit_moves_the_advice_one_way(
    history: list[Evidence], fit: str
) -> None:
    advice = advise(history, DRESS, now=NOW)

    if advice is not None:
        said = Fitted(advice.size, "dress", "too_small" if fit == "too_small" else "too_large", NOW)
        after = advise([*history, said], DRESS, now=NOW)
        if after is not None:
            moved = LETTERS.index(after.size) - LETTERS.index(advice.size)
            assert moved >= 0 if fit == "too_small" else moved <= 0


@given(st.lists(shoes, min_size=1, max_size=4), st.lists(of_garments, min_size=1, max_size=4))
@example(
    [Bought("37", "shoes", at=NOW, order_id="0")],
    [Fitted("XS", "dress", "too_large", at=NOW - timedelta(days=1))],
)
@settings(max_examples=30, deadline=None)
def test_shoes_and_garments_say_nothing_of_each_other(
    feet: list[Evidence], garments: list[Evidence]
) -> None:
    shoe = PieceToFit("shoes", ("36", "37", "38", "39", "40", "41"), "women")

    assert advise([*feet, *garments], DRESS, now=NOW) == advise(garments, DRESS, now=NOW)
    assert advise([*feet, *garments], shoe, now=NOW) == advise(feet, shoe, now=NOW)
    assert advise(feet, DRESS, now=NOW) is None
    assert advise(garments, shoe, now=NOW) is None
