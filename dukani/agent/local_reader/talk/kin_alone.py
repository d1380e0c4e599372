"""Finds persons named without "my": "ya mzee wangu black, ya kaka grey"; "ya pili ni ya babake"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dukani.agent.lexicon.wordsets import word_set

_AS_NAMES = "|".join(sorted(word_set("persons", "as_names"), key=len, reverse=True))
# One said beside another person needs no "wangu".
_KIN_BESIDE = re.compile(
    r"(?:^|[,.;] ?|\b(?:na|and) )(?P<link>ya|za|la|cha|vya) (?P<word>kaka|dada|baba|mama|babu)\b"
    r"(?! (?:wa|ya|za|wangu|yangu|wetu|yetu|zangu|langu|yake|wake|mkwe|mdogo|mkubwa)\b)",
    re.IGNORECASE,
)
# One behind the size or colour of the piece: "jozi nyeusi namba 41 ya baba".
_KIN_OF_A_VALUE = re.compile(
    r"\b(?P<what>[a-z]+|\d+(?:-\d+)?y?) (?P<link>ya|za|la|cha|vya) "
    r"(?P<word>kaka|dada|baba|mama|babu)\b"
    r"(?! (?:wa|ya|za|wangu|yangu|wetu|yetu|zangu|langu|yake|wake|yao|wao|mkwe|mdogo|mkubwa)\b)",
    re.IGNORECASE,
)
# The next one of several who take something: "dad will take the grey 60 and uncle the white 58"
_NEXT_SUBJECT = re.compile(
    rf"(?:,|\b(?:and|na|then|alafu|halafu)) (?P<word>{_AS_NAMES})(?= (?:the |ya )?[a-z]+ )",
    re.IGNORECASE,
)
# A person told of by another: a child's father is no "my father".
_ANOTHERS_KIN = re.compile(
    r"\b(?:ya|za|la|cha|vya) (?P<name>(?:baba|mama|dada|kaka)ke"
    r"|(?:baba|mama|dada|kaka) yake|(?:mume|mke) wake)\b",
    re.IGNORECASE,
)
_OF_ONE_MORE = re.compile(
    r"\b(?:pili|n?yingine|lingine|kingine|vingine|moja)(?: (?:ni|iwe|kama \w+))?[, ]+$",
    re.IGNORECASE,
)


def kin_alone(text: str) -> Iterator[re.Match[str]]:
    """Each person named by a relation alone, with the groups `link` and `word`."""
    return _KIN_BESIDE.finditer(text)


def kin_of_a_value(text: str) -> Iterator[re.Match[str]]:
    """Each person named by a relation alone behind `what` may be a value: `link` and `word`."""
    return _KIN_OF_A_VALUE.finditer(text)


def subjects_beside(text: str) -> Iterator[re.Match[str]]:
    """Each person who follows another that takes something, with the group `word`."""
    return _NEXT_SUBJECT.finditer(text)


def anothers_kin(text: str) -> Iterator[re.Match[str]]:
    """Each person for whom one of several is, or one more, named by another's: `name`."""
    for found in _ANOTHERS_KIN.finditer(text):
        if _OF_ONE_MORE.search(text, 0, found.start()):
            yield found
