"""Decides which names of pieces stand, and which other values are only part of one.

The "royal" of a Royal Bead Set does not name the Royal Court Heels in view, and the floral of a
Floral Wrap Dress is no pattern that is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.styles import STYLES
from dukani.agent.lexicon.tokens import Token, normalise, words_of
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.name_words import NameSpan
from dukani.agent.local_reader.parsing.vocabulary import names_in_view, names_sold
from dukani.domain.context import TurnContext
from dukani.domain.naming import spells


def as_styled(word: str, context: TurnContext) -> str:
    """The style of a word that no sold name has: the "stiletto" of a name is no mere heel."""
    own = any(spells(word, name) for name in names_sold(context))
    return word if own else STYLES.get(word, word)


def out_of_view(sold: Sequence[NameSpan], context: TurnContext) -> list[NameSpan]:
    """The spans of several words that no piece in view has all of in its name."""
    in_view = [set(normalise(name).replace("-", " ").split()) for name in names_in_view(context)]
    words_of = {span: set(span.words.split()) for span in sold}
    return [
        span
        for span, words in words_of.items()
        if len(words) > 1 and not any(words <= has for has in in_view)
    ]


def sold_finds(
    sold: Sequence[NameSpan], elsewhere: Sequence[NameSpan], finds: Sequence[Find]
) -> list[Find]:
    """The name finds of sold pieces; `sold` marks those no piece in view is named by."""
    taken = {at for find in finds if find.slot == "name" for at in range(find.start, find.end)}
    return [
        Find(
            "name",
            span.words,
            span.start,
            span.end,
            sold=len(span.words.split()) < 2 or span in elsewhere,
        )
        for span in sold
        if taken.isdisjoint(range(span.start, span.end))
    ]


def part_of_sold(find: Find, finds: Sequence[Find]) -> bool:
    """Whether a pattern or occasion is only part of a sold name."""
    if find.slot not in ("pattern", "occasion", "embroidery"):
        return False
    return any(name.sold and name.start <= find.start < name.end for name in finds)


def as_name_in_view(
    find: Find, tokens: Sequence[Token], context: TurnContext, *, valued: bool
) -> Find:
    """The find, as a name where a category word only occurs in the name of a piece in view."""
    word = tokens[find.start].text
    if find.slot != "category" or " " in word:
        return find
    shown = {option.category for option in context.options}
    shown |= {line.category for line in context.cart}
    shown |= {context.focus.category} if context.focus else set()
    called = any(word in words_of(name) for name in names_in_view(context))
    if not called or find.value in shown:
        return find
    before = tokens[max(0, find.start - 2) : find.start]
    pointed = any("@this" in token.tags or token.text == "the" for token in before)
    unsold = valued and find.value not in context.sold.categories
    return replace(find, slot="name", value=word) if pointed or unsold else find


def kind_of_no_piece(find: Find, finds: Sequence[Find], context: TurnContext) -> bool:
    """Whether a category inside a name is one that no piece of that name has."""
    if find.slot != "category":
        return False
    names = [f for f in finds if f.slot == "name" and f.start <= find.start < f.end]
    if not names or names[0].end - names[0].start < 2:
        return False
    words = set(str(names[0].value).split())
    kinds = {p.category for p in context.sold.pieces if words <= set(words_of(p.name))}
    kinds |= {o.category for o in context.options if words <= set(words_of(o.name))}
    return bool(kinds) and find.value not in kinds


def absorbed(find: Find) -> bool:
    """Whether a find inside a product's name is dropped: all but the category."""
    return find.slot in ("pattern", "occasion", "colour")
