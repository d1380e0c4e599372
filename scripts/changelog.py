"""Prints the section of CHANGELOG.md of a version, for its release.

python -m scripts.changelog 0.1.0

Refuses a version that is not the program's, and one that the changelog does not tell of.
"""

from __future__ import annotations

import re
import sys

from dukani import __version__
from dukani.core.settings import ROOT


def section(text: str, version: str) -> str | None:
    """What stands under `## [version]`, up to the next version."""
    found = re.search(rf"(?ms)^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## \[|\Z)", text)
    return found[1].strip() + "\n" if found and found[1].strip() else None


def main() -> None:
    version = sys.argv[1]
    if version != __version__:
        sys.exit(f"The tag says {version}, the program {__version__}: tag v{__version__}.")
    told = section((ROOT / "CHANGELOG.md").read_text(), version)
    if told is None:
        sys.exit(f"CHANGELOG.md has nothing under ## [{version}]: say what is new.")
    print(told, end="")


if __name__ == "__main__":
    main()
