"""Recognises a count behind the colour of a named kind: "soksi nyeupe 4 na nyeusi 2"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.query import canonical_category
from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.size_numbers import SMALLEST_SIZE
from dukani.domain.context import TurnContext
from dukani.domain.pieces import SoldPiece
from dukani.domain.sizes import ONE_SIZE, sizes_for_age

TAKING = frozenset(("~give", "~take", "~bring", "~put", "~want", "~buy"))
OF = frozenset(("ya", "za", "la", "cha", "vya", "in", "the"))
JOINERS = word_set("edits", "joiners")


def counts_coloured_kind(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether the number counts the kind and colour right before it.

    It is no count where it may be a size or a child's age of a piece of that kind.
    """
    at = figure.start - 1
    if figure.kind != "number" or at < 0 or tokens[at].kind != "colour" or tokens[at].pause:
        return False
    if tokens[figure.start].text == "one":
        return False  # "the pink dress and a white one"
    where = next((i for i in range(at - 1, -1, -1) if tokens[i].kind == "category"), None)
    if where is None or _is_of_another(tokens, where, at):
        return False
    kind = tokens[where]
    pieces = _sold(kind, context)
    sizes = {size for piece in pieces for size in piece.sizes}
    if sizes == {ONE_SIZE}:
        return True
    aged = any(sizes_for_age(figure.value, piece.sizes, piece) for piece in pieces)
    sized = str(figure.value) in sizes or aged
    return figure.value < SMALLEST_SIZE and (figure.word or not sized)


def counts_what_is_told(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a last number word counts the piece told before the verb: "vans 41 leta mbili"."""
    last = figure.end == len(tokens) or bool(tokens[figure.end - 1].pause)
    before = tokens[figure.start - 1] if figure.start else None
    if not last or before is None or before.tags.isdisjoint(TAKING) or before.pause:
        return False
    return any(t.kind == "colour" or t.text.isdigit() for t in tokens[: figure.start])


def _is_of_another(tokens: Sequence[Token], kind: int, colour: int) -> bool:
    """Whether another noun stands before the colour: "pochi moja na kisigino nyeusi 38"."""
    joints = [i for i in range(kind + 1, colour) if tokens[i].text in JOINERS]
    between = tokens[joints[-1] + 1 : colour] if joints else ()
    return any(token.text not in OF and token.kind != "number" for token in between)


def _sold(kind: Token, context: TurnContext) -> tuple[SoldPiece, ...]:
    """The pieces sold of that kind."""
    finer = kind_of(kind.text)
    return tuple(
        piece
        for piece in context.sold.pieces
        if piece.category == kind.value
        or (finer is not None and kind_of(piece.category) == finer)
        or (canonical_category(piece.category) == kind.value)
    )
