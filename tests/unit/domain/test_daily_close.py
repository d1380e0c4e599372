"""What should be there is split among persons and ways of paying, and nothing is lost by it."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from dukani.core.store.takings import Taking
from dukani.domain.daily_close import (
    COUNTED,
    CountedMethod,
    PaidOut,
    Place,
    came_since,
    should_be_there,
)

PEOPLE = (None, "amina", "baraka", "cheru")
MONEY = st.integers(0, 10**9)
TAKINGS = st.lists(
    st.builds(
        Taking,
        method=st.sampled_from(["cash", "mpesa", "bank", "credit", "unsaid"]),
        source=st.sampled_from(["order", "counter", "debt", "refund", "reversal"]),
        user_id=st.sampled_from(PEOPLE),
        payments=st.integers(1, 9),
        sum_minor=st.integers(-(10**9), 10**9),
    ),
    max_size=12,
)
PAID_OUT = st.lists(st.builds(PaidOut, what=st.just("Boda"), amount_minor=MONEY), max_size=4)
ALONE = st.sets(st.tuples(st.sampled_from(COUNTED), st.sampled_from(PEOPLE[1:])))


def by_person(takings: list[Taking], method: CountedMethod) -> dict[str | None, int]:
    """What each took; under None what the assistant took, and what is nobody's."""
    sums: dict[str | None, int] = defaultdict(int)
    for taking in takings:
        if taking.method == method:
            sums[taking.user_id] += taking.sum_minor
    return dict(sums)


@given(TAKINGS, MONEY, PAID_OUT, ALONE)
def test_whoever_is_counted_alone_the_method_has_the_same_money(
    takings: list[Taking], float_minor: int, paid_out: list[PaidOut], alone: set[Place]
) -> None:
    split = should_be_there(takings, float_minor=float_minor, paid_out=paid_out, alone=alone)

    rows = {
        method: sum(one.sum_minor for one in takings if one.method == method) for method in COUNTED
    }
    rows["cash"] += float_minor - sum(one.amount_minor for one in paid_out)
    for method in COUNTED:
        assert sum(minor for place, minor in split.items() if place[0] == method) == rows[method]
    assert set(split) == alone | {(method, None) for method in COUNTED}


@given(TAKINGS, ALONE)
def test_who_is_counted_alone_answers_for_what_she_took(
    takings: list[Taking], alone: set[Place]
) -> None:
    split = should_be_there(takings, float_minor=0, paid_out=[], alone=alone)

    for method, person in alone:
        assert split[method, person] == by_person(takings, method).get(person, 0)


@given(TAKINGS)
def test_the_persons_sums_are_the_methods(takings: list[Taking]) -> None:
    for method in COUNTED:
        together = should_be_there(takings, float_minor=0, paid_out=[])[method, None]
        assert sum(by_person(takings, method).values()) == together


@given(TAKINGS, TAKINGS, ALONE)
def test_what_comes_after_a_close_is_told_to_the_cent(
    before: list[Taking], after: list[Taking], alone: set[Place]
) -> None:
    then = should_be_there(before, float_minor=500, paid_out=[], alone=alone)
    now = should_be_there([*before, *after], float_minor=500, paid_out=[])

    changed = came_since(then, now)

    for method in COUNTED:
        late = sum(one.sum_minor for one in after if one.method == method)
        assert changed.get(method, 0) == late
    assert all(changed.values())  # what stayed is not told
