"""Corrects misspelt words of five letters or more to words of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dukani.agent.lexicon.tables import CLASSES, SPELLINGS, WORDS, read_table
from dukani.agent.lexicon.verbs import WHOLE

SHORTEST, LONG = 5, 8
VOWELS = frozenset("aeiouy")
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
COMMON = frozenset(
    word for words in read_table("common.toml").values() for line in words for word in line.split()
)


def _fixable(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({word for word in words if len(word) >= SHORTEST and word.isalpha()}))


# Kin are no slips of a garment: "shangazi" (aunt) is no "shanga" (beads).
KIN = frozenset(
    word
    for language in read_table("relations.toml").values()
    for words in language.values()
    for word in words
)

# Only these kinds are corrected to: numbers, greetings and fillers resemble too many words.
GUESSED = ("colour", "category", "occasion", "pattern", "embroidery", "size_word", "@person")
TARGETS = _fixable((*(word for word, entry in WORDS.items() if entry.kind in GUESSED), *WHOLE))

BRIEF = tuple(
    sorted(
        word
        for word, entry in WORDS.items()
        if entry.kind in ("colour", "category") and len(word) == SHORTEST and word.isalpha()
    )
)


# Vowels are restored only where three consonants meet: "plan" is not read as "plain".
CLUSTER = re.compile(r"[^aeiou]{3}")


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in "aeiou")


BY_CONSONANTS: dict[str, list[str]] = {}
for _known in sorted({*WORDS, *CLASSES, *WHOLE, *COMMON}):
    if _known.isalpha() and len(_known) >= SHORTEST:
        BY_CONSONANTS.setdefault(_consonants(_known), []).append(_known)


def _allowed_slips(word: str) -> int:
    """The number of letters that may be wrong: one, or two in a long word."""
    return 2 if len(word) >= 8 else 1


def nearest(word: str, targets: tuple[str, ...]) -> str | None:
    """The nearest target within the allowed slips that starts with the same letter."""
    if len(word) < SHORTEST or not targets:
        return None
    slips = _allowed_slips(word)
    found = process.extract(word, targets, scorer=OSA.distance, score_cutoff=slips, limit=3)
    likely = (target for target, _, _ in found if target[0] == word[0])
    return next((target for target in likely if _plausible(word, target)), None)


def _plausible(word: str, target: str) -> bool:
    """Whether a single wrong letter is likely: a vowel for a vowel, or a neighbouring key."""
    wrong = [(a, b) for a, b in zip(word, target, strict=False) if a != b]
    if len(word) != len(target) or len(wrong) != 1 or len(word) >= LONG:
        return True
    typed, meant = wrong[0]
    if (typed in VOWELS) != (meant in VOWELS):
        return False
    return typed in VOWELS or any(typed + meant in row or meant + typed in row for row in KEYS)


@lru_cache(maxsize=8192)
def corrected(word: str) -> str | None:
    """The lexicon word meant by an unknown word, or None."""
    if word in COMMON or word in KIN or word in WORDS or word in WHOLE or word in SPELLINGS:
        return None
    return nearest(word, TARGETS) or _one_left_out(word)


def with_vowels(word: str) -> str | None:
    """The known word a vowel-less spelling stands for ("zngine", "lrge"), with fewest vowels."""
    if not CLUSTER.search(word) or len(word) < SHORTEST - 1 or not word.isalpha():
        return None
    likely = [known for known in BY_CONSONANTS.get(_consonants(word), ()) if _holds(known, word)]
    likely.sort(key=len)
    near = [known for known in likely if len(known) == len(likely[0])]
    return near[0] if len({_meaning(known) for known in near}) == 1 else None


def _meaning(known: str) -> str:
    entry = WORDS.get(known)
    return f"{entry.kind} {entry.value}" if entry else known


def _holds(known: str, typed: str) -> bool:
    """Whether the known word has all typed letters in order, and the same first letter."""
    letters = iter(known)
    return known[0] == typed[0] and len(known) > len(typed) and all(c in letters for c in typed)


def _one_left_out(word: str) -> str | None:
    """The colour or garment of five letters that misses one inside: "whte", "shrt"."""
    if len(word) != SHORTEST - 1 or not word.isalpha():
        return None
    likely = (target for target in BRIEF if target[0] == word[0] and target[-1] == word[-1])
    return next((target for target in likely if OSA.distance(word, target) == 1), None)
