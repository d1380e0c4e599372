"""Tells which relation a word names: "mum", "mathe" and "mama" are the mother's."""

from __future__ import annotations

import re

from dukani.agent.lexicon.tables import read_table
from dukani.core.store.wearers import Relation, WornBy

_TABLES = read_table("relations.toml")
OF_WORD: dict[str, dict[str, Relation]] = {
    language: {word: relation for relation, words in table.items() for word in words}
    for language, table in _TABLES.items()
}


RELATION_WORDS = frozenset(word for table in OF_WORD.values() for word in table)


def relation_named(word: str) -> Relation | None:
    """The relation that a word names in either language: "mother" of "mum" and of "mama"."""
    return OF_WORD["english"].get(word) or OF_WORD["swahili"].get(word)


def _words(language: str) -> str:
    longest_first = sorted(OF_WORD[language], key=len, reverse=True)
    return "|".join(re.escape(word) for word in longest_first)


EN_WORDS, SW_WORDS = _words("english"), _words("swahili")
PERSON_WORDS = f"{EN_WORDS}|{SW_WORDS}"
_ANY_RELATION = re.compile(rf"\b({PERSON_WORDS})(?:'?s)?\b")
ADJECTIVES = (
    r"(?:(?:little|big|small|elder|older|younger|baby|dear|late|lovely|own|two|best|kid) )*"
)


def relations_said(text: str) -> frozenset[str]:
    """The relations whose words occur in the text: "friend" for "ya beste"."""
    found = _ANY_RELATION.findall(text.lower())
    return frozenset(table[word] for word in found for table in OF_WORD.values() if word in table)


def relation_of(word: str) -> Relation:
    """The relation that the word says."""
    word = word.lower()
    return next(table[word] for table in OF_WORD.values() if word in table)


def relations_of(person: WornBy) -> frozenset[str]:
    """The relations the person may be called by: a "bro yake" by the brother's words too."""
    if person.relation != "someone" or not person.name:
        return frozenset((person.relation,))
    return relations_said(person.name) | {person.relation}
