"""Where the servers of test runs keep their data: in memory, where there is room.

A database is more than a thousand files, and a disk's file system takes longer to make and to
remove those of a clone than most tests take. Nothing there is to outlive its run.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from dukani.core.settings import ROOT

MEMORY = Path("/dev/shm")
ROOM = 2 << 30  # bytes: a run of two processes takes a fifth of it
ON_DISK = ROOT / ".data" / "test"


def server_folder() -> Path:
    """A folder for each process's own; `DUKANI_TEST_DATA` names another."""
    given = os.environ.get("DUKANI_TEST_DATA")
    if given:
        return Path(given)
    return MEMORY / f"dukani-test-{os.getuid()}" if _has_room(MEMORY) else ON_DISK


def _has_room(memory: Path) -> bool:
    # In containers it has often 64 MB.
    return (
        memory.is_mount() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    )
