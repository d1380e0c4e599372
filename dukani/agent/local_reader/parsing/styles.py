"""Extracts search words that fit no slot: heels, wrap, pockets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.styles import STYLES
from dukani.agent.lexicon.tables import WORDS, read_table
from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.typos import KIN
from dukani.agent.lexicon.words import known
from dukani.agent.local_reader.parsing.loose_names import words_of_names
from dukani.agent.local_reader.parsing.negation import DENIERS
from dukani.agent.local_reader.parsing.size_numbers import MEASURES
from dukani.agent.local_reader.parsing.slots import Slots
from dukani.agent.local_reader.parsing.whom_words import tells_whom
from dukani.domain.naming import singulars
from dukani.domain.wearers import for_child, says_whom, sex_said

SHORTEST = 4
OF_PIECES = re.compile(r"(?:zi|vi|ya|i|li|ki|u)(?:na|li|me|ta)(?:yo|zo|vyo|lo|cho|o)?[a-z]{4,}")
NEAR = 2
GROWN_UPS = ("mother", "father", "husband", "wife", "grandmother", "grandfather", "friend")
OF_GROWN_UPS = frozenset(
    word
    for words in read_table("relations.toml").values()
    for relation in GROWN_UPS
    for word in words.get(relation, ())
)


def style_words(
    tokens: Sequence[Token], slots: Slots, places: Sequence[int], names: tuple[str, ...]
) -> str | None:
    """The search words at these places, in the words of the shop's names; None: none.

    The "ladies" of "dresses for ladies", the "watoto" of "gumboots za watoto" tell what to leave
    out, and are none that a name must have.
    """
    taken = {
        at
        for find in slots.finds
        if find.slot == "name" or find.denied
        for at in range(find.start, find.end)
    }
    words = [
        word
        for at in places
        if at not in taken and not _denied(tokens, at) and not _measures(tokens, at)
        if not tells_whom(tokens, at)
        for word in _words_of(tokens[at], words_of_names(names))
        if not _is_kind(word, slots)
    ]
    if slots.wanted("category"):
        words += _whom(tokens, slots, [at for at in places if at not in taken])
    words += [find.filed_from for find in slots.finds if find.filed_from and not find.denied]
    return " ".join(dict.fromkeys(words)) or None


def _whom(tokens: Sequence[Token], slots: Slots, places: Sequence[int]) -> list[str]:
    """The words that say for whom: none that an age tells, nor of "ya mama na ya mtoto"."""
    aged = bool(slots.wanted("age") or slots.wanted("size"))
    grown_up = any(tokens[at].text in OF_GROWN_UPS for at in places)
    herself = any(
        tokens[at].text == "me" and tokens[at - 1].text == "for" for at in places if at > 0
    )
    said = [tokens[at].text for at in places if says_whom(tokens[at].text)]
    return [
        word
        for word in said
        if not (aged and not sex_said(word)) and not (for_child(word) and (grown_up or herself))
    ]


def _measures(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word is a measure ("waist 32"), not a style ("high-waist jeans")."""
    if tokens[at].text not in MEASURES:
        return False
    near = (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 4])
    numbered = any(token.text[0].isdigit() or token.kind == "number" for token in near)
    return numbered or tokens[at].text not in STYLES


def _denied(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word is negated: "visivyo na kisigino" (without heels)."""
    before = tokens[max(0, at - NEAR) : at]
    return any(token.text in DENIERS for token in before)


def _is_kind(word: str, slots: Slots) -> bool:
    """Whether the word only repeats the category searched for: "buibui" of an abaya."""
    kind = kind_of(word)
    return kind is not None and any(
        kind_of(str(find.value)) == kind for find in slots.wanted("category")
    )


def _words_of(token: Token, sold: frozenset[str]) -> Iterator[str]:
    parts = token.text.split()
    styles = [STYLES[part] for part in parts if part in STYLES]
    if styles:
        yield from styles
    elif token.kind == "category" and len(parts) > 1:  # the "cargo" of cargo pants
        yield from (part for part in parts if part in sold and _says_more(part))
    elif token.entry is None and token.verb is None and _may_describe(token.text):
        yield token.text


def _says_more(part: str) -> bool:
    """Whether a word of a phrase for a kind says more than it: the graphic of a "graphic tee"."""
    if part not in WORDS:
        return True
    return kind_of(part) is None and WORDS[part].kind in ("pattern", "occasion")


def _may_describe(word: str) -> bool:
    """A word unknown to the lexicon may be part of a piece's name or description.

    What is told of pieces by a Swahili verb is none of their names: "zinafanana" (they match); nor
    are the persons they are for ("her cousins").
    """
    return (
        not OF_PIECES.fullmatch(word)
        and len(word) >= SHORTEST
        and word.isalpha()
        and not known(word)
        and KIN.isdisjoint((word, *singulars(word)))
    )
