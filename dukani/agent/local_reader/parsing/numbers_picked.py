"""Tells a number that picks an option from one that does not: "3 size 42" with three shown.

A bare number answers the list shown last, though it might be a size. Where nothing is listed, "the
first one is the kanzu" counts wishes off, and "ongeza hoodie ya pili" adds a second piece.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.neighbours import is_whole_message
from dukani.agent.local_reader.parsing.size_numbers import SMALLEST_SIZE
from dukani.domain.context import TurnContext


def counts_off(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether wishes are counted off and nothing was shown: "the first one is the kanzu"."""
    texts = [token.text for token in tokens[figure.end : figure.end + 2]]
    if texts[:1] in (["one"], ["thing"], ["kitu"]):
        texts = texts[1:]
    return texts[:1] in (["is"], ["ni"]) and not (context.options or context.cart)


def adds_a_second(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether an ordinal adds a second piece, as no list is shown: "ongeza hoodie ya pili"."""
    adds = any("~add" in token.tags for token in tokens)
    kinds = any(token.kind == "category" for token in tokens[: figure.start])
    return adds and kinds and not context.options


def leads_with_option(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether the first number is an option followed by its values: "3 size 42", "2 black 42"."""
    shown = context.options
    if figure.word or figure.start or len(shown) < 2 or not 0 < figure.value <= len(shown):
        return False
    if context.step != "products_found" or figure.end >= len(tokens):
        return False
    following = tokens[figure.end]
    fits = following.kind == "colour" and following.value in shown[figure.value - 1].colours
    return fits or following.kind == "mark"


def answers_a_list(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether a bare number is a position of the list shown last, though it might be a size.

    Sizes of children's pieces are as small as positions: a list asks for its numbers. Of a list of
    one, a figure beyond it chooses nothing and counts nothing, unless it is a size of the piece.
    """
    shown = context.options
    if context.step != "products_found" or context.question not in (None, "take_it"):
        return False
    if not shown or not is_whole_message(tokens, figure):
        return False
    if len(shown) > 1:
        return 0 < figure.value <= len(shown)
    if figure.word or not 0 < figure.value < SMALLEST_SIZE:
        return False
    return figure.value == 1 or str(figure.value) not in shown[0].sizes
