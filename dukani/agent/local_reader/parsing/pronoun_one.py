"""Tells the "one" that stands for a piece from the one that counts: "the linen one", "ile moja".

"Just the one hat", "but one vans" and "green one more" count.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.neighbours import GARMENTS, kind_at, text_at

ONLY = word_set("edits", "only")
MORE = frozenset(("more", "less", "zaidi"))
SET_TO = word_set("edits", "set_to")
PRONOUNS = frozenset(("one", "moja", "mmoja"))
POINTING = word_set("numbers", "pointing")
COUNTING = word_set("numbers", "counting")  # before "one" as a count
SIZED = ("size", "size_word", "mark")
OPENERS = frozenset(("@ok", "@hello", "@yes", "@stopword"))


def is_pronoun(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a number word is a pronoun: "the blue one", "ile moja"."""
    said = tokens[figure.start].text
    before = tokens[figure.start - 1] if figure.start else None
    if before is not None and before.kind == "ordinal" and figure.value == 1 and not before.pause:
        return True  # "the first 1"
    if said not in PRONOUNS or before is None or before.pause:
        return False
    after = text_at(tokens, figure.end)
    if after in MORE or (after in ONLY and "@yes" in before.tags):
        return False  # "green one more", "yes one only"
    if before.text == "the" and text_at(tokens, figure.start - 2) in ONLY:
        noun = kind_at(tokens, figure.end) in GARMENTS
        return not (noun or _ends(tokens, figure))  # "just the one then", "just the one hat"
    if said != "one":
        return before.text in POINTING
    if all(not token.tags.isdisjoint(OPENERS) for token in tokens[: figure.start]):
        return False  # "hmm one hat is enough", not "my sister has bought me one"
    return before.text not in COUNTING and before.kind not in SIZED and before.verb is None


def _ends(tokens: Sequence[Token], figure: Figure) -> bool:
    last = figure.end == len(tokens) or bool(tokens[figure.end - 1].pause)
    return last or text_at(tokens, figure.end) in ("then", "now", "basi", "please")


def names_by_size(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether "one" is a piece called by its size: "make the L one black XL", "the grey M one"."""
    at = figure.start - 1
    if tokens[figure.start].text != "one" or kind_at(tokens, at) != "size":
        return False
    at -= kind_at(tokens, at - 1) in ("colour", "mark")  # "leave out the size M one"
    valued = kind_at(tokens, figure.end) in ("colour", "size")
    set_to = text_at(tokens, figure.end) in SET_TO | {"should", "to"}
    return text_at(tokens, at - 1) in ("the", "my") and (
        valued or set_to or figure.end == len(tokens)
    )


def is_the_one(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether "one" is a pronoun after an article: "the linen one in olive"."""
    if tokens[figure.start].text != "one" or not is_pronoun(tokens, figure):
        return False
    before = tokens[max(0, figure.start - 4) : figure.start]
    return any(token.text == "the" or "@this" in token.tags for token in before)


def points(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word makes "one" a pronoun: "the one", "hiyo moja", "another one"."""
    if at < 0 or tokens[at].pause:
        return False
    return tokens[at].text in POINTING and tokens[at].kind != "colour"
