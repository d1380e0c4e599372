"""The language to answer in: Swahili as soon as Swahili carries the sentence."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.acts import Language
from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.understanding.finds import Find

# Said by everyone in either language, so they tell nothing.
NEUTRAL = word_set("language", "neutral")
ENGLISH_FUNCTION = word_set("language", "english_function")


def told_language(tokens: Sequence[Token], usual: Language, names: Sequence[Find] = ()) -> Language:
    """sw for Swahili, Sheng and mixes, en for English, the usual one when nothing tells.

    The words of a piece's name tell nothing: a Pwani Straw Hat is asked for in any language.
    """
    named = {at for find in names for at in range(find.start, find.end)}
    tokens = [token for at, token in enumerate(tokens) if at not in named]
    if any(token.swahili and token.text not in NEUTRAL for token in tokens):
        return "sw"
    english = sum(token.text in ENGLISH_FUNCTION for token in tokens)
    return "en" if english or len(tokens) > 3 else usual
