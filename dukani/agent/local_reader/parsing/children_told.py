"""Extracts ages of contrasted children: "one is 4 the other is 7", "mkubwa ana 9, mdogo 5"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.finds import Find

OLDEST = 17
FIRST = word_set("ages", "first_of_two")
SECOND = word_set("ages", "second_of_two")
ELDER = word_set("ages", "elder")
LINKS = word_set("ages", "links")
FARTHEST = 5
GARMENTS = ("category", "garment")


def children_told(
    tokens: Sequence[Token], figures: Sequence[Figure], sizes: Sequence[str]
) -> tuple[list[Find], set[int]]:
    """(the ages, the places of the words that name the children); empty without a contrast."""
    told = [
        (figure, _child_word_before(tokens, figure))
        for figure in figures
        if _may_be_an_age(tokens, figure, sizes)
    ]
    named = [(figure, at) for figure, at in told if at is not None]
    if len(named) < 2:
        return [], set()
    first, *others = (tokens[at].text for _, at in named)
    nexts = SECOND | FIRST | ELDER if len(others) > 1 else SECOND
    if first not in FIRST or any(word not in nexts for word in others):
        return [], set()
    ages = [Find("age", figure.value, figure.start, figure.end) for figure, _ in named]
    return ages, {at for figure, who in named for at in range(who, figure.end)}


def _may_be_an_age(tokens: Sequence[Token], figure: Figure, sizes: Sequence[str]) -> bool:
    counts = figure.end < len(tokens) and tokens[figure.end].kind in GARMENTS
    plain = figure.kind == "number" and 0 < figure.value <= OLDEST
    return plain and not counts and str(figure.value) not in sizes


def _child_word_before(tokens: Sequence[Token], figure: Figure) -> int | None:
    """The place of the "one", "mmoja" or "other" that the number belongs to."""
    if tokens[figure.start].text in FIRST:
        return None
    for at in range(figure.start - 1, max(-1, figure.start - 1 - FARTHEST), -1):
        text = tokens[at].text
        if text in FIRST | SECOND | ELDER and not (text == "one" and tokens[at - 1].text in SECOND):
            return at
        if text not in LINKS:
            return None
    return None
