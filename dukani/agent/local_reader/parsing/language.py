"""Detects the language to answer in: Swahili for Swahili, Sheng and mixes, else English."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.finds import Find
from dukani.domain.acts import Language

# Words used in both languages, which tell nothing.
NEUTRAL = word_set("language", "neutral")
OF_PLACES = word_set("language", "of_places")
ENGLISH_FUNCTION = word_set("language", "english_function")
# Words that tell of English in a whole sentence only: "just two" is said in any language.
ENGLISH_IN_SENTENCES = ENGLISH_FUNCTION | word_set("language", "english_in_sentences")
BORROWED = word_set("language", "borrowed")  # exclamations
# English words that are also said amid Swahili and Sheng: a lone "yes" tells no language.
ALSO_SAID = word_set("language", "also_said")
JOINS = word_set("language", "joins")  # neutral alone, Swahili between names: "kofia na viatu"
SHORT = 3  # words of a message that may tell nothing
# Kinds of entries that are names of things, which an English sentence may borrow.
NAMES_OF_THINGS = frozenset(("category", "garment", "occasion", "pattern"))
# Only these are told apart by their words. Other languages share words with them ("je", "on").
TOLD_APART: tuple[Language, ...] = ("en", "sw")


def told_language(tokens: Sequence[Token], usual: Language, names: Sequence[Find] = ()) -> Language:
    """sw for Swahili, Sheng and mixes, en for English, `usual` where no word tells.

    "yes", "thanks" and "gomesi 12" tell nothing: they are said in any language.
    A `usual` language that is not told apart stays.
    Words of product names and of places do not count: a Pwani Straw Hat is asked for in any
    language, and "deliver to Kwa Njenga" is English.
    """
    if usual not in TOLD_APART:
        return usual
    named = {at for find in names for at in range(find.start, find.end)}
    named |= _places(tokens)
    tokens = [token for at, token in enumerate(tokens) if at not in named]
    english = [token for token in tokens if token.text in ENGLISH_FUNCTION]
    swahili = [token for token in tokens if token.swahili and token.text not in NEUTRAL]
    if swahili and not _tells_nothing(swahili, tokens):
        return "sw"
    if len(tokens) > SHORT:
        return "en" if english or not swahili else usual
    return "en" if any(token.text not in ALSO_SAID for token in english) else usual


def _tells_nothing(swahili: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether a message only calls things in Swahili: "do you have vitenge?", "gomesi purple".

    So too an exclamation: "aki she has changed her mind". "I want kofia na viatu" is a mix.
    """
    exclaimed = [token for token in swahili if token.text in BORROWED]
    things = [token for token in swahili if token.entry and token.entry.kind in NAMES_OF_THINGS]
    if len(exclaimed) + len(things) < len(swahili):
        return False
    english = sum(token.text in ENGLISH_IN_SENTENCES for token in tokens)
    mixed = any(token.text in JOINS for token in tokens)
    return english > len(swahili) or not mixed


def _places(tokens: Sequence[Token]) -> set[int]:
    """The places of place names, and of the words after an English "to": "to Kwa Njenga"."""
    places = {at for at, token in enumerate(tokens) if "@place" in token.tags}
    for at, token in enumerate(tokens[:-1]):
        following = tokens[at + 1]
        unknown = at + 2 < len(tokens) and tokens[at + 2].entry is None and not tokens[at + 2].verb
        if token.text == "to" and following.text in OF_PLACES and unknown:
            places |= {at + 1, at + 2}
    return places
