"""Recognises sizes among numbers: by the word before, the pieces in view, the sizes sold.

"Kofia namba 58" is a size where no 58 pieces are listed, "zote 38" the size of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.neighbours import kind_at
from dukani.domain.context import TurnContext

SIZE_LINKS = word_set("numbers", "size_links")  # between "size" and its number
MEASURES = word_set("numbers", "measures")  # "waist 32", "urefu 56"
FARTHEST_MARK = 4
UNIT = re.compile(r"(?:UK|EU|US)\s?(\d+)")
SHOE_SIZES = range(30, 50)
SMALLEST_SIZE, SMALLEST_SHOE = 6, 20
LEAST_OF_KIND, MOST_COUNTED = 10, 20
MOST_PIECES = 50


LEAST_WORDED = 10


def is_marked(tokens: Sequence[Token], at: int) -> bool:
    """Whether a size word precedes the number: "size yangu ni 56", "kawaida navaa 50"."""
    for before in reversed(tokens[max(0, at - FARTHEST_MARK) : at]):
        if before.pause:
            return False
        if before.kind == "mark" or before.text in MEASURES or "~try_on" in before.tags:
            return True
        if before.text not in SIZE_LINKS:
            return False
    return False


def is_shown_size(figure: Figure, context: TurnContext) -> bool:
    """Whether an ordinal is a size of a shown piece: "ya 6" with fewer than six pieces shown."""
    pieces = [*context.options, *([context.focus] if context.focus else [])]
    sized = any(size.isdigit() for piece in pieces for size in piece.sizes)
    return sized and not figure.word and figure.value > max(len(context.options), 1)


def is_size_in_view(figure: Figure, context: TurnContext) -> bool:
    """Whether the number is a size of the piece in focus, as in "38 za black"."""
    focus = context.focus
    worded = figure.word and figure.value >= LEAST_WORDED  # "nyeusi kumi na tano"
    if worded and focus is not None and str(figure.value) in focus.sizes:
        return True
    if focus is not None and any(_with_unit(size) == figure.value for size in focus.sizes):
        return True
    if focus is None or figure.value <= 20:
        return False
    shoe = focus.category == "shoes" and figure.value in SHOE_SIZES
    return shoe or str(figure.value) in focus.sizes


def numbers_a_size(figure: Figure, context: TurnContext) -> bool:
    """Whether "namba 3" is the size of the piece in view, or of the only line: "siyo namba 2".

    Of a list of several, and of several lines, so small a number is a place in it.
    """
    said, listed = str(figure.value), len(context.options)
    asked = context.question in ("size", "colour")
    if context.focus is not None and (listed < 2 or asked):
        return said in context.focus.sizes
    if listed > 1 or len(context.cart) != 1:
        return False
    line = context.cart[0]
    if figure.value == 1 and line.size != said:
        return False  # the only line: "toa namba 1"
    pieces = (piece for piece in context.sold.pieces if piece.product_id == line.product_id)
    return any(said in piece.sizes for piece in pieces)


def _with_unit(size: str) -> int | None:
    """The 6 of "UK 6"."""
    found = UNIT.fullmatch(size)
    return int(found.group(1)) if found else None


def is_size_of_line(figure: Figure, context: TurnContext) -> bool:
    """Whether the number is a size of a piece in the cart: "make that 16"."""
    if figure.word or figure.value < SMALLEST_SIZE:
        return False
    held = {line.product_id for line in context.cart if line.size.isdigit()}
    sizes = {s for piece in context.sold.pieces if piece.product_id in held for s in piece.sizes}
    return str(figure.value) in sizes


def is_sold_size(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether the number is a size the shop sells, and counts no piece: "abaya 54", "shirt 16"."""
    smallest = SMALLEST_SIZE if not figure.word else SMALLEST_SHOE
    if figure.value < smallest or str(figure.value) not in context.sold.sizes:
        return False
    if tokens[figure.end - 1].pause or _is_of_the_kind_ahead(tokens, figure, context):
        return True
    ahead = [token.kind for token in tokens[figure.end : figure.end + 2]]
    return ahead[:1] not in (["category"], ["garment"]) and ahead != ["colour", "category"]


def _is_of_the_kind_ahead(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether the kind behind the number is sold in that size: "16 white kanzu", "56 abaya".

    "12 navy skirts" are twelve.
    """
    near = tokens[figure.end : figure.end + 2]
    kind = next((token for token in near if token.kind == "category"), None)
    if kind is None or figure.word or figure.value < LEAST_OF_KIND:
        return False
    plural = kind.text.endswith("s") and not kind.text.endswith("ss")
    if plural and figure.value <= MOST_COUNTED:
        return False
    sold = (piece for piece in context.sold.pieces if piece.category == kind.value)
    return any(str(figure.value) in piece.sizes for piece in sold)


def is_large_size(figure: Figure, context: TurnContext) -> bool:
    """Whether a number is no count beside "pair" or a colour: "the 33 pair", "thirty nine nude"."""
    lined = not figure.word and any(line.size == str(figure.value) for line in context.cart)
    return figure.value >= SMALLEST_SHOE and (lined or is_size_in_view(figure, context))


def ranks_a_size(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether an ordinal is a size: "saizi ya 6", "ya 40" of a shoe."""
    if kind_at(tokens, figure.start - 2) == "mark" or is_shown_size(figure, context):
        return True
    return figure.value > len(context.cart) and is_size_of_line(figure, context)


def is_no_option(figure: Figure, context: TurnContext) -> bool:
    """Whether a numbered option is a size: "kofia namba 58", "abaya no 54"."""
    sold = str(figure.value) in context.sold.sizes
    return sold and figure.value > max(len(context.options), len(context.cart), SMALLEST_SIZE)


def numbers_a_kind(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether a number is a size, as nothing is listed: "kiatu cha mtoto namba 27"."""
    listed = context.options or context.cart or context.has_order
    kinds = any(token.kind == "category" for token in tokens[: figure.start])
    return not listed and kinds and SMALLEST_SIZE <= figure.value <= MOST_PIECES


def size_of_all(figure: Figure, context: TurnContext) -> bool:
    """Whether a number after "all" is the size of each piece: "zote 38", "both 38"."""
    sold = str(figure.value) in context.sold.sizes or figure.value in SHOE_SIZES
    return figure.value >= SMALLEST_SHOE and not figure.word and sold
