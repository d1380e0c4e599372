"""What a plain number is for: an option, a size or a quantity."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.acts import TurnContext
from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.steps import FILLING_A_CART
from dukani.agent.understanding.figures import Figure
from dukani.agent.understanding.vocabulary import opens_a_name

PIECES = word_set("numbers", "pieces")
COUNTS = word_set("numbers", "counts")
NUMBERED = word_set("numbers", "numbered")
NO_QUANTITY = word_set("numbers", "no_quantity")
TIMES = word_set("numbers", "times")
TOGETHER = frozenset(("all", "both", "zote", "yote", "vyote"))
PRONOUNS = frozenset(("one", "moja"))
POINTING = word_set("numbers", "pointing")
COUNTING = word_set("numbers", "counting")  # before "one" as a count
SIZE_LINKS = word_set("numbers", "size_links")  # between "size" and its number
FARTHEST_MARK = 4
MOST_PIECES = 50
SHOE_SIZES = range(30, 50)
SMALLEST_SIZE, SMALLEST_SHOE = 6, 20
TAKING = frozenset(("~take", "~want", "~give", "~buy", "~put", "~add"))
GARMENTS = ("category", "garment")
SIZED = ("size", "size_word", "mark")


def _text_at(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""


def _kind_at(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].kind if 0 <= at < len(tokens) else ""


def _is_pronoun(tokens: Sequence[Token], figure: Figure) -> bool:
    """ "the blue one", "ile moja": the number word only points."""
    said = tokens[figure.start].text
    before = tokens[figure.start - 1] if figure.start else None
    if before is not None and before.kind == "ordinal" and figure.value == 1 and not before.pause:
        return True  # "the first 1"
    if said not in PRONOUNS or before is None or before.pause:
        return False
    if said == "moja":
        return before.text in POINTING
    return before.text not in COUNTING and before.kind not in SIZED and before.verb is None


def _counts_time(tokens: Sequence[Token], figure: Figure) -> bool:
    """ "siku tatu", "wiki mbili", "saa nne": Swahili counts behind the unit."""
    before = tokens[figure.start - 1] if figure.start else None
    return figure.word and before is not None and not before.pause and before.text in TIMES


def role_of(
    tokens: Sequence[Token], figure: Figure, context: TurnContext, crowd: int
) -> str | None:
    """option, size, quantity, or None for a number that is none of these."""
    if figure.kind == "ordinal":
        sized = _kind_at(tokens, figure.start - 2) == "mark" or _is_shown_size(figure, context)
        return "size" if sized else "option"
    if figure.kind == "times":
        return "quantity"
    before, after = _text_at(tokens, figure.start - 1), _text_at(tokens, figure.end)
    if after in NO_QUANTITY or _is_pronoun(tokens, figure) or _counts_time(tokens, figure):
        return None
    if before in TOGETHER:
        return None
    together = not tokens[figure.end - 1].pause
    marked = _is_marked(tokens, figure.start)
    if _is_size_in_view(figure, context):
        return "size"
    if after in PIECES and together and not (marked and figure.value > 20):
        return "quantity"
    if marked:
        return "size"
    if before in NUMBERED:
        return "size" if figure.value in SHOE_SIZES else "option"
    named = figure.value <= MOST_PIECES and opens_a_name(tokens, figure.end, context)
    if figure.value == 0 or before in COUNTS or _beside_noun(tokens, figure) or named:
        return "quantity" if 0 < figure.value <= MOST_PIECES else None
    if crowd and figure.value <= 20:  # a size or another pick is said beside it
        return "quantity"
    return _bare_role(tokens, figure, context)


def _is_marked(tokens: Sequence[Token], at: int) -> bool:
    """ "size 38", "size yangu ni 56", "kawaida navaa 50"."""
    for before in reversed(tokens[max(0, at - FARTHEST_MARK) : at]):
        if before.pause:
            return False
        if before.kind == "mark" or "~try_on" in before.tags:
            return True
        if before.text not in SIZE_LINKS:
            return False
    return False


def _is_shown_size(figure: Figure, context: TurnContext) -> bool:
    """ "ya 6" of a dress whose sizes are numbers, with fewer pieces shown."""
    pieces = [*context.options, *([context.focus] if context.focus else [])]
    sized = any(size.isdigit() for piece in pieces for size in piece.sizes)
    return sized and not figure.word and figure.value > max(len(context.options), 1)


def _is_size_in_view(figure: Figure, context: TurnContext) -> bool:
    """ "38 za black": nobody takes 38 of a shoe, or of what comes in 38."""
    focus = context.focus
    if focus is None or figure.value <= 20:
        return False
    shoe = focus.category == "shoes" and figure.value in SHOE_SIZES
    return shoe or str(figure.value) in focus.sizes


def _beside_noun(tokens: Sequence[Token], figure: Figure) -> bool:
    """ "nguo mbili", "2 dresses", "two black ones", "M mbili"."""
    if figure.value > 20:
        return False
    before = _kind_at(tokens, figure.start - 1)
    after = _kind_at(tokens, figure.end)
    paused = figure.start > 0 and bool(tokens[figure.start - 1].pause)
    if before in GARMENTS and not paused and figure.word:
        return True
    return after in GARMENTS or (after == "colour" and _text_at(tokens, figure.end + 1) != "")


def _counts_pieces(tokens: Sequence[Token], value: int, context: TurnContext) -> bool:
    """More than are shown: "nitachukua mbili" with one piece shown is two of it."""
    said = len(context.options) == 1 or any(not t.tags.isdisjoint(TAKING) for t in tokens)
    return said and value < SMALLEST_SHOE and bool(context.options)


def _follows_a_piece(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """ "nipe ile kofia ya beige, moja": at the end, behind a kind that is not among the shown."""
    kinds = {t.value for t in tokens[: figure.start] if t.kind == "category"}
    shown = {option.category for option in context.options}
    return figure.word and figure.end == len(tokens) and bool(kinds - shown)


def _bare_role(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> str | None:
    """A number with nothing beside it: what was asked, then what is shown, decides."""
    value, text = figure.value, str(figure.value)
    if _follows_a_piece(tokens, figure, context):
        return "quantity"
    if context.question == "quantity" and value <= MOST_PIECES:
        return "quantity"
    sizes = context.focus.sizes if context.focus else ()
    if text in sizes:
        return "size"
    if context.question == "size":
        return "size" if value >= SMALLEST_SIZE else "quantity"
    if context.step == "products_found" and value <= max(len(context.options), 1):
        return "option"
    if context.step == "products_found" and _counts_pieces(tokens, value, context):
        return "quantity"
    if context.focus and context.step == "size_recommended":
        return "quantity" if value <= 20 else "size"
    if not figure.word and (value in SHOE_SIZES or 6 < value <= 26):
        return "size"
    if figure.word and context.step == "start" and 1 < value <= MOST_PIECES:
        return "quantity"
    if context.step in FILLING_A_CART and context.cart:
        return "quantity"
    return "option" if context.options and value <= 10 else None
