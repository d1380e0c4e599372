"""Finds the words that say for whom pieces are looked for: the "girls" of "for little girls"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.domain.wearers import says_whom, sex_said

GROWING = word_set("persons", "growing")  # "little girls", "wasichana wadogo"


def whom_words(tokens: Sequence[Token], *, aged: bool = False) -> str | None:
    """The words that say no more than for whom, in the order said; None: none.

    `aged`: an age is told, so that only "boy" and "girl" say more.
    """
    said = [token.text for token in tokens if says_whom(token.text)]
    if aged:
        said = [word for word in said if sex_said(word)]
    return " ".join(dict.fromkeys(said)) or None


def tells_whom(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word there is how old those are that it stands beside: "watoto wadogo"."""
    beside = (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])
    return tokens[at].text in GROWING and any(says_whom(token.text) for token in beside)
