"""Processor time of a fleet's parts, by the processes of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil

from tests.integration.killing.faults.fleet import Fleet
from tests.processes import Service

Part = Literal["workers", "APIs", "database", "pooler", "sandbox"]


def used_s(fleet: Fleet) -> dict[Part, float]:
    """Processor seconds that each part has used so far; PgBouncer's is 0 where there is none."""
    return {
        "workers": sum(worker.cpu_s() for worker in fleet.workers if worker.is_alive),
        "APIs": sum(api.cpu_s() for api in fleet.apis),
        "database": _of_tree(_postmaster(fleet.folder)),
        "pooler": sum(map(_of_tree, _children("pgbouncer"))),
        "sandbox": sum(map(_of_tree, _children("dukani.sandbox"))),
    }


@dataclass(frozen=True, slots=True)
class Share:
    """Seconds in which event loops had a processor, and in which they could have used one."""

    ran_s: float
    queued_s: float


def share_of(services: Sequence[Service]) -> Share:
    """Since they began, by Linux's scheduler (`/proc/PID/schedstat`); zeros elsewhere."""
    seen = [_schedstat(service.pid) for service in services]
    return Share(sum(ran for ran, _ in seen) / 1e9, sum(queued for _, queued in seen) / 1e9)


def _schedstat(pid: int) -> tuple[int, int]:
    path = Path(f"/proc/{pid}/schedstat")
    if not path.exists():
        return 0, 0
    ran, queued, _ = map(int, path.read_text().split())
    return ran, queued


def _postmaster(folder: Path) -> psutil.Process:
    first_line = (folder / "postgres" / "postmaster.pid").read_text().split("\n")[0]
    return psutil.Process(int(first_line))


def _children(name: str) -> list[psutil.Process]:
    """Processes that this one started, by a word of their command."""
    return [
        child
        for child in psutil.Process().children()
        if any(name in word for word in child.cmdline())
    ]


def _of_tree(process: psutil.Process) -> float:
    """Of it, of its children, and of those that have ended."""
    own = process.cpu_times()
    living = (child.cpu_times() for child in process.children())
    ended = own.children_user + own.children_system
    return float(own.user + own.system + ended + sum(t.user + t.system for t in living))
