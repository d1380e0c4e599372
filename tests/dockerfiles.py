"""Reads the Dockerfile and what `.dockerignore` keeps from it, as Docker does."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from typing import NamedTuple

from dukani.core.settings import ROOT


class Step(NamedTuple):
    """An instruction and what follows it, in one line."""

    keyword: str
    rest: str


def steps(text: str) -> list[Step]:
    """The instructions in their order, without comments."""
    plain = re.sub(r"(?m)^\s*#.*\n", "", text)
    lines = re.sub(r"\\\n\s*", "", plain).splitlines()
    return [Step(*line.split(maxsplit=1)) for line in lines if line.strip()]


STEPS = steps((ROOT / "Dockerfile").read_text())


def instructions(keyword: str) -> list[str]:
    return [step.rest for step in STEPS if step.keyword == keyword]


def ignored(path: str) -> bool:
    """Whether `.dockerignore` leaves it out: the last line that fits it, or a folder above it."""
    verdict = False
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!")
        if not line or line.startswith("#"):
            continue
        if (
            fnmatch(path, pattern)
            or path.startswith(f"{pattern}/")
            or f"/{path}/".endswith(pattern.removeprefix("**") + "/")
        ):
            verdict = not line.startswith("!")
    return verdict
