"""An occurrence ends after a bounded time, and leaves nobody out who never had a chance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dukani.campaigns.patience import is_over
from dukani.core.store.campaign_claims import Left

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("next_in", "first_try_in", "started", "next_hour_in", "over"),
    [
        # somebody is due now
        (-HOUR, None, 20 * DAY, -HOUR, False),
        # a retry of tomorrow, and the next hour is to come: wait
        (DAY, None, 6 * DAY, HOUR, False),
        # ... and has come: do not hold it up
        (DAY, None, 7 * DAY, -HOUR, True),
        # also who waits for tomorrow's hours is left to the next occurrence
        (DAY, DAY, 7 * DAY, -HOUR, True),
        # sent once: a retry is waited for some days, and no longer
        (DAY, None, 7 * DAY, None, False),
        (DAY, None, 9 * DAY, None, True),
        # sent once, of a number that may begin with few people a day: it takes as long as it takes
        (DAY, DAY, 90 * DAY, None, False),
    ],
)
def test_how_long_it_waits(
    next_in: timedelta,
    first_try_in: timedelta | None,
    started: timedelta,
    next_hour_in: timedelta | None,
    over: bool,
) -> None:
    left = Left(
        next_at=NOW + next_in,
        first_try_at=None if first_try_in is None else NOW + first_try_in,
        leased=0,
        leased_until=None,
        unsettled=0,
        now=NOW,
    )
    next_hour = None if next_hour_in is None else NOW + next_hour_in
    assert is_over(left, started_at=NOW - started, next_hour=next_hour) is over
