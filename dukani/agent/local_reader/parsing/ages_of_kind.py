"""Extracts ages said as bare numbers behind a kind sized by years: "dungarees za 2 na 4".

"Nipe hoodie za red za 6 na 8" with no sixth piece listed is for children of six and eight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.filing import filed_in
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.size_numbers import is_marked
from dukani.domain.context import TurnContext
from dukani.domain.naming import spells
from dukani.domain.pieces import SoldPiece
from dukani.domain.sizes import ONE_SIZE, sizes_for_age

OLDEST = 17
OF = frozenset(("ya", "za", "la", "cha", "vya", "wa", "for"))
JOINS = frozenset(("na", "and", "&", "n"))
ENDS = frozenset((*JOINS, "pia", "plus", "zote", "both", "in", "please", "pls", "tafadhali"))
IN_YEARS = re.compile(r"\d{1,2}(?:-\d{1,2})?[YMT]", re.IGNORECASE)


def ages_of_kind(
    tokens: Sequence[Token], figures: Sequence[Figure], context: TurnContext
) -> list[Find]:
    """The ages, or sizes by age, of the kind said before them, or of the only piece in view."""
    found: list[Figure] = []
    for figure in figures:
        if _is_age_of(tokens, figure, context) and (
            _begins(tokens, figure, context) or (found and _joins(tokens, found[-1], figure))
        ):
            found.append(figure)
    ranked = any(figure.kind == "ordinal" for figure in found)
    if not ranked and len(found) < 2:
        return []  # one that is called a size is read as one
    return [Find("age", figure.value, figure.start, figure.end) for figure in found]


def _begins(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether "za 4" or "size 4" opens the ages; of a list, and of an order, it may be a place."""
    if figure.kind == "ordinal" or tokens[figure.start - 1].text in OF:
        places = max(len(context.options), len(context.cart))
        changed = any(token.tags & {"~remove", "~change"} for token in tokens)
        return figure.value > places and not changed and _text(tokens, figure.start - 1) != "the"
    return is_marked(tokens, figure.start)


def _joins(tokens: Sequence[Token], before: Figure, figure: Figure) -> bool:
    between = [token.text for token in tokens[before.end : figure.start]]
    joined = bool(set(between) & JOINS) or bool(tokens[before.end - 1].pause)
    return joined and set(between) <= JOINS | OF


def _is_age_of(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether a number in digits that counts nothing is an age such pieces come in."""
    if figure.word or not 0 < figure.value <= OLDEST or figure.start == 0:
        return False
    if figure.kind not in ("number", "ordinal") or not tokens[figure.start].text.isdigit():
        return False
    ends = figure.end == len(tokens) or tokens[figure.end - 1].pause
    if not ends and _text(tokens, figure.end) not in ENDS:
        return False
    sold = _sold_before(tokens, figure, context)
    sizes = [size for piece in sold for size in piece.sizes if size != ONE_SIZE]
    return bool(sizes) and (
        all(IN_YEARS.fullmatch(size) for size in sizes)
        and any(sizes_for_age(figure.value, piece.sizes, piece) for piece in sold)
    )


def _sold_before(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> list[SoldPiece]:
    said = [at for at in range(figure.start) if tokens[at].kind == "category"]
    if said:
        kind = Find("category", tokens[said[-1]].value, said[-1], said[-1] + 1)
        filed = filed_in(kind, tokens, context.sold).value
        word = tokens[said[-1]].text
        named = [piece for piece in context.sold.pieces if spells(word, piece.name)]
        return named or [piece for piece in context.sold.pieces if piece.category == filed]
    alone = context.focus or (context.options[0] if len(context.options) == 1 else None)
    return [
        piece for piece in context.sold.pieces if alone and piece.product_id == alone.product_id
    ]


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""
