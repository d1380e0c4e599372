"""A bucket lets no more through than its rate, and a late job catches up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dukani.campaigns.pacing import Bucket, every

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
EACH = every(10)


def test_ten_a_minute_is_one_in_six_seconds() -> None:
    assert timedelta(seconds=6) == EACH


def test_the_first_leaves_at_once_and_the_next_waits() -> None:
    bucket = Bucket(None, EACH)
    assert bucket.free(NOON) == 1
    after = Bucket(bucket.after(1, NOON), EACH)
    assert after.free(NOON) == 0
    assert after.wait(NOON) == EACH
    assert after.free(NOON + EACH) == 1


def test_a_late_job_catches_up_within_its_burst() -> None:
    bucket = Bucket(NOON, EACH, burst=3)
    assert bucket.free(NOON + 2 * EACH) == 3
    assert bucket.free(NOON + 100 * EACH) == 3  # an idle hour saves nothing up


@given(
    st.lists(st.floats(0, 40), min_size=1, max_size=60),
    st.integers(1, 20),
)
def test_in_no_span_does_more_leave_than_the_rate_and_a_burst(
    gaps: list[float], burst: int
) -> None:
    # given a job that looks at any times and takes all that is free
    now, next_at, sent = NOON, None, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        bucket = Bucket(next_at, EACH, burst)
        free = bucket.free(now)
        sent += [now] * free
        next_at = bucket.after(free, now)

    # then between any two moments there are at most so many
    for n, first in enumerate(sent):
        for m, last in enumerate(sent[n:], start=1):
            assert m <= (last - first) / EACH + burst + 1e-6
