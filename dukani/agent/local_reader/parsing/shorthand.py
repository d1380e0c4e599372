"""Reads figures that stand for words: "swap the skirt 4 the dress", "change it 2 the blue one"."""

from __future__ import annotations

from dukani.agent.lexicon.tokens import Token, tokenise

STANDS_FOR = {"4": "for", "2": "to"}
BEFORE_A_PIECE = frozenset(("the", "a", "an", "that", "this"))


def spelled_out(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with 4 and 2 as "for" and "to", where a swap goes on with another piece."""
    spelled = list(tokens)
    for at in range(1, len(tokens) - 1):
        word = STANDS_FOR.get(tokens[at].text)
        swaps = any("~change" in token.tags for token in tokens[:at])
        counted = tokens[at - 1].kind == "mark" or "~change" in tokens[at - 1].tags
        if word and swaps and not counted and tokens[at + 1].text in BEFORE_A_PIECE:
            spelled[at] = tokenise(word)[0]
    return tuple(spelled)
