"""Where the processors' time goes meanwhile, and how deep the queue is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import psutil

from dukani.bench.figures import Depth, Step
from dukani.core.database import Database
from dukani.core.store import queue_states

LOOK_EVERY_S = 1.0
OUTSIDE = "sandbox and shoppers"
OTHERS = "others on this machine"


class Machine:
    """Processor seconds by process: the service's, PostgreSQL's, ours, and everybody else's."""

    def __init__(self, processes: Mapping[str, int], database_folder: Path) -> None:
        self._processes = processes
        self._database_folder = database_folder

    def used_s(self) -> dict[str, float]:
        """Since each began."""
        used = {name: _used_s([psutil.Process(pid)]) for name, pid in self._processes.items()}
        first_line = (self._database_folder / "postmaster.pid").read_text().split("\n")[0]
        postmaster = psutil.Process(int(first_line))
        used["PostgreSQL"] = _used_s([postmaster, *postmaster.children()])
        used[OUTSIDE] = _used_s([psutil.Process()])
        times = psutil.cpu_times()
        busy_s = sum(times) - times.idle - getattr(times, "iowait", 0.0)
        return used | {OTHERS: busy_s - sum(used.values())}


def _used_s(processes: list[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes]
    # What a backend that is gone has used is its postmaster's `children` time.
    ended = sum(t.children_user + t.children_system for t in times)
    return float(sum(t.user + t.system for t in times) + ended)


@asynccontextmanager
async def watched(step: Step, machine: Machine, database: Database) -> AsyncIterator[None]:
    """Note in `step` what is used and what waits during the block."""
    before = machine.used_s()
    task = asyncio.create_task(_look(step, database))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    after = machine.used_s()
    step.used_s = {name: after[name] - before[name] for name in after}


async def _look(step: Step, database: Database) -> None:
    began = time.monotonic()
    while True:
        async with database.system_connection() as conn:
            states = await queue_states.states(conn)
        step.depths.append(
            Depth(
                at=time.monotonic() - began,
                waiting=sum(state.waiting for state in states),
                doing=sum(state.doing for state in states),
                oldest_s=max((state.oldest_s or 0.0 for state in states), default=0.0),
            )
        )
        await asyncio.sleep(LOOK_EVERY_S)
