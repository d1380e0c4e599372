"""Slots by kind of work, and by boutique within a kind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dukani.core.rooms import LONGEST_WAIT_S, Room, Rooms
from dukani.core.work_slots import CONCURRENCY, KINDS, Slots


def test_no_kind_and_no_boutique_can_take_everything() -> None:
    for kind in KINDS.values():
        assert kind.per_boutique <= kind.slots / 2
        assert kind.slots <= CONCURRENCY / 2 + 4


def test_turns_that_wait_for_the_outside_never_fill_the_turns() -> None:
    rooms = Rooms()
    outside = [rooms.media, *rooms.sending.values()]

    assert sum(room._slots for room in outside) < KINDS["turns"].slots
    assert sum(room._per_boutique for room in outside) <= KINDS["turns"].per_boutique


def test_a_boutique_with_all_its_slots_is_passed_over_and_others_are_not() -> None:
    slots = Slots()
    for n in range(KINDS["sending"].per_boutique):
        slots.enter(n, "deliver", "busy")

    assert slots.crowded() == [("deliver", "busy")]
    assert slots.full() == []

    slots.leave(0)
    assert slots.crowded() == []


def test_a_full_kind_is_passed_over_whoever_fills_it() -> None:
    slots = Slots()
    for n in range(KINDS["payments"].slots):
        slots.enter(n, "push_payment", f"shop {n}")

    assert set(slots.full()) == set(KINDS["payments"].tasks)


def test_jobs_without_a_boutique_count_for_their_kind_alone() -> None:
    slots = Slots()
    for n in range(KINDS["payments"].slots - 1):
        slots.enter(n, "handle_payment_callback", None)

    assert (slots.full(), slots.crowded()) == ([], [])


@pytest.mark.parametrize("task", ["pick_up_loose_ends", "unheard of"])
def test_what_is_of_no_kind_is_never_passed_over(task: str) -> None:
    slots = Slots()
    for n in range(100):
        slots.enter(n, task, "shop")

    assert (slots.full(), slots.crowded()) == ([], [])


def test_a_job_that_is_told_twice_counts_once() -> None:
    slots = Slots()
    for _ in range(KINDS["sending"].per_boutique):
        slots.enter(1, "deliver", "shop")
    assert slots.crowded() == []

    for _ in range(3):
        slots.leave(1)
    for n in range(KINDS["sending"].per_boutique - 1):
        slots.enter(n, "deliver", "shop")
    assert slots.crowded() == []


def test_a_room_holds_so_many_and_so_many_of_one_boutique() -> None:
    room = Room(3, 2)
    with room.held("a"), room.held("a"):
        assert not room.has_for("a")
        assert room.has_for("b")
        with room.held("b"):
            assert not room.has_for("c")
    assert room.has_for("a")


def test_whoever_finds_no_room_comes_back_the_later_the_more_wait() -> None:
    room = Room(4, 2)
    waits = [room.wait("a") for _ in range(100)]

    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=1)
    assert waits[-1] == timedelta(seconds=LONGEST_WAIT_S)
    with room.held("a"):
        pass
    assert room.wait("a") == waits[0]
