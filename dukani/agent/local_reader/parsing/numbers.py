"""Decides the slot of a number: option, size, quantity or age.

"Nipe mbili za 42" is two of a size: what a number counts, picks or measures is told by the words
beside it, and only else by the open question and the pieces in view (`bare_numbers.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.bare_numbers import bare_role
from dukani.agent.local_reader.parsing.coloured_kinds import counts_coloured_kind
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.neighbours import NUMBER, is_whole_message, text_at
from dukani.agent.local_reader.parsing.no_counts import (
    announces,
    counts_persons,
    counts_the_whole,
    counts_things,
    counts_time,
    fills_a_pack,
    is_too_few,
    names_two_persons,
    ranks_a_time,
    tells_whose,
)
from dukani.agent.local_reader.parsing.numbers_counted import (
    OF,
    behind_colour,
    behind_quantity,
    behind_size,
    beside_noun,
    changed_to,
    counted_behind,
    counts_a_piece,
    counts_colour,
    counts_in_colour,
    counts_size,
    is_enough,
)
from dukani.agent.local_reader.parsing.numbers_picked import (
    adds_a_second,
    answers_a_list,
    counts_off,
    leads_with_option,
    lists_places,
)
from dukani.agent.local_reader.parsing.pieces_of_a_set import tells_parts
from dukani.agent.local_reader.parsing.pronoun_one import MORE, is_pronoun, names_by_size
from dukani.agent.local_reader.parsing.size_numbers import (
    MOST_PIECES,
    SHOE_SIZES,
    SMALLEST_SHOE,
    is_large_size,
    is_marked,
    is_no_option,
    is_size_in_view,
    is_size_of_line,
    is_sold_size,
    numbers_a_kind,
    numbers_a_size,
    ranks_a_size,
    size_of_all,
)
from dukani.agent.local_reader.parsing.vocabulary import counts_a_named, opens_a_name
from dukani.domain.context import TurnContext

PIECES = word_set("numbers", "pieces")
COUNTS = word_set("numbers", "counts")
NUMBERED = word_set("numbers", "numbered")
NO_QUANTITY = word_set("numbers", "no_quantity")
SCHOOL_YEARS = word_set("numbers", "school_years")
TOGETHER = word_set("numbers", "together")
ONLY = word_set("edits", "only")
AGREED = word_set("numbers", "agreed")


def role_of(
    tokens: Sequence[Token], figure: Figure, context: TurnContext, others_said: int
) -> str | None:
    """The slot of a number: option, size, quantity, age or None.

    `others_said` counts the other sizes and picks of the message.
    """
    if counts_the_whole(tokens, figure) or ranks_a_time(tokens, figure):
        return None
    if announces(tokens, figure) or is_too_few(tokens, figure) or tells_parts(tokens, figure):
        return None
    if figure.value > 1 and figure.kind != "ordinal" and fills_a_pack(tokens, figure):
        return None
    if figure.kind == "ordinal" and adds_a_second(tokens, figure, context):
        return None
    if context.question in ("which", "which_line") and is_whole_message(tokens, figure):
        return "option"  # "4", "ya pili" answers "which one?"
    if figure.kind == "ordinal" and counts_off(tokens, figure, context):
        return None
    if figure.kind == "ordinal":
        return "size" if ranks_a_size(tokens, figure, context) else "option"
    if figure.kind == "times" or figure.value < 0:
        return "quantity"
    if answers_a_list(tokens, figure, context) or lists_places(tokens, figure, context):
        return "option"
    before, after = text_at(tokens, figure.start - 1), text_at(tokens, figure.end)
    if names_two_persons(tokens, figure, context.sold.names):
        return None
    if counts_things(tokens, figure) and not context.options:
        return None  # "two things: a tote and a belt"
    numbered = before in NUMBER or (before == "no" and not figure.word)
    if numbered and numbers_a_size(figure, context):
        return "size"  # "nyeusi namba tatu", of shoes numbered so
    if before in NUMBER and 0 < figure.value <= len(context.options):
        return "option"  # "number one in white"
    if counted_behind(tokens, figure):
        after = ""
    if names_by_size(tokens, figure):
        return None
    if is_large_size(figure, context):
        return "size"
    if counts_colour(tokens, figure) or counts_coloured_kind(tokens, figure, context):
        return "quantity" if 0 < figure.value <= MOST_PIECES else None
    counted = after in PIECES and not tokens[figure.end - 1].pause
    if counted and figure.value <= 20 and not is_marked(tokens, figure.start):
        return "quantity" if 0 < figure.value <= MOST_PIECES else None
    if counts_a_piece(tokens, figure, context) or is_enough(tokens, figure):
        return "quantity"
    if tokens[figure.start].text in AGREED and figure.end == figure.start + 1:
        return "quantity"
    if behind_quantity(tokens, figure):
        return "quantity" if 0 <= figure.value <= MOST_PIECES else None
    if after in NO_QUANTITY or is_pronoun(tokens, figure) or counts_time(tokens, figure):
        return None
    if counts_persons(tokens, figure) or tells_whose(tokens, figure) or before in SCHOOL_YEARS:
        return None  # "joining grade four"
    if before in TOGETHER and not size_of_all(figure, context):
        return None
    together = not tokens[figure.end - 1].pause
    marked = is_marked(tokens, figure.start)
    if is_size_in_view(figure, context) or (
        after not in PIECES and is_size_of_line(figure, context)
    ):
        return "size"
    shod = not figure.word and figure.value >= SMALLEST_SHOE
    if after in OF and shod and together and is_sold_size(tokens, figure, context):
        return "size"  # "sendo za brown 39 za mama"
    if after in PIECES and together and not (figure.value > 20 and (marked or before in NUMBERED)):
        return "quantity"
    if marked:
        return "size"
    if before in NUMBERED and not (before == "no" and figure.word):
        sized = figure.value in SHOE_SIZES or is_no_option(figure, context)
        sized = sized or numbers_a_kind(tokens, figure, context)
        return "size" if sized else "option"
    if is_sold_size(tokens, figure, context):
        return "size"
    if after in ONLY or (after in MORE and together):
        return "quantity" if 0 < figure.value <= MOST_PIECES else None
    named = opens_a_name(tokens, figure.end, context)
    named = named or (together and counts_a_named(tokens, figure.end, context))
    named = named and figure.value <= MOST_PIECES
    if figure.value == 0 or before in COUNTS or beside_noun(tokens, figure) or named:
        return "quantity" if figure.value <= MOST_PIECES else None
    if changed_to(tokens, figure) or behind_size(tokens, figure):
        return "quantity"
    if leads_with_option(tokens, figure, context):
        return "option"
    if (
        counts_in_colour(tokens, figure)
        or behind_colour(tokens, figure)
        or (figure.word and counts_size(tokens, figure, context))
    ):
        return "quantity"
    if others_said and figure.value <= 20:  # a size or another pick is said beside it
        return "quantity"
    return bare_role(tokens, figure, context)
