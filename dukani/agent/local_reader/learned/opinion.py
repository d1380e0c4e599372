"""Sums the network's guesses by what comes of them: some say the same in other symbols."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dukani.agent.local_reader.learned.effect import Lines, effect_of
from dukani.agent.local_reader.learned.network import Guess
from dukani.agent.local_reader.learned.numbered import Numbered
from dukani.agent.local_reader.learned.operations import (
    AlterSome,
    Amount,
    Beside,
    NotReadable,
    Operation,
    PutIn,
)
from dukani.agent.local_reader.learned.symbols import operations
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, SoldPiece
from dukani.domain.sizes import ONE_SIZE, sizes_for_age


@dataclass(slots=True)
class Opinion:
    """What comes of a message, with the share of all guesses of which it comes."""

    meant: list[Operation]  # as the likeliest guess says it
    lines: Lines
    probability: float

    @property
    def asks_which(self) -> bool:
        return Beside("which") in self.meant


def opinions_of(
    guesses: Sequence[Guess], numbered: Numbered, context: TurnContext
) -> list[Opinion]:
    """The opinions of guesses (the likeliest first), the most probable first; together 1."""
    opinions: list[Opinion] = []
    for guess in guesses:
        try:
            meant = operations(guess.symbols, numbered, context)
            lines = effect_of(meant, context)
        except NotReadable:
            continue  # said of a value the order or the shop has not: no opinion
        if _says_it_twice(meant) or _takes_too_many(meant) or _contradicts_itself(meant):
            continue
        if not _is_worn_at_that_age(meant, context):
            continue
        opinion = Opinion(meant, lines, math.exp(guess.log_probability))
        alike = next((one for one in opinions if _alike(one, opinion)), None)
        if alike is None:
            opinions.append(opinion)
        else:
            alike.probability += opinion.probability
    total = sum(one.probability for one in opinions)
    for one in opinions:
        one.probability /= total
    return sorted(opinions, key=lambda one: -one.probability)


def share_with(what: str, guesses: Sequence[Guess]) -> float:
    """The share of the guesses in which something is said beside edits: "address"."""
    shares = [math.exp(guess.log_probability) for guess in guesses]
    told = (share for guess, share in zip(guesses, shares, strict=True) if what in guess.symbols)
    return sum(told) / sum(shares) if shares else 0.0


def _says_it_twice(meant: Sequence[Operation]) -> bool:
    """Whether an edit is told twice, or a piece is put in twice that differs in its count alone."""
    edits = [
        replace(one, wanted=one.wanted.model_copy(update={"quantity": None}))
        if isinstance(one, PutIn)
        else one
        for one in meant
        if not isinstance(one, Beside)
    ]
    return any(edits.count(one) > 1 for one in edits)


def _contradicts_itself(meant: Sequence[Operation]) -> bool:
    """Whether a line is told several fates: only its count and unlike parts go together."""
    edits = [one for one in meant if not isinstance(one, Beside | PutIn)]
    whole = [one.line for one in edits if not isinstance(one, Amount | AlterSome)]
    counted = [one.line for one in edits if isinstance(one, Amount)]
    parts = [
        (one.line, one.wanted.colour, one.wanted.size)
        for one in edits
        if isinstance(one, AlterSome)
    ]
    lines = [one.line for one in edits]
    twice = len({*counted}) < len(counted) or len({*parts}) < len(parts)
    return twice or any(lines.count(line) > 1 for line in whole)


def _is_worn_at_that_age(meant: Sequence[Operation], context: TurnContext) -> bool:
    """Whether no piece is put in for a child whom only another of the pieces shown fits.

    Of a grown man's and a boys' suit shown, the boys' is the one for a child of 8.
    """
    shown = {option.product_id for option in context.options}
    pieces = [piece for piece in context.sold.pieces if piece.product_id in shown]
    for one in meant:
        if not isinstance(one, PutIn) or (age := one.wanted.age) is None:
            continue
        if not _fits(age, one.piece) and any(_fits(age, piece) for piece in pieces):
            return False
    return True


def _fits(age: int, piece: SoldPiece) -> bool:
    return ONE_SIZE in piece.sizes or bool(sizes_for_age(age, piece.sizes, piece))


def _takes_too_many(meant: Sequence[Operation]) -> bool:
    """Whether more units of a line are altered than it has, or its only one as a part of it."""
    for line in (one.line for one in meant if isinstance(one, AlterSome)):
        parts = [o for o in meant if isinstance(o, AlterSome) and o.line == line]
        taken = sum(one.wanted.quantity or 1 for one in parts)
        there = _quantity_after(line, meant)
        if taken > there or (taken == there and len(parts) == 1):
            return True
    return False


def _quantity_after(line: Line, meant: Sequence[Operation]) -> int:
    quantity = line.quantity
    for one in meant:
        if isinstance(one, Amount) and one.line == line:
            quantity = one.to if one.to is not None else quantity + (one.by or 0)
    return quantity


def _alike(one: Opinion, other: Opinion) -> bool:
    return one.lines == other.lines and one.asks_which == other.asks_which
