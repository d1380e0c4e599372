"""Finds the shop's own answer to a question in other words than those it was filed under."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.store.own_answers import OwnAnswer
from dukani.domain.naming import names, words_of


def best_answer(words: str, answers: Sequence[OwnAnswer]) -> OwnAnswer | None:
    """The answer all of whose question's telling words are in `words`; of several, the longest."""
    fitting = [one for one in answers if names(one.asked, words)]
    return max(fitting, key=lambda one: (len(words_of(one.asked)), one.id), default=None)
