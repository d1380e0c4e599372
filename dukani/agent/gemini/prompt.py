"""Prompts: files with a version, so that a score can say which one it was."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Prompt:
    name: str
    version: str
    text: str


@cache
def load(name: str) -> Prompt:
    """The prompt `prompts/NAME.md`, whose first line is its version."""
    file = files(__package__) / "prompts" / f"{name}.md"
    first, _, text = file.read_text("utf-8").partition("\n")
    label, _, version = first.partition(":")
    if label != "version" or not version.strip():
        raise ValueError(f"prompts/{name}.md begins with its version: 'version: 1'")
    return Prompt(name, version.strip(), text.strip())
