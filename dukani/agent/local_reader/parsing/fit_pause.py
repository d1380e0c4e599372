"""Parts a size wished for from one that does not fit: "L is too big for me M please"."""

from __future__ import annotations

from dataclasses import replace

from dukani.agent.lexicon.tokens import COMMA, Token

TOO = frozenset(("too", "sana", "mno"))
ON_HER = (("for", "me"), ("on", "me"), ("kwa", "me"))
SIZES = ("size", "size_word")
NEAR = 4  # words from "too" to "for me"


def with_pause_behind_fit(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with a pause behind "too big for me", where a size follows."""
    for at in range(2, len(tokens) - 1):
        pair = (tokens[at - 1].text, tokens[at].text)
        if pair not in ON_HER or tokens[at].pause or not _is_size(tokens[at + 1]):
            continue
        if any(token.text in TOO for token in tokens[max(0, at - NEAR) : at]):
            return (*tokens[:at], replace(tokens[at], pause=COMMA), *tokens[at + 1 :])
    return tokens


def _is_size(token: Token) -> bool:
    return token.kind in SIZES or (token.text.isdigit() and len(token.text) > 1)
