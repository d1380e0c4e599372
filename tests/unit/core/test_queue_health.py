"""Whether a queue is stuck, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dukani.core.queue_health import QueueState, Trouble, WorkerState, trouble_of
from dukani.core.queues import QUEUES

IDLE = QueueState("turns", 0, 0, 0, 0, 0.0, None)
LATE = replace(IDLE, waiting=3, oldest_s=31.0)
ALL = WorkerState(1, alive=True, heartbeat_age_s=2.0, queues=None)
OTHERS = WorkerState(2, alive=True, heartbeat_age_s=2.0, queues=["bulk"])
DEAD = WorkerState(3, alive=False, heartbeat_age_s=60.0, queues=None)
FULL = QUEUES["turns"].slots


@pytest.mark.parametrize(
    ("state", "workers", "trouble"),
    [
        (IDLE, [ALL], None),
        (replace(LATE, oldest_s=30.0), [ALL], None),  # not longer than its limit
        (LATE, [ALL], "late"),
        (replace(LATE, doing=FULL), [ALL], "full"),
        (replace(LATE, doing=FULL), [ALL, ALL], "late"),  # a second worker has free slots
        (replace(LATE, paused_by="platform:me"), [ALL], "paused"),
        (replace(IDLE, paused_by="platform:me"), [ALL], None),  # nothing waits yet
        (IDLE, [OTHERS], "nobody_listens"),  # also before a job waits
        (LATE, [OTHERS, DEAD], "nobody_listens"),
        (LATE, [DEAD], "no_worker"),
        (LATE, [], "no_worker"),
        (replace(IDLE, name="of_a_former_version"), [], None),
        (replace(LATE, name="of_a_former_version"), [OTHERS], "nobody_listens"),
        (replace(LATE, name="bulk"), [ALL], None),  # its limit is longer
    ],
)
def test_a_queue_is_stuck_for_a_reason(
    state: QueueState, workers: list[WorkerState], trouble: Trouble | None
) -> None:
    assert trouble_of(state, workers) == trouble
