"""Tells a relation that names a piece from a person: a "Family Shirt - Baba" from "baba yangu"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.tables import read_table
from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.typos import KIN
from dukani.agent.lexicon.wordsets import word_set
from dukani.domain.wearers import sex_said

JOINERS = word_set("edits", "joiners")
SET_TO = word_set("edits", "set_to")
GENITIVE = frozenset(("ya", "za", "la", "cha", "vya", "wa", "of", "kwa", "for"))
VALUED = ("size", "colour")
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


def is_of_kin(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a piece is named for a relation: "nipe ya baba" of a Family Shirt - Baba.

    So too where its values follow: "mama L, baba XL".

    "Ya baba yangu" tells for whom it is, whatever it is called.
    """
    if not may_name_kin(tokens, end - 1):
        return False
    if start == 0 or _may_begin(tokens[start - 1]):
        behind = tokens[end : end + 1] if not tokens[end - 1].pause else ()
        return any(one.kind in VALUED or one.text in SET_TO for one in behind)
    led = tokens[start - 1].text in GENITIVE or tokens[start - 1].text == "the"
    return led and not is_somebodys(tokens, end)


def _may_begin(before: Token) -> bool:
    """Whether a new piece may begin behind this word."""
    return bool(before.pause) or before.text in JOINERS or before.kind in VALUED
