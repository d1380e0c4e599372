"""Runs `dukani` under cProfile: `python -m dukani.bench.profiled FILE WORDS…`.

Counted is the processor time of the main thread: by a wall clock most of a worker's time is
waiting, and on a busy machine waiting for a processor.
"""

from __future__ import annotations

import cProfile
import sys
import time


def main() -> None:
    path, *words = sys.argv[1:]
    sys.argv = ["dukani", *words]
    profile = cProfile.Profile(time.thread_time)
    from dukani.start import main as start

    try:
        profile.runcall(start)
    finally:
        profile.dump_stats(path)


if __name__ == "__main__":
    main()
