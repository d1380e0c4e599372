"""Tells a number that counts by what it stands beside: "moja ya zambarau", "2 dresses", "38 moja".

So too behind "quantity", and where a piece is changed to it: "change the t-shirt to 2". In "43 pair
moja" the word for pieces belongs to the count behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.neighbours import GARMENTS, NUMBER, kind_at, text_at
from dukani.agent.local_reader.parsing.pronoun_one import PRONOUNS, is_the_one, points
from dukani.agent.local_reader.parsing.size_numbers import MOST_PIECES, SMALLEST_SIZE
from dukani.agent.local_reader.parsing.vocabulary import opens_a_name
from dukani.domain.context import TurnContext

QUANTITY = ("quantity", "qty", "idadi")
OF = word_set("numbers", "of")
MEASURED = frozenset(("chest", "waist", "bust", "kifua", "kiuno", "size", "saizi", "sz"))
ENOUGH = word_set("edits", "enough")
JOINERS = word_set("edits", "joiners")
SET_TO = word_set("edits", "set_to")
REACHING = frozenset(("to", "into", "iwe", "ziwe"))
CONTRASTING = frozenset(("instead", "instead of", "not", "badala", "sio", "siyo", "si"))
REFUSING = word_set("edits", "answers")
IS_NOW = frozenset(("is", "are", "will", "be", "was", "ni", "kwa", "sasa"))


def behind_quantity(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the word "quantity" announces the number: "change the quantity to 31"."""
    before = tokens[max(0, figure.start - 3) : figure.start]
    return any(token.text in QUANTITY for token in before)


def changed_to(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a named piece is changed to a quantity: "change the t-shirt to 2"."""
    before = tokens[: figure.start]
    named = any(token.kind == "category" for token in before)
    changed = any("~change" in token.tags for token in before) and before[-1].text in REACHING
    last = figure.end == len(tokens) or bool(tokens[figure.end - 1].pause)
    return changed and named and last and 0 < figure.value < SMALLEST_SIZE


def counted_behind(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the word for pieces belongs to the count behind it: the 43 of "43 pair moja".

    So too of a size that is called one: the 12 of "size 12 pieces 2".
    """
    swahili = text_at(tokens, figure.end) in ("pair", "jozi", "piece", "pc", "kipande")
    swahili = swahili or (kind_at(tokens, figure.start - 1) == "mark")
    behind = tokens[figure.end + 1 : figure.end + 2]
    counted = bool(behind) and (behind[0].kind == "number" or behind[0].text.isdigit())
    return swahili and not figure.word and counted


def counts_a_piece(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether "one" counts a piece: "but one vans", "make the vans one"."""
    if tokens[figure.start].text not in PRONOUNS or points(tokens, figure.start - 1):
        return False
    if not tokens[figure.end - 1].pause and opens_a_name(tokens, figure.end, context):
        return True
    sets = any(token.text in SET_TO for token in tokens[: figure.start])
    last = figure.end == len(tokens) or bool(tokens[figure.end - 1].pause)
    last = last or _contrasts_count(tokens, figure.end)
    before = kind_at(tokens, figure.start - 1)
    return sets and last and before not in ("colour", "ordinal", "size")


def is_enough(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether so many are enough, behind a refusal: "no 1 is enough", not "no 1 in black"."""
    if text_at(tokens, figure.start - 1) not in REFUSING or figure.start > 1:
        return False
    at = figure.end
    while text_at(tokens, at) in IS_NOW:
        at += 1
    return text_at(tokens, at) in ENOUGH and 0 < figure.value <= MOST_PIECES


def _contrasts_count(tokens: Sequence[Token], at: int) -> bool:
    """Whether another count is denied next: "one instead of two", "moja sio mbili"."""
    denied = text_at(tokens, at) in CONTRASTING
    behind = at + 2 if text_at(tokens, at + 1) in ("of", "ya") else at + 1
    return denied and kind_at(tokens, behind) == "number"


def counts_colour(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number counts a colour: "one blue, one green", "moja ya zambarau"."""
    if not figure.word or tokens[figure.end - 1].pause:
        return False
    if points(tokens, figure.start - 1) or is_the_one(tokens, figure):
        return False
    if kind_at(tokens, figure.start - 1) == "mark" or text_at(tokens, figure.start - 1) in NUMBER:
        return False  # "size ten navy"
    at = figure.end
    while text_at(tokens, at) in OF and at < figure.end + 3:
        at += 1
    before = text_at(tokens, figure.start - 1)
    sized = kind_at(tokens, figure.start - 1) in ("colour", "size") or before.isdigit()
    after = text_at(tokens, figure.end)
    doubled = after == tokens[figure.start].text or before == tokens[figure.start].text
    if doubled:
        return True
    last = figure.end == len(tokens) or after in JOINERS
    counted = figure.value == 1 and tokens[figure.start].text != "one"  # "the brown one"
    return kind_at(tokens, at) == "colour" or (counted and sized and last)


def counts_in_colour(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a digit counts a kind said before in a colour: "2 hijabs in cream and 1 in pink"."""
    if figure.word or figure.kind != "number" or not 0 < figure.value < SMALLEST_SIZE:
        return False
    before = tokens[figure.start - 1] if figure.start else None
    joined = before is not None and (before.pause or before.text in JOINERS)
    kinds = any(token.kind == "category" for token in tokens[: figure.start])
    coloured = kind_at(tokens, figure.end + 1) == "colour"
    return bool(joined) and kinds and text_at(tokens, figure.end) == "in" and coloured


def behind_colour(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number counts what is before it: "nyekundu mbili, njano mbili", "38 moja"."""
    before = tokens[figure.start - 1] if figure.start else None
    if before is None or before.pause or figure.value > 20:
        return False
    sized = before.kind == "size" or (len(before.text) > 1 and before.text.isdigit())
    if before.kind != "colour" and not (sized and figure.word):
        return False
    last = figure.end == len(tokens) or bool(tokens[figure.end - 1].pause)
    return last or text_at(tokens, figure.end) in JOINERS


def counts_size(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether a number word counts the size behind it: "moja 56 moja 58", "one chest 28"."""
    if tokens[figure.end - 1].pause or points(tokens, figure.start - 1):
        return False
    measured = figure.word and text_at(tokens, figure.end) in MEASURED
    after = text_at(tokens, figure.end + measured)
    sold = after.isdigit() and int(after) >= SMALLEST_SIZE and after in context.sold.sizes
    return sold or kind_at(tokens, figure.end) == "size"


def behind_size(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a last number word counts a size before it: "hiyo farasha nyeusi 58 mbili"."""
    last = figure.word and figure.end == len(tokens) and figure.start > 1
    return last and tokens[figure.start - 1].text.isdigit() and not tokens[figure.start - 1].pause


def beside_noun(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number stands beside a noun: "nguo mbili", "2 dresses", "two black ones"."""
    if figure.value > 20:
        return False
    before = kind_at(tokens, figure.start - 1)
    after = kind_at(tokens, figure.end)
    paused = figure.start > 0 and bool(tokens[figure.start - 1].pause)
    if before in GARMENTS and not paused and (figure.word or 0 < figure.value < SMALLEST_SIZE):
        return True
    if tokens[figure.end - 1].pause:
        return False
    return after in GARMENTS or after == "colour"
