"""Tells a relation that names a piece from a person: a "Family Shirt - Baba" from "baba yangu"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.tables import read_table
from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.typos import KIN
from dukani.domain.wearers import sex_said

POSSESSIVE = re.compile(r"(?:w|y|z|l|ch|vy)(?:angu|ako|ake|etu|enu|ao)")
_RELATIONS = read_table("relations.toml")
_CHILDREN = (("english", ("child", "son", "daughter")), ("swahili", ("child",)))
OF_SIZES = frozenset(
    word
    for language, relations in _CHILDREN
    for relation in relations
    for word in _RELATIONS[language][relation]
)


def may_name_kin(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word for a relation may tell pieces apart: the mama of "mama dress".

    That of "habari mama" greets; "kids" and "girls" are of sizes.
    """
    text = tokens[at].text
    greeted = at > 0 and "@hello" in tokens[at - 1].tags
    return text in KIN and text not in OF_SIZES and sex_said(text) is None and not greeted


def is_somebodys(tokens: Sequence[Token], end: int) -> bool:
    """Whether the person just named is somebody's: the "binti yangu" of "gauni la binti yangu"."""
    if end >= len(tokens) or tokens[end - 1].pause:
        return False
    return tokens[end - 1].text in KIN and bool(POSSESSIVE.fullmatch(tokens[end].text))
