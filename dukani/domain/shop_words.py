"""Puts what customers of a shop call a thing into the words that every mind knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache


def in_shop_words(text: str, synonyms: Sequence[tuple[str, str]]) -> str:
    """The text with each (said, means) of the shop replaced, whole words only, the longest first.

    What was put in is not replaced again, so two synonyms that name each other do no harm.
    """
    if not synonyms or not text:
        return text
    meanings = dict(synonyms)
    pattern, phrases = _any_of(tuple(meanings))
    return pattern.sub(lambda found: meanings[phrases[(found.lastindex or 1) - 1]], text)


@lru_cache(maxsize=1024)
def _any_of(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], list[str]]:
    """A group for each phrase: what matches need not be the phrase in small letters (ı, ſ)."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    spaced = ("(" + r"\s+".join(map(re.escape, phrase.split())) + ")" for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", re.IGNORECASE), longest_first
