"""The runbook as it is written: each chapter's commands, which the rehearsal runs word for word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dukani.core.settings import ROOT

RUNBOOK = ROOT / "docs" / "runbook.md"
_CHAPTER = re.compile(r"(?m)^## (.+)$")
_BLOCK = re.compile(r"(?ms)^```sh look\n(.*?)^```$|^```sh do\n(.*?)^```$")


@dataclass(frozen=True, slots=True)
class Chapter:
    """`alerts` is what rings; `look` only reads, `do` mends."""

    title: str
    alerts: tuple[str, ...]
    look: str
    do: str


def chapters(path: Path = RUNBOOK) -> dict[str, Chapter]:
    _, *parts = _CHAPTER.split(path.read_text())
    return {title: _read(title, text) for title, text in zip(parts[::2], parts[1::2], strict=True)}


def _read(title: str, text: str) -> Chapter:
    noticed = text.partition("*Look*")[0]
    blocks = _BLOCK.findall(text)
    return Chapter(
        title=title,
        alerts=tuple(re.findall(r"`([A-Z]\w+)`", noticed)),
        look="".join(look for look, _ in blocks),
        do="".join(do for _, do in blocks),
    )
