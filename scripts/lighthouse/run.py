"""Prints Lighthouse's scores of sign-in, Today and Pieces, as on a phone: `make lighthouse`.

python -m scripts.lighthouse.run              a demo is started for it, and stopped
python -m scripts.lighthouse.run ADDRESS      of a running demo, as http://127.0.0.1:8000

A busy machine scores lower: Lighthouse takes the time that its browser had to wait for a processor
for the page's own. Measure where nothing else runs, and compare only rows of one `machine`, which
is Lighthouse's own figure of how fast it found it.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

HERE = Path(__file__).parent
RUNS = 3
STARTED_WITHIN_S, MEASURED_WITHIN_S, STOPPED_WITHIN_S = 600, 900, 30
SCORES = ("performance", "accessibility", "best-practices", "seo")
TIMES = {
    "first paint": "first-contentful-paint",
    "largest paint": "largest-contentful-paint",
    "blocked": "total-blocking-time",
}
OTHERS = {"moved": "cumulative-layout-shift", "machine": "machine"}
Page = Mapping[str, float]


def table(measured: Mapping[str, Page]) -> str:
    """A row for each page: the scores of 100, then times, how much moves, the machine."""
    columns = ("page", *SCORES, *TIMES, *OTHERS)
    lines = ["  ".join(f"{name:>14}" for name in columns)]
    for path, page in measured.items():
        scores = [f"{page[name]:.0f}" for name in SCORES]
        times = [f"{page[name] / 1000:.2f} s" for name in TIMES.values()]
        others = [f"{page['cumulative-layout-shift']:.3f}", f"{page['machine']:.0f}"]
        cells = (path, *scores, *times, *others)
        lines.append("  ".join(f"{cell:>14}" for cell in cells))
    return "\n".join(lines)


def measure(base: str) -> dict[str, dict[str, float]]:
    command = ["node", "measure.mjs", base, str(RUNS)]
    done = subprocess.run(
        command, cwd=HERE, stdout=subprocess.PIPE, text=True, timeout=MEASURED_WITHIN_S, check=True
    )
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


@contextmanager
def _demo() -> Iterator[str]:
    """A demo with a month behind it, on a folder and a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "dukani", "demo", "--port", str(port)]
        process = subprocess.Popen(command, env=os.environ | {"DUKANI_DATA_DIR": folder})
        try:
            _wait_for(base, process)
            yield base
        finally:
            process.terminate()
            process.wait(STOPPED_WITHIN_S)


def _wait_for(base: str, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + STARTED_WITHIN_S
    while True:
        if process.poll() is not None:
            raise SystemExit("The demo ended before it served.")
        try:
            with urlopen(f"{base}/readyz"):
                return
        except OSError:
            if time.monotonic() > give_up:
                raise SystemExit("The demo does not serve.") from None
        time.sleep(0.5)


if __name__ == "__main__":
    if sys.argv[1:]:
        scores = measure(sys.argv[1])
    else:
        with _demo() as address:
            scores = measure(address)
    sys.stdout.write(table(scores) + "\n")
