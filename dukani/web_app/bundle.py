"""The built dashboard as one file of this package, so that it is served where no Node is.

`make dashboard` builds `dashboard/` and packs what came out with the hash of the sources it was
built from. A test compares that hash with the sources, so an old build is found.
"""

from __future__ import annotations

import tarfile
from collections.abc import Mapping
from pathlib import Path

PACKED = Path(__file__).parent / "built.tar.xz"
# The member that holds the hash; no page has this path.
HASH_MEMBER = ".sources"


def unpack(packed: Path = PACKED) -> Mapping[str, bytes]:
    """The contents by path, as `orders.html`; the hash is among them."""
    with tarfile.open(packed, "r:xz") as archive:
        return {
            member.name: file.read()
            for member in archive.getmembers()
            if (file := archive.extractfile(member)) is not None
        }
