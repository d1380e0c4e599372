"""Looks at what stands beside a number: the "size" and the "moja" of "size 38 moja"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.figures import Figure

NUMBER = frozenset(("number", "namba", "nambari"))
GARMENTS = ("category", "garment")


def text_at(tokens: Sequence[Token], at: int) -> str:
    """The word at this place; nothing before the first and behind the last."""
    return tokens[at].text if 0 <= at < len(tokens) else ""


def kind_at(tokens: Sequence[Token], at: int) -> str:
    """What the word at this place is: a colour, a size, a category."""
    return tokens[at].kind if 0 <= at < len(tokens) else ""


def is_whole_message(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the message says nothing but this number."""
    others = (*tokens[: figure.start], *tokens[figure.end :])
    return all(
        not token.tags.isdisjoint(("@stopword", "@ok", "@yes", "@hello")) for token in others
    )
