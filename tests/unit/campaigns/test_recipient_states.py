"""What was told of a message says how far it has come, in whichever order it was told."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.campaigns.recipient_states import Status, Told, next_state
from dukani.domain.campaigns import RecipientState

STATUSES: tuple[Status, ...] = ("accepted", "sent", "delivered", "read", "failed")
ON_ITS_WAY: tuple[RecipientState, ...] = (
    "posting", "unknown", "accepted", "sent", "delivered", "read", "failed",
)  # fmt: skip


def told(*statuses: Status, message: str = "wamid.1") -> list[Told]:
    return [Told(message, status) for status in statuses]


def state_after(
    statuses: list[Told], *, first: RecipientState = "posting", current: str = "wamid.1"
) -> RecipientState:
    """The state when each status is noted as it comes, with all that came before."""
    state = first
    for n in range(1, len(statuses) + 1):
        deciding = next_state(state, statuses[:n], current=current)
        state = deciding.status if deciding else state
    return state


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        (("accepted",), "accepted"),
        (("sent", "accepted"), "sent"),
        (("accepted", "read"), "read"),  # the delivery was never told
        (("failed", "delivered"), "delivered"),  # it arrived after all
        (("delivered", "failed"), "delivered"),  # on one of her devices
        (("accepted", "sent", "failed"), "failed"),
    ],
)
def test_the_furthest_counts(statuses: tuple[Status, ...], state: RecipientState) -> None:
    for order in permutations(told(*statuses)):
        assert state_after(list(order)) == state


@given(st.lists(st.sampled_from(STATUSES), min_size=1, max_size=8), st.randoms())
def test_no_order_and_no_repetition_changes_the_outcome(
    statuses: list[Status], chance: object
) -> None:
    # given statuses of one message, in two orders and some of them twice
    one = told(*statuses)
    other = [*one, *one[: len(one) // 2]]
    chance.shuffle(other)  # type: ignore[attr-defined]

    # when each is noted as it comes, then both end alike, and alike as all at once
    assert state_after(one) == state_after(other)
    at_once = next_state("posting", one, current="wamid.1")
    assert at_once is not None
    assert at_once.status == state_after(one)


@given(
    st.lists(
        st.tuples(st.sampled_from(("wamid.1", "wamid.2")), st.sampled_from(STATUSES)), max_size=8
    ),
    st.sampled_from(ON_ITS_WAY),
)
def test_an_earlier_try_can_only_arrive(
    given_statuses: list[tuple[str, Status]], state: RecipientState
) -> None:
    """The second try is under way: what is told of the first neither fails nor delays it."""
    statuses = [Told(message, status) for message, status in given_statuses]
    deciding = next_state(state, statuses, current="wamid.2")
    if deciding is not None and deciding.message == "wamid.1":
        assert deciding.status in ("delivered", "read")


def test_who_waits_for_another_try_has_not_failed_again() -> None:
    failed = told("accepted", "sent", "failed")
    assert next_state("planned", failed, current="wamid.1") is None
    # and is sent nothing more once the first try has arrived
    arrived = next_state("planned", [*failed, *told("delivered")], current="wamid.1")
    assert arrived is not None
    assert arrived.status == "delivered"


def test_nothing_told_decides_nothing() -> None:
    assert next_state("posting", [], current="wamid.1") is None
    assert next_state("posting", told("sent"), current=None) is None
