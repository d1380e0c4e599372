"""Words that say of a piece what no slot holds: heels, a wrap, pockets."""

from __future__ import annotations

from collections.abc import Iterator

from dukani.agent.lexicon.styles import STYLES
from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.words import known
from dukani.agent.understanding.slots import Slots

SHORTEST = 4


def style_words(tokens: tuple[Token, ...], slots: Slots) -> str | None:
    """The search words beside the slots, as pieces are named in English; None: there are none."""
    taken = {
        at
        for find in slots.finds
        if find.slot == "name" or find.denied
        for at in range(find.start, find.end)
    }
    words = [
        word for at, token in enumerate(tokens) if at not in taken for word in _words_of(token)
    ]
    words += [find.filed_from for find in slots.finds if find.filed_from and not find.denied]
    return " ".join(dict.fromkeys(words)) or None


def _words_of(token: Token) -> Iterator[str]:
    styles = [STYLES[part] for part in token.text.split() if part in STYLES]
    if styles:
        yield from styles
    elif token.entry is None and token.verb is None and _may_describe(token.text):
        yield token.text


def _may_describe(word: str) -> bool:
    """A word unknown to the lexicon may be part of a piece's name or description."""
    return len(word) >= SHORTEST and word.isalpha() and not known(word)
