"""Reads the answer to "did you mean 1. … 2. …?": the number of one, or none of them.

Only what says nothing else is such an answer: "2", "ya pili", "the first one please". "Make it 2"
and "2 in red" are edits, and are read as if nothing had been asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from dukani.domain import acts as a

_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "1 one first 1st moja kwanza mosi",
            "2 two second 2nd mbili pili",
            "3 three third 3rd tatu",
            "4 four fourth 4th nne",
            "5 five fifth 5th tano",
        ),
        start=1,
    )
    for word in words.split()
}
_BESIDE = frozenset((
    "the", "that", "this", "its", "it", "is", "was", "i", "meant", "mean", "option", "number",
    "no", "nr", "namba", "nambari", "reading", "please", "pls", "plz", "tafadhali", "ya", "la",
    "wa", "cha", "za", "ni", "hiyo", "hio", "ile", "hilo", "lile", "namaanisha", "nilimaanisha",
    "nimemaanisha", "yes", "yeah", "yea", "ndio", "ndiyo", "eeh", "ee", "sawa", "ok", "okay",
    "ah", "oh", "sorry", "thanks", "thank", "you", "asante", "na", "and", "or", "au", "bas",
    "basi", "kabisa",
))  # fmt: skip
_NO = frozenset((
    "no", "nope", "nah", "not", "neither", "none", "hapana", "hakuna", "la", "zi", "si", "sio",
    "wala", "acha", "wacha", "achana", "sitaki",
))  # fmt: skip
_BESIDE_NO = frozenset((
    "of", "any", "one", "it", "that", "this", "those", "these", "them", "leave", "hiyo", "hizo",
    "hizi", "zote", "hata", "yoyote", "nayo", "nazo", "tu", "thanks", "thank", "you", "asante",
    "please", "sorry", "pole",
))  # fmt: skip
_CARDINALS = frozenset(
    ("one", "two", "three", "four", "five", "moja", "mbili", "tatu", "nne", "tano")
)
_COUNTS = frozenset(("ni", "it", "its", "is", "na", "and"))  # "ni mbili": there are two
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def which_reading(text: str) -> tuple[a.Act, ...]:
    """The number said, as an option's; a no to all of them; nothing where more is said.

    Several numbers are all given, so that it is asked again.
    """
    words = [word.replace("'", "") for word in _WORD.findall(text.lower())]
    if _is_no(words):
        return (a.Decline(),)
    numbers = [word for word in words if word in _NUMBERS]
    if len(numbers) > 1 and words[-1] == "one":
        numbers.pop()  # "the second one"
    others = {word for word in words if word not in _NUMBERS}
    if not numbers or not others <= _BESIDE or _counts(numbers, others):
        return ()
    said = dict.fromkeys(_NUMBERS[word] for word in numbers)
    return tuple(a.Add(target=a.Target(option=number)) for number in said)


def _is_no(words: Sequence[str]) -> bool:
    """Whether it is "neither", "hapana", "no, leave it", "hakuna hata moja"."""
    told = set(" ".join(words).replace("hata moja", "hata").split())
    return bool(told & _NO) and told <= _NO | _BESIDE_NO


def _counts(numbers: Sequence[str], others: Set[str]) -> bool:
    """Whether one number is a count rather: "ni mbili", "it is two", "na moja"."""
    return len(numbers) == 1 and numbers[0] in _CARDINALS and bool(others & _COUNTS)
