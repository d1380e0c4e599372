"""The words in which a customer tells a size, and how a message is cut into what each tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.tables import read_table
from dukani.agent.lexicon.tokens import Token

_TABLE = read_table("sizes_told.toml")["sizes_told"]
_JOINERS = frozenset(("but", "lakini", "so", "hence", "hivyo", "basi", "because", "ila"))
_WISHES = ("~want", "~give", "~show", "~add", "~change", "~remove", "~put", "~bring")
_SUBJECTS = frozenset(("i", "please", "can", "naomba", "pls"))


def words_for(name: str) -> frozenset[str]:
    """The words listed under a name of `lexicon/sizes_told.toml`."""
    return frozenset(_TABLE[name].split())


FILLERS = words_for("fillers")
_TO_US = words_for("to_us")


def verb_of(name: str, tenses: str) -> re.Pattern[str]:
    """A Swahili verb said of a piece in one of the tenses: "ilinibana", "zimenitosha"."""
    stems = "|".join(sorted(words_for(name), key=len, reverse=True))
    return re.compile(rf"(?:i|u|a|ya|ki|vi|zi|li)(?P<tense>{tenses})(?P<me>ni)?(?:{stems})(?:na)?")


def segments(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """(start, end) of the parts of a message that may each tell another thing."""
    cuts = [0]
    for at in range(1, len(tokens)):
        before = tokens[at - 1]
        wishes = not tokens[at].tags.isdisjoint(_WISHES)
        if before.pause or tokens[at].text in _JOINERS:
            cuts.append(at)
        elif wishes:
            cuts.append(at - 1 if before.text in _SUBJECTS and at - 1 > cuts[-1] else at)
    return [
        (start, end)
        for start, end in zip(cuts, [*cuts[1:], len(tokens)], strict=True)
        if end > start
    ]


def size_at(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """(the size said here, the place behind it): "M", "size 14", "UK 14", "34B", "medium"."""
    token = tokens[at]
    if token.kind in ("size", "size_word"):
        plain = token.kind == "size" or token.text in ("small", "medium", "large")
        return (token.value, at + 1) if plain else None
    system = token.text in ("uk", "us", "eu", "eur") and not _is_we(tokens, at)
    number = at + 1 if system or token.kind == "mark" else at
    if number < len(tokens) and token.kind == "mark" and tokens[number].kind == "size":
        return tokens[number].value, number + 1
    if number >= len(tokens) or not re.fullmatch(r"\d{1,2}(?:\.5)?", tokens[number].text):
        return None
    said = tokens[number].text
    behind = tokens[number + 1].text if number + 1 < len(tokens) else ""
    if behind in ("uk", "us", "eu"):
        return f"{behind.upper()} {said}", number + 2
    return (f"{token.text[:2].upper()} {said}" if system else said), number + 1


def _is_we(tokens: Sequence[Token], at: int) -> bool:
    """Whether "us" is the persons who buy: "give us 5", "for us 3", "us two"."""
    if tokens[at].text != "us":
        return False
    before = tokens[at - 1] if at and not tokens[at - 1].pause else None
    given = before is not None and (before.verb is not None or before.text in _TO_US)
    return given or any(token.kind == "number" for token in tokens[at + 1 : at + 2])


def only_fillers(tokens: Sequence[Token]) -> bool:
    """Whether nothing is left to be read."""
    return all(
        token.text in FILLERS or not token.tags.isdisjoint(("@hello", "@ok", "@thanks"))
        for token in tokens
    )
