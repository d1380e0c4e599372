"""Packs the built dashboard into the package that serves it; `make dashboard` runs this.

python -m scripts.pack_dashboard hash    prints the hash of the sources, the build's name
python -m scripts.pack_dashboard         packs dashboard/out
"""

from __future__ import annotations

import hashlib
import io
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from dukani.core.settings import ROOT
from dukani.web_app.bundle import HASH_MEMBER, PACKED

SOURCES = ROOT / "dashboard"
# Whatever changes the built files. Tests do not, nor do the types of the API's answers.
_BUILT_FROM = (
    "src",
    "public",
    "package.json",
    "package-lock.json",
    "next.config.ts",
    "compile-words.cjs",
    "postcss.config.mjs",
    "tsconfig.json",
)
_TYPES_ONLY = Path("src/api/schema.ts")


def source_hash(folder: Path = SOURCES) -> str:
    """The hash of the sources a build is made of: their paths and contents."""
    total = hashlib.sha256()
    for path in _sources(folder):
        content = path.read_bytes()
        total.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def pack(built: Path, packed: Path = PACKED, *, sources: Path = SOURCES) -> None:
    """Pack the files of a build; the same files make the same bytes."""
    with tarfile.open(packed, "w:xz", preset=9) as archive:
        _add(archive, HASH_MEMBER, source_hash(sources).encode())
        for path in sorted(path for path in built.rglob("*") if path.is_file()):
            _add(archive, path.relative_to(built).as_posix(), path.read_bytes())


def _sources(folder: Path) -> Iterator[Path]:
    for name in _BUILT_FROM:
        place = folder / name
        if place.is_dir():
            files = sorted(path for path in place.rglob("*") if path.is_file())
            yield from (path for path in files if path != folder / _TYPES_ONLY)
        elif place.exists():
            yield place


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


if __name__ == "__main__":
    if sys.argv[1:] == ["hash"]:
        sys.stdout.write(source_hash())
    else:
        pack(SOURCES / "out")
