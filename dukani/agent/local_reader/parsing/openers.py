"""Leaves out words that only call for attention: "unajua nini, …", "you know what, …"."""

from __future__ import annotations

from dukani.agent.lexicon.tokens import Token

OPENERS = (
    ("you", "know", "what"), ("know", "what"), ("guess", "what"), ("unajua", "nini"),
    ("wajua", "nini"), ("unajua", "kitu"), ("unajua", "what"), ("mnajua", "nini"),
)  # fmt: skip
NO_COMMANDS = ("~want", "~have")


def without_opener(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens without such an opening, which would ask something.

    "Unajua nini kuhusu dera" asks.
    """
    texts = tuple(token.text for token in tokens)
    start = next((at for at, token in enumerate(tokens) if "@stopword" not in token.tags), 0)
    for words in OPENERS:
        end = start + len(words)
        if texts[start:end] == words and end < len(tokens) and _ends_there(tokens, end):
            return tokens[end:]
    return tokens


def _ends_there(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether a pause or a command follows; "you know what I want" asks."""
    if tokens[end - 1].asked:
        return False
    following = [tag for tag in tokens[end].tags if tag.startswith("~")]
    return bool(tokens[end - 1].pause) or any(tag not in NO_COMMANDS for tag in following)
