"""`python -m tests.bench.help`: how long help takes, as a ratio to a bare Typer command.

The bare one has as many commands, or options, and does nothing else; wanted is at most three times
as long. Both are run in turn, and what counts is the processor's time: a busy minute changes it
least, and help waits for nothing else.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from typer.core import TyperGroup
from typer.main import get_command

from dukani.cli import app
from dukani.core.settings import ROOT

WANTED = 3.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One call for help: the words after `dukani`, and a bare program of the same size."""

    words: tuple[str, ...]
    bare: str


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.help", description=__doc__)
    parser.add_argument("--times", type=int, default=5, help="each, and one uncounted")
    times = parser.parse_args().times
    table = Table(title=f"Processor seconds of help; wanted: a ratio of at most {WANTED:.0f}")
    for heading in ("", "dukani", "bare Typer", "ratio"):
        table.add_column(heading)
    with tempfile.TemporaryDirectory(prefix="dukani-help-") as folder:
        bare = Path(folder) / "bare.py"
        for asked in everything_asked():
            bare.write_text(asked.bare)
            ours, theirs = in_turn(asked, bare, times)
            name = " ".join(("dukani", *asked.words, "--help"))
            table.add_row(name, f"{ours:.2f}", f"{theirs:.2f}", f"{ours / theirs:.2f}")
    Console().print(table)


def everything_asked() -> list[Asked]:
    """Help of the whole, of each group and of each command."""
    found: list[Asked] = []

    def ask(command: object, words: tuple[str, ...]) -> None:
        if not isinstance(command, TyperGroup):
            options = len(getattr(command, "params", ()))
            found.append(Asked(words, bare_program([options])))
            return
        below = command.commands
        found.append(Asked(words, bare_program([len(one.params) for one in below.values()])))
        for name, one in below.items():
            ask(one, (*words, name))

    ask(get_command(app), ())
    return found


def bare_program(options_of_each: list[int]) -> str:
    """A Typer program with one command for each number, which has so many options."""
    lines = ["import typer", "app = typer.Typer()"]
    for number, options in enumerate(options_of_each):
        given = ", ".join(f"option_{n}: str = 'none'" for n in range(options))
        lines += ["@app.command()", f"def command_{number}({given}):", "    '''Does nothing.'''"]
    return "\n".join([*lines, "app()", ""])


def in_turn(asked: Asked, bare: Path, times: int) -> tuple[float, float]:
    """Median processor seconds of both; the first run of each warms the disk and is left out."""
    ours, theirs = [], []
    for _ in range(times + 1):
        ours.append(_seconds("-m", "dukani", *asked.words, "--help"))
        theirs.append(_seconds(str(bare), "--help"))
    return statistics.median(ours[1:]), statistics.median(theirs[1:])


def _seconds(*arguments: str) -> float:
    """Raises CalledProcessError when help was not shown."""
    # Bytecode is kept, as an installed program's is.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    main()
