"""Slots by kind of work, and by boutique within a kind."""

from __future__ import annotations

from datetime import timedelta

from dukani.core.capacity import LONGEST_WAIT_S, Capacities, Capacity
from dukani.core.queues import QUEUES
from dukani.core.work_slots import CONCURRENCY, MOST_ASIDE, Slots


def test_no_queue_and_no_boutique_can_take_everything() -> None:
    of_boutiques = [queue for name, queue in QUEUES.items() if name != "clock"]
    slots = CONCURRENCY - MOST_ASIDE
    assert [queue for queue in of_boutiques if queue.per_boutique > queue.slots / 2] == []
    assert [queue for queue in QUEUES.values() if queue.slots > slots / 2] == []


def test_turns_that_wait_for_the_outside_never_fill_the_turns() -> None:
    capacity = Capacities()
    outside = [capacity.media, *capacity.sending.values()]

    assert sum(room._slots for room in outside) < QUEUES["turns"].slots
    assert sum(room._per_boutique for room in outside) <= QUEUES["turns"].per_boutique


def test_a_boutique_with_all_its_slots_is_passed_over_and_others_are_not() -> None:
    slots = Slots()
    for n in range(QUEUES["sending"].per_boutique):
        slots.enter(n, "deliver", "busy")

    assert set(slots.crowded()) == {(task, "busy") for task in QUEUES["sending"].tasks}
    assert slots.full() == []

    slots.leave(0)
    assert slots.crowded() == []


def test_a_full_queue_is_passed_over_whoever_fills_it() -> None:
    slots = Slots()
    for n in range(QUEUES["payments"].slots):
        slots.enter(n, "push_payment", f"shop {n}")

    assert set(slots.full()) == set(QUEUES["payments"].tasks)


def test_jobs_without_a_boutique_count_for_their_queue_alone() -> None:
    slots = Slots()
    for n in range(QUEUES["payments"].slots - 1):
        slots.enter(n, "handle_payment_callback", None)

    assert (slots.full(), slots.crowded()) == ([], [])


def test_what_is_of_no_queue_is_never_passed_over() -> None:
    slots = Slots()
    for n in range(100):
        slots.enter(n, "unheard of", "shop")

    assert (slots.full(), slots.crowded()) == ([], [])


def test_a_job_that_is_told_twice_counts_once() -> None:
    slots = Slots()
    for _ in range(QUEUES["sending"].per_boutique):
        slots.enter(1, "deliver", "shop")
    assert slots.crowded() == []

    for _ in range(3):
        slots.leave(1)
    for n in range(QUEUES["sending"].per_boutique - 1):
        slots.enter(n, "deliver", "shop")
    assert slots.crowded() == []


def test_a_room_holds_so_many_and_so_many_of_one_boutique() -> None:
    room = Capacity(3, 2)
    with room.held("a"), room.held("a"):
        assert not room.has_for("a")
        assert room.has_for("b")
        with room.held("b"):
            assert not room.has_for("c")
    assert room.has_for("a")


def test_whoever_finds_no_room_comes_back_the_later_the_more_wait() -> None:
    room = Capacity(4, 2)
    waits = [room.wait("a") for _ in range(100)]

    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=1)
    assert waits[-1] == timedelta(seconds=LONGEST_WAIT_S)
    with room.held("a"):
        pass
    assert room.wait("a") == waits[0]
