"""Whether migrations have names that the CLI takes, in an order that it applies them in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

_NAME = re.compile(r"(?P<version>\d{14})_(?P<name>[a-z0-9_]+)\.sql")


def version_of(path: Path) -> str:
    return path.name.partition("_")[0]


def faults(files: Sequence[Path]) -> Iterator[str]:
    """Names that the CLI skips, and versions that two files have: it keeps one row of each."""
    for path in files:
        if not _NAME.fullmatch(path.name):
            yield f"{path.name}: the CLI skips it, name it 20261128120000_what_it_does.sql"
    counted = Counter(version_of(path) for path in files)
    for version, count in counted.items():
        if count > 1:
            yield f"{version}: {count} files have this version"


_OWN_SETTING = re.compile(r"(?:search_path = ''|alter function %s) set app\.\w+", re.I)


def own_settings(files: Sequence[Path]) -> Iterator[str]:
    """Functions made with `set app.…`: a superuser alone may store that, and nobody is one there.

    PostgreSQL lets anybody set a parameter that no module has defined, and no role but a superuser
    attach it to a function (validate_option_array_item in guc.c).
    """
    for path in files:
        count = len(_OWN_SETTING.findall(path.read_text()))
        if count:
            yield f"{path.name}: {count} functions are made with a setting of ours"


def late(files: Sequence[Path], applied: Collection[str]) -> list[str]:
    """Files that a database lacks and that sort before its newest: `db push` refuses them.

    It applies them with `--include-all`; `dukani migrate` does so by itself.
    """
    newest = max(applied, default="")
    return sorted(
        path.name for path in files if version_of(path) not in applied and version_of(path) < newest
    )
