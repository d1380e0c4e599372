"""Finds the path of a photo in a typed line, and its caption."""

from __future__ import annotations

import re
from pathlib import Path

CONTENT_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
}
_QUOTED = re.compile(r"""(?P<quote>['"])(?P<path>.+?)(?P=quote)(?:\s+(?P<caption>.*))?""")
# Terminals write a dropped file's path with its spaces escaped.
_SPACE = re.compile(r"(?<!\\)\s+")


def photo_in(line: str) -> tuple[Path, str] | None:
    """The image file a line begins with, and the caption after it; None for other lines."""
    line = line.strip()
    quoted = _QUOTED.fullmatch(line)
    if quoted:
        photo = _photo(quoted["path"])
        return (photo, (quoted["caption"] or "").strip()) if photo else None
    # The longest path first, for file names may contain spaces.
    for cut in [len(line), *(gap.start() for gap in reversed(list(_SPACE.finditer(line))))]:
        photo = _photo(line[:cut])
        if photo:
            return photo, line[cut:].strip()
    return None


def _photo(path: str) -> Path | None:
    for written in (path, path.replace("\\ ", " ")):
        try:
            photo = Path(written).expanduser()
            if photo.suffix.lower() in CONTENT_TYPES and photo.is_file():
                return photo
        except (OSError, RuntimeError, ValueError):
            return None  # too long for a path, or an unknown home: the line is a text
    return None
