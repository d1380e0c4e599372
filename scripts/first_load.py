"""Prints how much JavaScript each page of the dashboard loads first, as it travels (gzip).

python -m scripts.first_load          of the packed build
python -m scripts.first_load FOLDER   of another build, as dashboard/out
"""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from dukani.web_app.bundle import unpack

_TAG, _SOURCE = re.compile(rb"<script[^>]*>"), re.compile(rb'\bsrc="/([^"?]+)')


def first_loads(files: Mapping[str, bytes]) -> dict[str, int]:
    """Bytes by page: the scripts that its HTML names, without those for browsers of long ago."""
    return {
        path.removesuffix(".html"): sum(_size(files[name]) for name in set(_scripts(page)))
        for path, page in sorted(files.items())
        if path.endswith(".html")
    }


def _scripts(page: bytes) -> Iterator[str]:
    for tag in _TAG.findall(page):
        source = _SOURCE.search(tag)
        if source and b"nomodule" not in tag.lower():
            yield source[1].decode()


def _size(content: bytes) -> int:
    return len(gzip.compress(content, mtime=0))


def _read(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


if __name__ == "__main__":
    built = _read(Path(sys.argv[1])) if sys.argv[1:] else unpack()
    for page, size in first_loads(built).items():
        sys.stdout.write(f"{size / 1000:7.1f} KB  /{page}\n")
