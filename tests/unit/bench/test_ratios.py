"""How loads are compared in pairs."""

from __future__ import annotations

from tests.bench.load import Load
from tests.bench.ratios import SERVERS, compare


def load(*, ack_s: float, turn_s: float = 0.010, worker_ms: float = 5.0) -> Load:
    costs = dict.fromkeys(SERVERS, 1.0) | {"worker": worker_ms, "load": 100.0}
    return Load(
        acks=[ack_s], turns=[turn_s], answers=[], lost=0, doubled=0,
        handled_per_s=1.0, cost_ms=costs, shares={},
    )  # fmt: skip


def test_one_busy_minute_does_not_decide() -> None:
    # given a pair whose other half alone met a busy minute, among two that are alike
    alike = (load(ack_s=0.002), load(ack_s=0.001))
    torn = (load(ack_s=0.002), load(ack_s=0.100))

    # when they are compared
    acks, *_ = compare([alike, torn, alike])

    # then what the pairs agree on is said
    assert (acks.ours, acks.theirs) == ("2.0 / 2.0 / 2.0", "1.0 / 1.0 / 1.0")
    assert acks.ratio == "2.00 / 2.00 / 2.00"


def test_the_ratio_is_that_of_the_pairs_not_of_their_medians() -> None:
    # given three minutes, in two of which ours took half of theirs
    pairs = [
        (load(ack_s=ours), load(ack_s=theirs))
        for ours, theirs in ((0.001, 0.002), (0.100, 0.010), (0.030, 0.060))
    ]

    # when they are compared
    acks, *_ = compare(pairs)

    # then it is half, though the medians by themselves are 30 and 10
    assert acks.ours.startswith("30.0") and acks.theirs.startswith("10.0")
    assert acks.ratio == "0.50 / 0.50 / 0.50"


def test_the_load_itself_is_no_part_of_the_cost() -> None:
    # given a load generator that took 100 ms a message on both sides
    pair = (load(ack_s=0.001, worker_ms=4.0), load(ack_s=0.001, worker_ms=1.0))

    # when they are compared
    rows = {row.name: row for row in compare([pair])}

    # then the three processes of the service count, each once
    assert rows["processor ms a message: all three"].ours == "6.0"
    assert rows["processor ms a message: all three"].ratio == "2.00"
