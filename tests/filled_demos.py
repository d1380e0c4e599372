"""Demos that begin with what another of this process drew and wrote.

To draw the pieces, look at them and write a month takes a demo far longer than to start on a folder
in which that is done. All have one address, since it stands in what was written; so one runs at a
time.
"""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.demos import Demo
from tests.processes import free_port

# Pieces are drawn and looked at, and a month is written, beside another test with its browsers.
FILLED_WITHIN_S = 600.0


class FilledDemos:
    """Keeps a folder for each size of a demo in `home`."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._port = free_port()

    @contextmanager
    def run(self, folder: Path, *, products: int, **settings: str) -> Iterator[Demo]:
        """A demo in an empty folder, as after its first start; `settings` as for `Demo.start`."""
        kept = self._home / f"with-{products}"
        if not kept.exists():
            self._fill(kept, products)
        _copy(kept, folder)
        demo = Demo(folder, products=products, port=self._port)
        try:
            demo.start(**settings)
            yield demo
        finally:
            demo.stop(signal.SIGINT)

    def _fill(self, kept: Path, products: int) -> None:
        filling = kept.with_suffix(".filling")  # of a test that failed here the next begins anew
        filling.mkdir(exist_ok=True)
        demo = Demo(filling, products=products, port=self._port, served_within_s=FILLED_WITHIN_S)
        try:
            demo.start()
        finally:
            ended = demo.stop(signal.SIGINT)
        assert ended == 0
        filling.rename(kept)


def _copy(kept: Path, folder: Path) -> None:
    # `cp` keeps the owners: the database's files have one of their own where this process is root.
    subprocess.run(["cp", "-a", f"{kept}/.", str(folder)], check=True)
