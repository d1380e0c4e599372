"""Recognises a count behind the colour of a named kind: "soksi nyeupe 4 na nyeusi 2"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.query import canonical_category
from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.size_numbers import SMALLEST_SIZE
from dukani.domain.context import TurnContext
from dukani.domain.pieces import SoldPiece
from dukani.domain.sizes import ONE_SIZE, sizes_for_age


def counts_coloured_kind(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether the number counts the kind and colour right before it.

    It is no count where it may be a size or a child's age of a piece of that kind.
    """
    at = figure.start - 1
    if figure.kind != "number" or at < 0 or tokens[at].kind != "colour" or tokens[at].pause:
        return False
    if tokens[figure.start].text == "one":
        return False  # "the pink dress and a white one"
    kind = next((t for t in reversed(tokens[:at]) if t.kind == "category"), None)
    if kind is None:
        return False
    pieces = _sold(kind, context)
    sizes = {size for piece in pieces for size in piece.sizes}
    if sizes == {ONE_SIZE}:
        return True
    aged = any(sizes_for_age(figure.value, piece.sizes, piece) for piece in pieces)
    sized = str(figure.value) in sizes or aged
    return figure.value < SMALLEST_SIZE and (figure.word or not sized)


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
