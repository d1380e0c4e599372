"""Sums the network's guesses by what comes of them: some say the same in other symbols."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dukani.agent.local_reader.learned.effect import Lines, effect_of
from dukani.agent.local_reader.learned.network import Guess
from dukani.agent.local_reader.learned.numbered import Numbered
from dukani.agent.local_reader.learned.operations import Beside, NotReadable, Operation
from dukani.agent.local_reader.learned.symbols import operations
from dukani.domain.context import TurnContext


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


def _alike(one: Opinion, other: Opinion) -> bool:
    return one.lines == other.lines and one.asks_which == other.asks_which
