"""Tells a number that picks an option from one that does not: "3 size 42" with three shown.

A bare number answers the list shown last, though it might be a size. Where nothing is listed, "the
first one is the kanzu" counts wishes off, and "ongeza hoodie ya pili" adds a second piece.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.neighbours import is_whole_message
from dukani.agent.local_reader.parsing.size_numbers import SMALLEST_SIZE
from dukani.domain.context import TurnContext
from dukani.domain.sizes import sizes_for_age

JOINS = frozenset(("and", "na", "n", "&", "pamoja na", "plus"))
PIECES = word_set("numbers", "pieces") - {"of", "each"}


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


def lists_places(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether numbers in a row are places of the list shown: "1 and 3, size 43 both black".

    Where the pieces come in these numbers they are sizes: "4 na 6" of a list for children.
    """
    shown = context.options
    if context.step != "products_found" or context.question not in (None, "take_it"):
        return False
    if figure.word or figure.kind != "number" or len(shown) < 2:
        return False
    row = _row_around(tokens, figure.start)
    values = [int(tokens[at].text) for at in row]
    if len(set(values)) < max(2, len(values)) or not all(0 < one <= len(shown) for one in values):
        return False
    before = tokens[row[0] - 1].kind if row[0] else ""
    behind = tokens[row[-1] + 1].text if row[-1] + 1 < len(tokens) else ""
    if row[-1] == row[-2] + 1 and tokens[row[-1] + 1 :] and tokens[row[-1] + 1].kind == "colour":
        return False  # "give us 3, 2 red and one yellow"
    if before in ("mark", "category", "colour", "size", "number") or behind in PIECES:
        return False
    return not any(
        str(one) in option.sizes or sizes_for_age(one, option.sizes, option)
        for one in values
        for option in shown
    )


def _row_around(tokens: Sequence[Token], at: int) -> list[int]:
    """The places of the numbers that stand in a row with this one: "1, 2 and 4"."""
    row = [at]
    while (before := _beside(tokens, row[0], -1)) is not None:
        row.insert(0, before)
    while (behind := _beside(tokens, row[-1], 1)) is not None:
        row.append(behind)
    return row


def _beside(tokens: Sequence[Token], at: int, step: int) -> int | None:
    """The place of the next number that way, behind a comma or one word that joins."""
    one, two = at + step, at + 2 * step
    if 0 <= one < len(tokens) and tokens[one].text.isdigit():
        return one if tokens[min(at, one)].pause else None
    joined = 0 <= two < len(tokens) and tokens[one].text in JOINS
    return two if joined and tokens[two].text.isdigit() else None


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
