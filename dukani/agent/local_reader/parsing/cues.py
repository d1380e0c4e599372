"""Finds cues in a message: phrases of `lexicon/cues.toml` that hint at an intent.

A cue is written in a small pattern language, described at the top of that file. Patterns are
compiled once and indexed by their first word, so a message is matched in one pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dukani.agent.lexicon.tables import read_table
from dukani.agent.lexicon.tokens import STOP, Token

GAPS = {"..": 3, "...": 6}
LEADERS = frozenset(("@hello", "@stopword", "@yes", "@ok", "@thank", "@no"))
TRAILERS = frozenset(("@stopword", "@thank", "@hello"))
# A cue → the longer cues that suppress it where they contain all its words.
SHOP = ("hours", "delivery", "returns", "location", "payment")
ARRANGED = ("pay_on_delivery", "reservation", "gift_wrap")
TOPICS = tuple(f"topic.{name}" for name in (*SHOP, *ARRANGED))
SUPPRESSED_BY: dict[str, tuple[str, ...]] = {
    "ask_price": (*TOPICS, "view_cart", "ask_size", "ask_availability", "order_status"),
    "ask_availability": (*TOPICS, "order_status"),
    "ask_size": ("topic.returns", "topic.hours", "deny"),
    "ask_discount": ("cheaper",),
    "checkout": (*TOPICS[4:], "payment_phone", "view_cart"),
    "add_to_cart": TOPICS[5:],
    "cancel": ("clear_cart", "undo", "note"),
    "remove_item": ("clear_cart", "opt_out", "undo", "note"),
    "start_over": ("back", "undo"),
    "affirm": ("repeat",),
    "greeting": ("repeat",),
    "correction": ("repeat", "undo"),
    "more_options": ("ask_availability", "payment_phone", "back"),
    "change_quantity": ("undo",),
    "handoff": ("topic.assistant",),
    "deny": ("remove_item", "checkout", "more_options"),
    "payment_done": ("payment_retry", "topic.payment"),
    "payment_retry": ("opt_out",),
    "thanks": ("greeting",),
    "topic.delivery": ("order_status", *TOPICS),
    "topic.hours": TOPICS,
    "topic.location": ("order_status", "deny", *TOPICS),
    "topic.payment": TOPICS,
    "topic.returns": TOPICS,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a pattern: the tags that match, and the number of words that may come before."""

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
    """A match: tokens[start:end] are the cue `name`."""

    name: str
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


def _compile_pattern(name: str, text: str) -> Pattern:
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


def _flatten(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, content in table.items():
        if "cues" in content:
            yield from ((prefix + name, text) for text in content["cues"])
        else:
            yield from _flatten(content, f"{prefix}{name}.")


def _spelled_out(text: str) -> Iterator[str]:
    """The pattern with its choices of several words written out, one pattern for each."""
    for piece in text.split():
        choices = piece.rstrip("?").split("|")
        several = [choice for choice in choices if "_" in choice]
        if not several:
            continue
        single = "|".join(choice for choice in choices if choice not in several)
        for choice in [single, *(choice.replace("_", " ") for choice in several)]:
            if choice:
                yield from _spelled_out(text.replace(piece, choice, 1))
        return
    yield text


def _beginnings(pattern: Pattern) -> Iterator[Pattern]:
    """The pattern, and the pattern without an optional first word."""
    yield pattern
    if pattern.steps[0].optional and len(pattern.steps) > 1:
        yield from _beginnings(replace(pattern, steps=pattern.steps[1:]))


def _all_patterns() -> Iterator[Pattern]:
    """Every pattern of the table, with choices written out and optional first words dropped."""
    for name, written in _flatten(read_table("cues.toml")):
        for text in _spelled_out(written):
            yield from _beginnings(_compile_pattern(name, text))


def _build_index() -> dict[str, list[Pattern]]:
    """The patterns, indexed by each tag of their first word."""
    index: dict[str, list[Pattern]] = {}
    for pattern in _all_patterns():
        for tag in pattern.steps[0].tags:
            index.setdefault(tag, []).append(pattern)
    return index


INDEX = _build_index()


def _match_from(tokens: Sequence[Token], steps: tuple[Step, ...], at: int, step: int) -> int:
    """The end of the match of steps from `step` on, at token `at`; -1 for no match."""
    if step == len(steps):
        return at
    wanted = steps[step]
    for skipped in range(wanted.gap + 1):
        here = at + skipped
        if here >= len(tokens) or (here and tokens[here - 1].pause == STOP):
            break
        if not wanted.tags.isdisjoint(tokens[here].tags):
            end = _match_from(tokens, steps, here + 1, step + 1)
            if end > 0:
                return end
    return _match_from(tokens, steps, at, step + 1) if wanted.optional else -1


def _fillers(tokens: Sequence[Token], kinds: frozenset[str]) -> bool:
    return all(not token.tags.isdisjoint(kinds) for token in tokens)


def _matches_at(tokens: Sequence[Token], at: int) -> Iterator[Cue]:
    tried: set[int] = set()
    for tag in tokens[at].tags:
        for pattern in INDEX.get(tag, ()):
            if id(pattern) in tried:
                continue
            tried.add(id(pattern))
            if pattern.first and not _fillers(tokens[:at], LEADERS):
                continue
            end = _match_from(tokens, pattern.steps, at + 1, 1)
            if end > 0 and not (pattern.last and not _fillers(tokens[end:], TRAILERS)):
                yield Cue(pattern.name, at, end)


def _suppressed(cue: Cue, found: list[Cue]) -> bool:
    """Whether a longer cue that suppresses this one contains all its words."""
    rivals = SUPPRESSED_BY.get(cue.name, ())
    return any(
        rival.name in rivals
        and rival.name != cue.name
        and rival.length > cue.length
        and rival.start <= cue.start
        and cue.end <= rival.end
        for rival in found
    )


def find_cues(tokens: Sequence[Token]) -> dict[str, Cue]:
    """The longest cue of each name, by name."""
    found = [cue for at in range(len(tokens)) for cue in _matches_at(tokens, at)]
    cues: dict[str, Cue] = {}
    for cue in found:
        if _suppressed(cue, found):
            continue
        if cue.name not in cues or cue.length > cues[cue.name].length:
            cues[cue.name] = cue
    return cues
