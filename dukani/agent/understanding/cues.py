"""Finds what the words of a message ask for: the phrases of `lexicon/cues.toml` in it.

A cue is written in a small pattern language (top of that file). Patterns are compiled once
and indexed by their first word, so a message is matched in one pass over its tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dukani.agent.lexicon.tables import read_table
from dukani.agent.lexicon.tokens import STOP, Token

GAPS = {"..": 3, "...": 6}
LEADERS = frozenset(("@hello", "@stopword", "@yes", "@ok", "@thank", "@no"))
TRAILERS = frozenset(("@stopword", "@thank", "@hello"))
# Marks say what surrounds a slot; they never compete with acts for words.
MARKS = frozenset(("have", "want", "show", "cheaper", "another"))


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a pattern: the tags it takes, and how many other words may come before."""

    tags: frozenset[str]
    gap: int = 0
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    name: str
    steps: tuple[Step, ...]
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A found pattern: tokens[start:end] say `name`."""

    name: str
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


def compile_pattern(name: str, text: str) -> Pattern:
    steps: list[Step] = []
    gap = 0
    pieces = text.split()
    for piece in pieces:
        if piece in ("^", "$"):
            continue
        if piece in GAPS:
            gap = GAPS[piece]
            continue
        optional = piece.endswith("?")
        steps.append(Step(frozenset(piece.rstrip("?").split("|")), gap, optional))
        gap = 0
    return Pattern(name, tuple(steps), first=pieces[0] == "^", last=pieces[-1] == "$")


def flatten(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, content in table.items():
        if "cues" in content:
            yield from ((prefix + name, text) for text in content["cues"])
        else:
            yield from flatten(content, f"{prefix}{name}.")


def build_index() -> dict[str, list[Pattern]]:
    index: dict[str, list[Pattern]] = {}
    for name, text in flatten(read_table("cues.toml")):
        pattern = compile_pattern(name, text)
        for tag in pattern.steps[0].tags:
            index.setdefault(tag, []).append(pattern)
    return index


INDEX = build_index()


def match_from(tokens: Sequence[Token], steps: tuple[Step, ...], at: int, step: int) -> int:
    """Where the rest of the pattern ends when it goes on at `at`; -1 when it does not."""
    if step == len(steps):
        return at
    wanted = steps[step]
    for skipped in range(wanted.gap + 1):
        here = at + skipped
        if here >= len(tokens) or (here and tokens[here - 1].pause == STOP):
            break
        if not wanted.tags.isdisjoint(tokens[here].tags):
            end = match_from(tokens, steps, here + 1, step + 1)
            if end > 0:
                return end
    return match_from(tokens, steps, at, step + 1) if wanted.optional else -1


def fillers(tokens: Sequence[Token], kinds: frozenset[str]) -> bool:
    return all(not token.tags.isdisjoint(kinds) for token in tokens)


def matches_at(tokens: Sequence[Token], at: int) -> Iterator[Cue]:
    tried: set[int] = set()
    for tag in tokens[at].tags:
        for pattern in INDEX.get(tag, ()):
            if id(pattern) in tried:
                continue
            tried.add(id(pattern))
            if pattern.first and not fillers(tokens[:at], LEADERS):
                continue
            end = match_from(tokens, pattern.steps, at + 1, 1)
            if end > 0 and not (pattern.last and not fillers(tokens[end:], TRAILERS)):
                yield Cue(pattern.name, at, end)


def uncovered(found: list[Cue]) -> list[Cue]:
    """Without cues whose words are all part of a longer cue of another act."""
    rivals = [cue for cue in found if cue.name not in MARKS]
    return [
        cue
        for cue in found
        if cue.name in MARKS
        or not any(
            rival.name != cue.name
            and rival.length > cue.length
            and rival.start <= cue.start
            and cue.end <= rival.end
            for rival in rivals
        )
    ]


def find_cues(tokens: Sequence[Token]) -> dict[str, Cue]:
    """The longest cue of each name, by name."""
    found = [cue for at in range(len(tokens)) for cue in matches_at(tokens, at)]
    cues: dict[str, Cue] = {}
    for cue in uncovered(found):
        if cue.name not in cues or cue.length > cues[cue.name].length:
            cues[cue.name] = cue
    return cues
