"""Says of each queue whether it is stuck, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dukani.core.queues import QUEUES, Queue

# `no_worker`: none is alive. `nobody_listens`: those alive take jobs of other queues only.
# `paused`: by a platform admin, and jobs wait. `full`: every slot is in use, and jobs wait.
# `late`: slots are free, and jobs wait all the same.
Trouble = Literal["no_worker", "nobody_listens", "paused", "full", "late"]

USUAL_LATE_S = 60.0  # of a queue that this version does not know


@dataclass(frozen=True, slots=True)
class QueueState:
    """A queue at this moment. `oldest_s`: how long its oldest job that could run has been due.

    `waiting` jobs are due, and may wait behind another of their lock; `scheduled` are due later.
    """

    name: str
    waiting: int
    scheduled: int
    doing: int
    failed_last_hour: int
    done_per_minute: float
    oldest_s: float | None
    paused_by: str | None = None
    pause_reason: str | None = None


@dataclass(frozen=True, slots=True)
class WorkerState:
    """A worker; `queues` is None when it takes jobs of all."""

    id: int
    alive: bool
    heartbeat_age_s: float
    queues: Sequence[str] | None

    def listens_to(self, queue: str) -> bool:
        return self.alive and (self.queues is None or queue in self.queues)


def late_after_s(queue: str) -> float:
    """The seconds after which a job of the queue is late."""
    known = _queue(queue)
    return known.late_after_s if known else USUAL_LATE_S


def trouble_of(state: QueueState, workers: Sequence[WorkerState]) -> Trouble | None:
    """Why the queue is stuck; None when it is not."""
    listening = sum(worker.listens_to(state.name) for worker in workers)
    if listening == 0 and (state.waiting or state.name in QUEUES):
        alive = any(worker.alive for worker in workers)
        return "nobody_listens" if alive else "no_worker"
    if state.oldest_s is None or state.oldest_s <= late_after_s(state.name):
        return None
    if state.paused_by is not None:
        return "paused"
    return "full" if state.doing >= _slots(state.name) * listening else "late"


def _slots(name: str) -> int:
    known = _queue(name)
    return known.slots if known else 1


def _queue(name: str) -> Queue | None:
    return next((queue for known, queue in QUEUES.items() if known == name), None)
