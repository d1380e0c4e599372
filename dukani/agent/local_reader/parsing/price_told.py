"""Tells how high a price is from a size: "bei imekuwa kubwa", "the total is too large"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set

DEAR = word_set("hesitating", "dear")
HIGH = word_set("hesitating", "high")
PRICES = word_set("slots", "prices")
IS_SO = word_set("slots", "is_so")  # not "bei ya kubwa", nor "bei iko sawa, nipe kubwa"


def tells_of_price(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word says how high a price is, so that it is no size."""
    start = at
    while start and tokens[start - 1].text in IS_SO and not tokens[start - 1].pause:
        start -= 1
    before = tokens[start - 1] if start else None
    return before is not None and before.text in PRICES and not before.pause


def is_dear(word: str, following: str) -> bool:
    """Whether the word complains about the price: "ghali", or "bei" in "bei sana"."""
    return word in DEAR or word == "iko juu" or (word == "bei" and following in HIGH)
