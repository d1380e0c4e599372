"""Reads figures that stand for words: "swap the skirt 4 the dress", "change it 2 the blue one"."""

from __future__ import annotations

from dukani.agent.lexicon.tokens import Token, tokenise

STANDS_FOR = {"4": "for", "2": "to"}
BEFORE_A_PIECE = frozenset(("the", "a", "an", "that", "this"))


def spelled_out(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with 4 and 2 as "for" and "to", where a swap goes on with another piece."""
    swap = next((at for at, token in enumerate(tokens) if "~change" in token.tags), None)
    if swap is None:
        return tokens
    spelled = list(tokens)
    for at in range(swap + 2, len(tokens) - 1):
        word = STANDS_FOR.get(tokens[at].text)
        counted = tokens[at - 1].kind == "mark" or "~change" in tokens[at - 1].tags
        if word and not counted and tokens[at + 1].text in BEFORE_A_PIECE:
            spelled[at] = tokenise(word)[0]
    return tuple(spelled)
