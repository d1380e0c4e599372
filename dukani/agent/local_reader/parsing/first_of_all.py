"""Tells "first" and "second" of time from picks: "think about it first", "wait a second"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set

NOUNS = word_set("first_of_all", "nouns")
JOINERS = word_set("edits", "joiners")
BEFORE_A_SECOND = frozenset(("a", "one", "1"))  # "just a second"
DETERMINERS = word_set("first_of_all", "determiners")
SPEAKING = word_set("first_of_all", "speaking")
TIMES = word_set("first_of_all", "times")
OWN = frozenset(("my", "our"))
FIRST = frozenset(("first", "1st"))
LISTED = ("category", "garment", "colour", "size", "size_word", "mark")
PICKING = ("~give", "~take", "~want", "~like", "~choose", "~show")


def counts_times(tokens: Sequence[Token], at: int) -> bool:
    """Whether an ordinal is of no list: "the first time", "my first choice is the polo"."""
    if tokens[at].text not in FIRST | {"second"}:
        return False
    before = tokens[at - 1].text if at else ""
    after = tokens[at + 1] if at + 1 < len(tokens) and not tokens[at].pause else None
    return before in OWN or (after is not None and after.text in TIMES)


def says_when(tokens: Sequence[Token], at: int) -> bool:
    """Whether "first" or "second" tells a time, and picks nothing of a list."""
    if tokens[at].text == "second":
        return not _leads_a_noun(tokens, at) and _is_moment(tokens, at)
    if tokens[at].text not in FIRST or _leads_a_noun(tokens, at) or _leads_a_second(tokens, at):
        return False
    if at == 0 or tokens[at - 1].pause:
        return _is_told_next(tokens, at)
    before = tokens[at - 1]
    picked = at >= 2 and not tokens[at - 2].tags.isdisjoint(PICKING)
    gives = not before.tags.isdisjoint(PICKING) or (before.text == "me" and picked)
    return not (gives or before.text in JOINERS or before.text in DETERMINERS)


def _is_moment(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].text in BEFORE_A_SECOND and not tokens[at - 1].pause


def _leads_a_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a piece follows: "first one", "first in black", "a second hoodie"."""
    after = tokens[at + 1] if at + 1 < len(tokens) and not tokens[at].pause else None
    return after is not None and (after.text in NOUNS or after.kind in LISTED)


def _leads_a_second(tokens: Sequence[Token], at: int) -> bool:
    """Whether another pick follows: "first and third please"."""
    near = tokens[at + 1 : at + 3]
    joined = bool(near) and (near[0].text in JOINERS or bool(tokens[at].pause))
    return joined and any(token.kind == "ordinal" for token in near)


def _is_told_next(tokens: Sequence[Token], at: int) -> bool:
    """Whether what is done first follows: "first let me see", "first, remove the polo"."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None:
        return False
    return after.text in SPEAKING or any(tag.startswith("~") for tag in after.tags)
