"""Reads a word with a meaning as a name where its kind is said beside it: "shati la Kazi".

Where a Kazi Shirt is sold that is its name; else "kazi" means work. "Beach sandals" are for the
beach, but "Pwani" is first of all a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.kin_names import is_somebodys, may_name_kin
from dukani.agent.local_reader.parsing.names_index import GENITIVE, SHORTEST_NAME, Sold, kinds_meant

DESCRIBING = ("category", "pattern", "colour", "garment", "embroidery", "size", "size_word")


def beside_own_kind(
    tokens: Sequence[Token], start: int, end: int, places: set[tuple[int, int]], names: Sold
) -> bool:
    """Whether the name's kind is said beside it: "Pwani scarf", "shati jeupe la Kazi"."""
    telling = any(_may_name(token) for token in tokens[start:end])
    telling = telling or any(may_name_kin(tokens, at) for at in range(start, end))
    kinds = frozenset[str]().union(*(names.kinds[number] for number, _ in places))
    if not telling or not kinds or is_somebodys(tokens, end):
        return False
    inside = any(kinds_at(token) & kinds for token in tokens[start:end])
    return bool(inside or _kinds_before(tokens, start) & kinds or _kinds_after(tokens, end) & kinds)


def _may_name(token: Token) -> bool:
    """Whether a word with a meaning may still be a name: places, times, occasions."""
    if token.entry is not None and token.kind.startswith("@"):
        return not token.tags.isdisjoint(("@place", "@day"))
    if token.kind == "occasion" and token.text == token.value:
        return False  # "beach sandals" are for the beach; "Pwani" is first of all a name
    if token.kind in DESCRIBING or token.kind in ("number", "ordinal", "mark"):
        return False
    if token.kind == "money" and not token.text.isalpha():
        return False  # "ndovu" is a thousand, and the elephant of the Ndovu Pyjamas
    noun = not token.verb or token.text.endswith("o")  # "pendo" is a name, and of "penda"
    return token.text.isalpha() and len(token.text) >= SHORTEST_NAME and noun


def kinds_at(token: Token) -> frozenset[str]:
    """The kinds of piece that this word means: a "shati" is a shirt."""
    return kinds_meant(token.text) if token.kind in ("category", "garment") else frozenset()


def _kinds_before(tokens: Sequence[Token], start: int) -> frozenset[str]:
    """The kinds said before the name, also across a genitive: "skafu mbili za …"."""
    at = start - 1
    if at >= 0 and tokens[at].text in GENITIVE and not tokens[at].pause:
        at -= 1
        while at >= 0 and _describes(tokens[at]) and not tokens[at].pause:
            at -= 1
    return kinds_at(tokens[at]) if at >= 0 and not tokens[at].pause else frozenset()


def _kinds_after(tokens: Sequence[Token], end: int) -> frozenset[str]:
    """The kinds said after the name: "Usiku heels", "Kazi official shirt"."""
    at = end
    while at < len(tokens) and not tokens[at - 1].pause and _describes(tokens[at]):
        at += 1
    beside = at < len(tokens) and not tokens[at - 1].pause
    return kinds_at(tokens[at]) if beside else frozenset()


def _describes(token: Token) -> bool:
    return token.kind in ("colour", "pattern", "number", "embroidery", "size")
