"""Decides the slot of a number with nothing beside it, by the question and the pieces in view.

"38" answers "which size?", "mbili" with one piece shown counts it, and with several it picks.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.coloured_kinds import counts_what_is_told
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.neighbours import NUMBER, is_whole_message
from dukani.agent.local_reader.parsing.size_numbers import (
    MOST_PIECES,
    SHOE_SIZES,
    SMALLEST_SHOE,
    SMALLEST_SIZE,
)
from dukani.domain.context import TurnContext
from dukani.domain.sizes import ONE_SIZE
from dukani.domain.steps import FILLING_A_CART, PAYING

SET_TO = word_set("edits", "set_to")
OLDEST_CHILD = 17
TAKING = frozenset(("~take", "~want", "~give", "~buy", "~put", "~add"))


def bare_role(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> str | None:
    """The slot of a bare number: by the open question, then by the pieces shown."""
    value, text = figure.value, str(figure.value)
    if _follows_a_piece(tokens, figure, context):
        return "quantity"
    if context.question == "quantity" and value <= MOST_PIECES:
        return "quantity"
    if context.step == "awaiting_delivery_address" and is_whole_message(tokens, figure):
        return None
    sizes = context.focus.sizes if context.focus else ()
    if len(context.options) == 1 and not figure.word and text in context.options[0].sizes:
        return "size"
    if figure.word and text in sizes and _is_numbered_before(tokens, figure):
        return "quantity"  # "nyeusi namba tatu, pea moja", of shoes that come in a 1 too
    if text in sizes or text in context.choices:
        return "size"
    if context.question in ("size", "colour") and is_whole_message(tokens, figure):
        if any(size.endswith("Y") for size in sizes):
            return "age" if value <= OLDEST_CHILD else None
        return "size" if value >= SMALLEST_SIZE else None
    if figure.word and (len(context.options) == 1 or counts_what_is_told(tokens, figure)):
        return "quantity"
    if figure.word and context.question == "take_it" and context.focus and _says_taking(tokens):
        return "quantity"  # "weka moja", of the one piece whose price was told
    if context.step == "products_found" and value <= max(len(context.options), 1):
        return "option"
    if context.step == "products_found" and _counts_pieces(tokens, value, context):
        return "quantity"
    if context.focus and context.step == "size_recommended":
        return "quantity" if value <= 20 else "size"
    if _recounts_line(tokens, figure, context):
        return "quantity"
    if not figure.word and (value in SHOE_SIZES or 6 < value <= 26):
        return "size"
    if figure.word and context.step == "start" and 1 < value <= MOST_PIECES:
        return "quantity"
    if context.step in FILLING_A_CART | PAYING and context.cart:
        return "quantity"
    if len(context.options) == 1 and 1 < value < SMALLEST_SHOE:
        return "quantity"  # of one piece shown: "naomba 5, 2 za pink na 3 za grey"
    return "option" if context.options and value <= 10 else None


def _counts_pieces(tokens: Sequence[Token], value: int, context: TurnContext) -> bool:
    """Whether a number above the options counts: "nitachukua mbili" with one piece shown."""
    said = len(context.options) == 1 or _says_taking(tokens)
    return said and value < SMALLEST_SHOE and bool(context.options)


def _says_taking(tokens: Sequence[Token]) -> bool:
    return any(not token.tags.isdisjoint(TAKING) for token in tokens)


def _follows_a_piece(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether a last number word counts a kind that is not shown: "ile kofia ya beige, moja"."""
    kinds = {t.value for t in tokens[: figure.start] if t.kind == "category"}
    shown = {option.category for option in context.options}
    last = figure.word and figure.end == len(tokens)
    return last and (bool(kinds - shown) or _follows_its_values(tokens, figure))


def _follows_its_values(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a colour and a size are told before: "ya ngozi nyeusi namba 36, mbili"."""
    kinds = {token.kind for token in tokens[: figure.start]}
    sized = "size" in kinds or any(len(t.text) > 1 and t.text.isdigit() for t in tokens)
    return "colour" in kinds and sized


def _recounts_line(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether a line of several, or of no sizes, is counted anew: "make it 8" after "6 pieces"."""
    cart, set_to = context.cart, tokens[max(0, figure.start - 2) : figure.start]
    if not any(token.text in SET_TO for token in set_to) or figure.value > MOST_PIECES:
        return False
    line = next((one for one in cart if one.number == context.last_line or len(cart) == 1), None)
    return line is not None and (line.quantity > 1 or line.size == ONE_SIZE)


def _is_numbered_before(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a size is told as a number before this one: the "moja" of "namba tatu, moja"."""
    said = [token.text for token in tokens[: figure.start]]
    return any(one in NUMBER for one in said[:-1]) and said[-1] not in NUMBER
