"""Runs `dukani` under cProfile: `python -m dukani.bench.profiled FILE WORDS…`.

Counted is the processor time of the main thread: by a wall clock most of a worker's time is
waiting, and on a busy machine waiting for a processor.
"""

from __future__ import annotations

import cProfile
import runpy
import sys
import time


def main() -> None:
    path, *words = sys.argv[1:]
    sys.argv = ["dukani", *words]
    profile = cProfile.Profile(time.thread_time)
    try:
        # by its name, since a bench may not import the command, which lies above it
        profile.runcall(runpy.run_module, "dukani", run_name="__main__", alter_sys=True)
    finally:
        profile.dump_stats(path)


if __name__ == "__main__":
    main()
