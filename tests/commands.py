"""Commands as processes of their own: what they say, and how they end.

Each is forked from a process that has imported the program already, which takes longer than most
commands do. How `python -m dukani` starts is for `tests/unit/cli/test_start.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from dukani.start import main
from tests.processes import imported, own_environment

ENDED_WITHIN_S = 120
STREAMS = ("in", "out", "err")  # by their numbers


def dukani(
    *words: str, folder: Path, text: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Runs `dukani` with these words in `folder`, where its data is too; `text` is typed."""
    environment = own_environment(DUKANI_DATA_DIR=str(folder), **settings)
    with TemporaryDirectory() as place:
        streams = {name: Path(place) / name for name in STREAMS}
        streams["in"].write_text(text)
        process = imported().Process(target=_run, args=(words, folder, environment, streams))
        process.start()
        process.join(ENDED_WITHIN_S)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(words, ENDED_WITHIN_S)
        said, complained = (streams[name].read_text() for name in ("out", "err"))
        return subprocess.CompletedProcess(words, process.exitcode, said, complained)


def _run(
    words: tuple[str, ...], folder: Path, environment: Mapping[str, str], streams: dict[str, Path]
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, name in enumerate(STREAMS):
        flags = os.O_RDONLY if name == "in" else os.O_WRONLY | os.O_CREAT
        os.dup2(os.open(streams[name], flags, 0o600), number)
    sys.argv = ["dukani", *words]
    with os.fdopen(0, encoding="utf-8") as sys.stdin:  # multiprocessing put an empty one there
        main()
