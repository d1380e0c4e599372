"""Matches the customer's words with product names: every word said must be in the name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

_WORD = re.compile(r"[^\W_]+")
_NUMBER_SIGN = re.compile(r"\b(?:no|nr|num|nbr|namba|nambari|numba)\b(?=\.? ?\d)")  # "No. 7"
_LEAST_LETTERS = 5  # a shorter word must be the same letter by letter
_LEAST_IN_CODE = 3
_SAME_WORD = 84.0  # rapidfuzz ratio: one slip in six letters
_FILLERS = frozenset((
    "the", "a", "an", "of", "and", "with", "na", "ya", "la", "wa", "za", "cha", "vya", "one", "ile",
    "hiyo", "hii",
))  # fmt: skip
_PLURALS = (("ies", "y"), ("ves", "f"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"))
_SOUNDS = (("ph", "f"), ("sch", "sh"), ("ch", "sh"), ("ck", "k"), ("qu", "kw"), ("c", "k"))
_DOUBLED = re.compile(r"(.)\1")
_SWAHILI_PLURALS = (("vi", "ki"), ("mi", "m"), ("ma", ""))  # vikoi, mikoba, mashati


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a name or of what was said, lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text.lower())
    told = _NUMBER_SIGN.sub("number", "".join(c for c in plain if not unicodedata.combining(c)))
    return tuple(_WORD.findall(told))


@lru_cache(maxsize=32768)
def names(said: str, name: str) -> bool:
    """Whether every telling word of `said` is in the name, perhaps misspelt or in the plural."""
    return _all_among(said, name, _alike)


@lru_cache(maxsize=32768)
def spells(said: str, name: str) -> bool:
    """Whether every telling word of `said` is in the name, letter by letter or in the plural."""
    return _all_among(said, name, _same)


def coverage(said: str, name: str) -> float:
    """The share of the name's words that were said, 0 to 1, without small words ("ya", "of")."""
    whole, told = words_of(name), words_of(said)
    there = tuple(word for word in whole if word not in _FILLERS) or whole
    found = {word for word in there if _is_among(word, told, _alike)}
    found |= set(_written_apart(told, there)) | set(_written_together(there, told))
    return len(found) / len(set(there)) if there else 0.0


_Test = Callable[[str, str], bool]


def _all_among(said: str, name: str, same: _Test) -> bool:
    told, there = words_of(said), words_of(name)
    apart = set(_written_together(told, there))  # "air force" of "Airforce 1"
    telling = [word for word in told if word not in _FILLERS]
    return bool(telling) and all(
        word in apart or _is_among(word, there, same) or _is_joined(word, there) for word in telling
    )


def _is_among(word: str, others: Sequence[str], same: _Test) -> bool:
    return any(same(word, other) for other in others)


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    """All runs of two or more neighbouring words."""
    count = len(words)
    return [
        tuple(words[start:end]) for start in range(count) for end in range(start + 2, count + 1)
    ]


def _is_joined(word: str, there: Sequence[str]) -> bool:
    """Whether the word is neighbouring words of the name written together: "airforce", "3in1"."""
    whole = len(word) >= _LEAST_LETTERS or _is_code(word)
    return whole and any("".join(run) == word for run in _runs(there))


def _written_together(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """The words of `words` that one word of `others` writes together."""
    whole = {other for other in others if len(other) >= _LEAST_LETTERS or _is_code(other)}
    return [word for run in _runs(words) if "".join(run) in whole for word in run]


def _is_code(word: str) -> bool:
    """Whether a short word has letters and digits, as the AF1 of "af 1"."""
    return len(word) >= _LEAST_IN_CODE and not word.isalpha() and not word.isdigit()


def _written_apart(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """The words of `others` that are several words of `words`."""
    together = {"".join(run) for run in _runs(words)}
    return [o for o in others if len(o) >= _LEAST_LETTERS and o in together]


@lru_cache(maxsize=32768)
def _same(word: str, other: str) -> bool:
    if word == other or singulars(word) & singulars(other):
        return True
    return min(len(word), len(other)) >= _LEAST_LETTERS and sounded(word) == sounded(other)


@lru_cache(maxsize=8192)
def sounded(word: str) -> str:
    """The word in a spelling that levels variants: chiffon and shifon come out the same."""
    for said, heard in _SOUNDS:
        word = word.replace(said, heard)
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=32768)
def _alike(word: str, other: str) -> bool:
    if _same(word, other):
        return True
    if min(len(word), len(other)) < _LEAST_LETTERS or word[0] != other[0]:
        return False
    return bool(fuzz.ratio(word, other) >= _SAME_WORD)


@lru_cache(maxsize=8192)
def singulars(word: str) -> frozenset[str]:
    """The word, and its possible singulars in English and Swahili."""
    found = {word}
    for ending, single in _PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            found.add(word.removesuffix(ending) + single)
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        found.add(word[:-1])
    for prefix, single in _SWAHILI_PLURALS:
        if word.startswith(prefix) and len(word) > 4:
            found.add(single + word.removeprefix(prefix))
    return frozenset(found)
