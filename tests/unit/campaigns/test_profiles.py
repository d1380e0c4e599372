"""A customer's profile: the same by steps as from all her orders, and corrected by a refund."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dukani.campaigns.palette import COLOUR_FAMILIES, family_of
from dukani.campaigns.profiles import DENSITIES, PriceBands, Purchase, Tally, profile_of, rebuilt
from dukani.campaigns.scoring import Profile
from dukani.core.colours import COLOURS, MULTICOLOUR

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BANDS = PriceBands.of([100_000, 200_000, 300_000, 400_000, 500_000])

vectors = st.one_of(
    st.none(),
    st.lists(st.integers(-9, 9), min_size=3, max_size=3).map(lambda v: np.array(v, np.float32)),
)
purchases = st.builds(
    Purchase,
    at=st.integers(0, 900).map(lambda days: NOW - timedelta(days=days)),
    units=st.integers(1, 4),
    colour=st.sampled_from(COLOURS),
    unit_price_minor=st.integers(1, 600_000),
    embroidery_density=st.sampled_from(DENSITIES),
    embroidery_type=st.sampled_from([None, "zari", "thread", "beads"]),
    occasions=st.lists(st.sampled_from(["wedding", "office"]), unique=True).map(tuple),
    vector=vectors,
)


def same(one: Profile | None, other: Profile | None) -> bool:
    if one is None or other is None:
        return one is other
    assert one.occasions == pytest.approx(other.occasions, abs=1e-6)
    if one.style is None or other.style is None:
        assert one.style is other.style
    else:
        np.testing.assert_allclose(one.style, other.style, atol=1e-5)
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("colour_family", "embroidery_density", "embroidery_types", "price_band")
    )


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(purchases, st.booleans()), max_size=12), st.randoms())
def test_purchases_and_refunds_in_any_order_leave_what_was_kept(
    bought: list[tuple[Purchase, bool]], rng: object
) -> None:
    # given purchases, some of which are refunded later, at any time
    steps = [(purchase, "add") for purchase, _ in bought]
    rng.shuffle(steps)  # type: ignore[attr-defined]
    tally = Tally()
    for purchase, _ in steps:
        tally.add(purchase)
    for purchase, is_refunded in bought:
        if is_refunded:
            tally.take_back(purchase)

    # then the profile is that of the others alone
    kept = rebuilt(purchase for purchase, is_refunded in bought if not is_refunded)
    assert same(profile_of("c", tally, BANDS), profile_of("c", kept, BANDS))


def test_a_profile_says_what_she_likes() -> None:
    tally = rebuilt(
        [
            a_purchase(colour="red", embroidery_density="heavy", embroidery_type="zari", units=3),
            a_purchase(colour="gold", embroidery_density="heavy", embroidery_type="zari", units=2),
            a_purchase(colour="navy", embroidery_density="light", embroidery_type="thread"),
        ]
    )

    profile = profile_of("c", tally, BANDS)

    assert profile is not None
    assert profile.colour_family == "Warm"
    assert profile.embroidery_density == "heavy"
    assert profile.embroidery_types == {"zari"}  # one thread of six is no liking
    assert profile.price_band == "mid"


def test_what_she_bought_for_lately_counts_more() -> None:
    old, new = NOW - timedelta(days=360), NOW
    tally = rebuilt(
        [a_purchase(at=old, occasions=("office",)), a_purchase(at=new, occasions=("wedding",))]
    )

    profile = profile_of("c", tally, BANDS)

    assert profile is not None
    assert profile.occasions == pytest.approx({"wedding": 0.8, "office": 0.2})


def test_who_bought_nothing_or_gave_all_back_has_no_profile() -> None:
    tally = rebuilt([a_purchase()])
    tally.take_back(a_purchase())

    assert profile_of("c", tally, BANDS) is None
    assert profile_of("c", Tally(), BANDS) is None


def test_prices_fall_into_the_quarters_of_the_boutique() -> None:
    assert BANDS.cuts == (200_000, 300_000, 400_000)
    prices = (1, 199_999, 200_000, 300_000, 400_000, 10**9)
    assert [BANDS.band(price) for price in prices] == [
        "budget", "budget", "mid", "premium", "luxury", "luxury",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="without pieces"):
        PriceBands.of([])


def test_every_colour_of_a_shop_has_a_family_but_many_at_once() -> None:
    assert {colour for colour in COLOURS if family_of(colour) is None} == {MULTICOLOUR}
    assert {family_of(colour) for colour in COLOURS} == {None, *COLOUR_FAMILIES}


def a_purchase(**values: object) -> Purchase:
    usual: dict[str, object] = {
        "at": NOW,
        "units": 1,
        "colour": "red",
        "unit_price_minor": 250_000,
    }
    return Purchase(**(usual | values))  # type: ignore[arg-type]
